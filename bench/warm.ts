// What a poll costs that finds nothing new (304), and a second in which nothing is due, with many sources against few, each on a host
// of loopback of its own, over real sockets.
// Run: node bench/warm.ts [--few N] [--many N] [--polls N] [--limit RATIO]   defaults: 2000, 20000, 20000 polls
// --limit: fails where a poll of many costs more than that many times what a poll of few costs.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createApp } from '../src/app.ts';
import { loadConfig } from '../src/edge/config/load-config.ts';
import { systemClock } from '../src/edge/ops/clock.ts';
import { quietLog, seed } from './start/seed.ts';

const ITEMS = 5;
const IDLE_TURNS = 100;

const { values } = parseArgs({
  options: {
    few: { type: 'string', default: '2000' },
    many: { type: 'string', default: '20000' },
    polls: { type: 'string', default: '20000' },
    limit: { type: 'string' },
    run: { type: 'string' },
    serve: { type: 'boolean', default: false },
  },
});

interface Cost {
  /** Of CPU, in the service's process alone. */
  readonly msPerPoll: number;
  readonly msPerIdleSecond: number;
  readonly polls: number;
  /** Polls that ended otherwise than with 304. */
  readonly others: number;
}

if (values.serve) serve();
else if (values.run !== undefined) await run(values.run);
else await measure();

/** Says 304 to everything, and closes: a source that is polled once an hour finds no connection either. */
function serve(): void {
  const server = createServer((_request, response) => {
    response.writeHead(304, { etag: '"1"', connection: 'close' }).end();
  });
  server.listen(0, '0.0.0.0', 4096, () => process.send?.((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit());
}

async function measure(): Promise<void> {
  const server = fork(import.meta.filename, ['--serve']);
  const [port] = (await once(server, 'message')) as [number];
  const [few, many] = [Number(values.few), Number(values.many)];
  const folders = new Map<number, string>();
  for (const sources of [few, many]) {
    const folder = mkdtempSync(path.join(tmpdir(), 'tributary-warm-'));
    folders.set(sources, folder);
    await seed({ folder, sources, items: ITEMS, port, nextPollAtMs: Date.now(), isPublished: false });
  }
  // Few on both sides of many: what the machine does beside falls on both.
  const costs: Cost[] = [];
  for (const sources of [few, many, few]) {
    const file = path.join(folders.get(sources) ?? '', 'tributary.yaml');
    const child = fork(import.meta.filename, [`--run=${file}`, `--polls=${values.polls}`]);
    const [cost] = (await once(child, 'message')) as [Cost];
    await once(child, 'exit');
    costs.push(cost);
    console.log(
      `${sources} sources: ${cost.msPerPoll.toFixed(3)} ms of CPU a poll over ${cost.polls}, ${cost.msPerIdleSecond.toFixed(2)} ms a second in which nothing is due`,
    );
  }
  server.disconnect();
  for (const folder of folders.values()) rmSync(folder, { recursive: true });
  const [before, of, after] = costs.map(({ msPerPoll }) => msPerPoll);
  const ratio = (of ?? 0) / (((before ?? 0) + (after ?? 0)) / 2);
  console.log(`a poll of ${many} costs ${ratio.toFixed(2)} times what one of ${few} costs`);
  const others = costs.reduce((sum, cost) => sum + cost.others, 0);
  if (others > 0) console.log(`${others} polls did not end with 304`);
  const isTooMuch = values.limit !== undefined && ratio > Number(values.limit);
  if (isTooMuch) console.log(`more than ${values.limit}`);
  process.exitCode = others > 0 || isTooMuch ? 1 : 0;
}

async function run(file: string): Promise<void> {
  let polls = 0;
  let others = 0;
  const app = await createApp(await loadConfig(file, {}, path.dirname(file)), {
    clock: systemClock,
    log: quietLog(),
    onPoll(_source, report) {
      polls += 1;
      if (report.outcome !== 'not-modified') others += 1;
    },
  });
  const turn = async () => {
    app.scheduler.pump();
    await app.publisher.publishDue();
    await app.savePolls();
    await app.sweep();
  };
  const round = async () => {
    const ticks = setInterval(() => void app.savePolls(), 1000);
    await app.scheduler.pollAll((ms) => systemClock.sleep(ms));
    clearInterval(ticks);
  };
  await app.publisher.publishDue();
  await round(); // warm
  polls = 0;
  let before = process.cpuUsage();
  while (polls < Number(values.polls)) await round();
  const polling = process.cpuUsage(before);
  const counted = polls;
  before = process.cpuUsage();
  for (let n = 0; n < IDLE_TURNS; n += 1) await turn();
  const idle = process.cpuUsage(before);
  const cost: Cost = {
    msPerPoll: (polling.user + polling.system) / 1000 / counted,
    msPerIdleSecond: (idle.user + idle.system) / 1000 / IDLE_TURNS,
    polls: counted,
    others,
  };
  await app.stop(0);
  process.send?.(cost);
  process.disconnect?.();
}
