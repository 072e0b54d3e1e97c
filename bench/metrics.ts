// What counting costs while nobody scrapes, against the cheapest of what is counted: a request that is answered from memory, a
// call of the store in memory. `npm run bench -- metrics [--limit SHARE]`: ends with 1 where counting takes a larger share than that.
import { Agent, get } from 'node:http';
import { parseArgs } from 'node:util';
import { createMetrics } from '../src/edge/metrics/metrics.ts';
import { createLog } from '../src/edge/ops/log.ts';
import { routeOfDocument } from '../src/edge/serve/route.ts';
import { createWebServer } from '../src/edge/serve/web-server.ts';
import { KeyvStore } from '../src/edge/store/keyv-store.ts';
import { measuredStore } from '../src/edge/store/measured-store.ts';
import { MemoryAdapter } from '../src/edge/store/memory.ts';
import { sourceId } from '../src/model/ids.ts';

const { values } = parseArgs({ options: { limit: { type: 'string' } } });
const ROUNDS = 5;
const metrics = createMetrics();

/** Nanoseconds of CPU of each, the best round of several. */
async function cpuOf(count: number, work: (count: number) => Promise<void> | void): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    await work(count);
    const { user, system } = process.cpuUsage(before);
    rounds.push(((user + system) * 1000) / count);
  }
  return Math.min(...rounds);
}

async function answered(): Promise<number> {
  const server = createWebServer({
    host: '127.0.0.1',
    port: 0,
    site: () => new Map(),
    feeds: () => [],
    readiness: () => ({ ready: true, missing: [] }),
    log: createLog({ level: 'silent', pretty: false, secrets: [] }),
  });
  const { port } = await server.listen();
  const agent = new Agent({ keepAlive: true, maxSockets: 10 });
  const ask = () =>
    new Promise<void>((resolve) => {
      get({ port, path: '/healthz', agent }, (response) => response.resume().on('end', resolve));
    });
  // Both ends are in this process: half of it, about, is ours.
  const cpu = await cpuOf(2000, async (count) => {
    for (let done = 0; done < count; done += 10) await Promise.all(Array.from({ length: 10 }, ask));
  });
  agent.destroy();
  await server.close(0);
  return cpu / 2;
}

const counting = await cpuOf(300_000, (count) => {
  for (let done = 0; done < count; done += 1) metrics.answered(routeOfDocument('feeds/city.rss'), 200);
});
const request = await answered();

const plain = new KeyvStore(new MemoryAdapter(), 1000);
const counted = measuredStore(plain, metrics.stored, () => performance.now());
const id = sourceId('harbour');
const readFrom = (store: typeof counted) => async (count: number) => {
  for (let done = 0; done < count; done += 1) await store.readSource(id);
};
const call = await cpuOf(30_000, readFrom(plain));
const countedCall = await cpuOf(30_000, readFrom(counted));

const share = counting / request;
const micro = (ns: number) => `${(ns / 1000).toFixed(2)} µs`;
console.log(`a request ${micro(request)}, counting it ${micro(counting)}: ${(share * 100).toFixed(2)} %`);
console.log(
  `a call of the store in memory ${micro(call)}, counted ${micro(countedCall)}: ${(countedCall / call).toFixed(2)}×`,
);
if (share > Number(values.limit ?? Number.POSITIVE_INFINITY)) process.exitCode = 1;
