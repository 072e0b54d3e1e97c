// How long a restart takes until every feed is served, and until everything is known again, with what is known on disk and with no
// store at all.
// Run: node bench/start.ts [--sources N] [--items N] [--limit MS] [--keep FOLDER]   defaults: 20000 sources of 30 items
// --limit: fails where a start takes longer to be ready. --keep: where to leave what was made, and find it again.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/edge/config/load-config.ts';
import { systemClock } from '../src/edge/ops/clock.ts';
import { startService } from '../src/service.ts';
import { quietLog, seed } from './start/seed.ts';

const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '20000' },
    items: { type: 'string', default: '30' },
    limit: { type: 'string' },
    keep: { type: 'string' },
    start: { type: 'string' },
    store: { type: 'string' },
  },
});

interface Started {
  /** Milliseconds since the process began. */
  readonly configuredMs: number;
  readonly readyMs: number;
  readonly knownMs: number;
  readonly readyCpuMs: number;
  readonly knownCpuMs: number;
  readonly lagMs: number;
  readonly rss: number;
}

if (values.start !== undefined) await start(values.start, values.store);
else await measure();

async function measure(): Promise<void> {
  const folder = values.keep ?? mkdtempSync(path.join(tmpdir(), 'tributary-start-'));
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'tributary.yaml');
  if (!existsSync(file)) {
    const startedMs = performance.now();
    await seed({
      folder,
      sources: Number(values.sources),
      items: Number(values.items),
      port: 9,
      nextPollAtMs: Date.now() + 24 * 3_600_000,
      isPublished: true,
    });
    console.log(`made in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  }
  let most = 0;
  for (const [name, store] of [
    ['with its store', undefined],
    ['where nobody answers', 'redis://127.0.0.1:9'],
  ] as const) {
    const child = fork(import.meta.filename, [`--start=${file}`, ...(store ? [`--store=${store}`] : [])]);
    const [started] = (await once(child, 'message')) as [Started];
    await once(child, 'exit');
    most = Math.max(most, started.readyMs);
    const { configuredMs, readyMs, readyCpuMs, knownMs, knownCpuMs, lagMs, rss } = started;
    console.log(
      `${name}: configuration read at ${configuredMs.toFixed(0)} ms, ready at ${readyMs.toFixed(0)} ms (${readyCpuMs.toFixed(0)} ms of CPU), ` +
        `everything known at ${knownMs.toFixed(0)} ms (${knownCpuMs.toFixed(0)} ms of CPU); longest lag ${lagMs.toFixed(0)} ms, ${(rss / 1e6).toFixed(0)} MB`,
    );
  }
  if (values.keep === undefined) rmSync(folder, { recursive: true });
  if (values.limit !== undefined && most > Number(values.limit)) {
    console.log(`ready later than ${values.limit} ms`);
    process.exitCode = 1;
  }
}

async function start(file: string, store: string | undefined): Promise<void> {
  const loaded = await loadConfig(file, {}, path.dirname(file));
  const config = store === undefined ? loaded : { ...loaded, store };
  const configuredMs = performance.now();
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const service = await startService(config, { clock: systemClock, log: quietLog() });
  const address = `http://127.0.0.1:${service.port}`;
  const ready = async () =>
    (await fetch(`${address}/readyz`)).ok && (await fetch(`${address}/feeds/all.rss`)).ok;
  while (!(await ready())) await systemClock.sleep(10);
  const readyMs = performance.now();
  const cpu = process.cpuUsage();
  await service.loaded;
  const knownMs = performance.now();
  const all = process.cpuUsage();
  process.send?.({
    configuredMs,
    readyMs,
    knownMs,
    readyCpuMs: (cpu.user + cpu.system) / 1000,
    knownCpuMs: (all.user + all.system) / 1000,
    lagMs: delays.max / 1e6,
    rss: process.memoryUsage().rss,
  } satisfies Started);
  await service.stop(0);
  process.disconnect?.();
}
