// WebSub as the service runs it: ticks of its own, its own web server, the system's clock. And `once`, which has none of it.
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import { systemClock } from '../../src/edge/ops/clock.ts';
import { createLog } from '../../src/edge/ops/log.ts';
import { startService } from '../../src/service.ts';
import { type Hub, startHub } from '../rig/hub.ts';
import { collector, type LogLine } from '../rig/log-lines.ts';
import { type Origin, rss, startOrigin } from './origin.ts';
import { type Folder, run, temporaryFolder, until } from './tributary.ts';

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each[Symbol.asyncDispose]();
});
const open = <T extends AsyncDisposable>(thing: T): T => {
  opened.push(thing);
  return thing;
};

/** A hub, a source that names it, and a configuration whose feed names it too. */
async function scene(): Promise<{
  hub: Hub;
  origin: Origin;
  folder: Folder;
  topic: string;
  yaml: string;
  reach: Map<string, number>;
}> {
  const reach = new Map<string, number>();
  const hub = open(await startHub({ reach: (host) => reach.get(host) ?? 1, now: Date.now }));
  const origin = open(await startOrigin());
  const folder = open(await temporaryFolder());
  reach.set('127.0.0.1', Number(new URL(origin.url).port));
  const topic = `${origin.url}/feed.xml`;
  origin.publish('/feed.xml', feed(hub, topic, ['one']));
  const yaml = `
server: { host: 127.0.0.1, port: 0, publicUrl: 'http://feeds.test/' }
dataDir: ${folder.path}/data
store: sqlite:${folder.path}/store.db
network: { allow: [127.0.0.1], perHost: { gap: 0s } }
sources: [{ id: news, url: '${topic}', every: 1h, content: title }]
feeds: [{ id: all, title: All, limit: 1000, hubs: ['http://127.0.0.1:${hub.port}/'] }]
`;
  return { hub, origin, folder, topic, yaml, reach };
}

function feed(hub: Hub, topic: string, names: readonly string[], body = ''): string {
  const links = `<atom:link rel="hub" href="http://127.0.0.1:${hub.port}/"/><atom:link rel="self" href="${topic}"/>`;
  return rss(
    'News',
    names.map((name) => ({ guid: `urn:${name}`, title: name, body })),
  ).replace('<channel>', `<channel xmlns:atom="http://www.w3.org/2005/Atom">${links}`);
}

describe('the running service', () => {
  it('subscribes, publishes a push of nearly 10 MB without a poll, whole, and tells its own hub', async () => {
    const { hub, origin, folder, topic, yaml, reach } = await scene();
    const config = parseConfig(yaml, { file: 'tributary.yaml', env: {}, cwd: folder.path });
    const lines: LogLine[] = [];
    const log = createLog({ level: 'info', pretty: false, secrets: [], destination: collector(lines) });
    const service = await startService(config, { clock: systemClock, log });
    open({ [Symbol.asyncDispose]: () => service.stop(1000) });
    reach.set('feeds.test', service.port);
    await until(() => hub.subscribed.size === 1, 'the subscription');
    const names = Array.from({ length: 400 }, (_, place) => `pushed-${place}`);
    expect(await hub.distribute(topic, feed(hub, topic, names, 'x'.repeat(24_000)))).toEqual([202]);
    const titles = async () => {
      const document = await fetch(`http://127.0.0.1:${service.port}/feeds/all.json`);
      // Not published yet, where the hub was faster.
      if (!document.ok) return [];
      return ((await document.json()) as { items: { title: string }[] }).items.map(({ title }) => title);
    };
    await until(async () => (await titles()).length === 401, 'what was pushed');
    expect(new Set(await titles())).toEqual(new Set([...names, 'one']));
    expect(origin.answered('/feed.xml')).toEqual([200]);
    expect(lines.filter(({ event }) => event === 'poll')).toHaveLength(1);
    await until(() => hub.requests.some(({ mode }) => mode === 'publish'), 'the telling');
  });
});

describe('once', () => {
  it('subscribes to nothing and tells nobody; its documents name the hub all the same', async () => {
    const { hub, folder, yaml } = await scene();
    const file = await folder.write('tributary.yaml', yaml);
    const out = folder.file('site');
    expect((await run(['once', '--out', out, '--config', file])).code).toBe(0);
    for (const format of ['rss', 'atom', 'json'])
      expect(await readFile(`${out}/feeds/all.${format}`, 'utf8')).toContain(`http://127.0.0.1:${hub.port}/`);
    expect(hub.requests).toEqual([]);
  });
});
