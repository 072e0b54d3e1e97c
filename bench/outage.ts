// Requests while the store fails, against an idle service: node bench/outage.ts [REQUESTS]. The p99 of a 304 and of a feed's body, one
// after the other over one connection, in each way to fail, as ratios to the same service whose store is well. Needs a Redis.
import { Agent, request } from 'node:http';
import { createRedisPlace } from '../test/contract/redis-place.ts';
import { serverOf, through } from '../test/contract/store-servers.ts';
import { rss, startOrigin } from '../test/e2e/origin.ts';
import { serve, temporaryFolder, until } from '../test/e2e/tributary.ts';
import { type ProxyMode, startTcpProxy } from '../test/rig/tcp-proxy.ts';

const REQUESTS = Number(process.argv[2] ?? 4000);
const MODES: readonly ProxyMode[] = ['refuse', 'black-hole', 'reset-mid-reply', 'slow', 'mute', 'deaf'];
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const place = await createRedisPlace();
const proxy = await startTcpProxy({ targetPort: serverOf(place.url).port });
const origin = await startOrigin();
const folder = await temporaryFolder();
const posts = Array.from({ length: 100 }, (_, index) => ({
  guid: `post-${index}`,
  title: `Post ${index}`,
  link: `https://one.example/${index}`,
  body: 'The ferry leaves at noon from the north quay. '.repeat(40),
}));
origin.publish('/one', rss('one', posts));
const config = await folder.write(
  'tributary.yaml',
  `server: { publicUrl: 'http://feeds.test/' }
network: { allow: [127.0.0.1], perHost: { gap: 0s } }
sources: [{ id: one, url: '${origin.url}/one', every: 1s }]
feeds: [{ id: all, title: All }]
`,
);
const service = await serve(config, {
  TRIBUTARY_DATA: folder.file('data'),
  TRIBUTARY_STORE: through(place.url, proxy.port),
});
await until(async () => (await service.get('/feeds/all.rss')).ok, 'the feed');
const etag = (await service.get('/feeds/all.rss')).headers.get('etag') ?? '';

function ask(headers: Readonly<Record<string, string>>): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(`${service.url}/feeds/all.rss`, { agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(performance.now() - start));
    });
    sent.on('error', reject);
    sent.end();
  });
}

async function p99(headers: Readonly<Record<string, string>>): Promise<number> {
  const times: number[] = [];
  for (let sent = 0; sent < REQUESTS; sent += 1) times.push(await ask(headers));
  return times.toSorted((a, b) => a - b)[Math.floor(REQUESTS * 0.99)] ?? 0;
}

async function row(name: string, idle?: readonly number[]): Promise<readonly number[]> {
  const found = [await p99({ 'if-none-match': etag }), await p99({})];
  const words = found.map((ms, place) => `${ms.toFixed(2)} ms ${(ms / (idle?.[place] ?? ms)).toFixed(2)} x`);
  console.log(`${name.padEnd(18)} 304: ${words[0]?.padEnd(18)} body: ${words[1]}`);
  return found;
}

await row('(warm)');
const idle = await row('store well');
for (const mode of MODES) {
  proxy.mode = mode;
  const lost = service.log().filter(({ event }) => event === 'store-lost').length;
  await until(() => service.log().filter(({ event }) => event === 'store-lost').length > lost, mode);
  await row(mode, idle);
  proxy.mode = 'ok';
  const back = service.log().filter(({ event }) => event === 'store-back').length;
  await until(() => service.log().filter(({ event }) => event === 'store-back').length > back, 'the store');
}
await row('store well again', idle);
await service.kill('SIGTERM');
agent.destroy();
await origin[Symbol.asyncDispose]();
await proxy[Symbol.asyncDispose]();
await place.remove();
await folder[Symbol.asyncDispose]();
