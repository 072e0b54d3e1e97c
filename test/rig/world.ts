// A world of three sources, one of them hostile: the real service over real sockets, only that names lead to the rig after the
// guard said yes. Every case ends with the same five questions (`standing`): do we still answer, were the other two
// polled and published, is every document whole and free of our inner words, and does the log say once what was wrong?

import { SaxesParser } from 'saxes';
import { expect } from 'vitest';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import { systemClock } from '../../src/edge/ops/clock.ts';
import { createLog } from '../../src/edge/ops/log.ts';
import { type Service, startService } from '../../src/service.ts';
import { temporaryFolder, until } from '../e2e/tributary.ts';
import { type Behaviour, type EvilSource, type EvilSourceOptions, startEvilSource } from './evil-source.ts';
import { feedAnswer, rss } from './feed-answers.ts';
import { collector, type LogLine } from './log-lines.ts';

export { feedAnswer, rss };

export interface World extends AsyncDisposable {
  readonly evil: EvilSource;
  readonly log: () => readonly LogLine[];
  /** Lines of polls of the hostile source. */
  readonly polls: () => readonly LogLine[];
  get(path: string): Promise<string>;
  /** The items of the merged feed. */
  items(): Promise<readonly PublishedItem[]>;
  /** The same of the hostile source alone. */
  hostileItems(): Promise<readonly PublishedItem[]>;
  /** Asks the five questions. */
  standing(): Promise<void>;
}

export interface PublishedItem {
  readonly id: string;
  readonly url?: string;
  readonly title?: string;
  readonly content_html?: string;
  readonly summary?: string;
  readonly date_published: string;
  readonly authors?: readonly { readonly name?: string; readonly url?: string }[];
  readonly tags?: readonly string[];
  readonly attachments?: readonly { readonly url: string }[];
  readonly _tributary: { readonly source: { readonly title: string } };
}

export interface WorldOptions {
  /** The hostile source's address. */
  readonly url?: string;
  readonly behaviour?: Behaviour;
  /** Of a second server, for https, that behaves the same. */
  readonly secure?: EvilSourceOptions;
  /** How often the hostile source is polled. */
  readonly every?: string;
  readonly timeout?: string;
  readonly maxBytes?: string;
  /** How names become addresses, if not to a public one. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
  /** Further lines under `network:`. */
  readonly network?: string;
}

export const SANE = ['sane-one', 'sane-two'] as const;
const LEAKS = [
  'SQLSTATE',
  'ECONNREFUSED',
  'at /',
  '.js:',
  '.ts:',
  'node_modules',
  'hunter2',
  'sqlite',
  '127.0.0.1',
];

export async function world(options: WorldOptions = {}): Promise<World> {
  const evil = await startEvilSource();
  const folder = await temporaryFolder();
  const secure = options.secure && (await startEvilSource(options.secure));
  for (const server of [evil, secure])
    if (options.behaviour !== undefined) server?.on('/hostile', options.behaviour);
  for (const name of SANE) evil.on(`/${name}`, feedAnswer(saneFeed(name)));
  const config = parseConfig(yaml(options, folder.path), {
    file: 'tributary.yaml',
    env: {},
    cwd: folder.path,
  });
  const lines: LogLine[] = [];
  const log = createLog({
    level: 'debug',
    pretty: false,
    secrets: ['hunter2'],
    destination: collector(lines),
  });
  const service = await startService(config, {
    clock: systemClock,
    log,
    network: {
      resolve: options.resolve ?? evil.resolve,
      dial: (_address, port) => (port === 443 && secure ? secure.dial() : evil.dial()),
    },
  });
  const polls = (source: string) => lines.filter((line) => line.event === 'poll' && line.source === source);
  const get = async (path: string) => (await fetch(`http://127.0.0.1:${service.port}${path}`)).text();
  const items = async (feed = 'all') =>
    (JSON.parse(await get(`/feeds/${feed}.json`)) as { items: PublishedItem[] }).items;
  await until(
    () => ['hostile', ...SANE].every((source) => polls(source).length > 0),
    'a poll of each source',
  );
  await published(get, polls('hostile'));
  return {
    evil,
    log: () => lines,
    polls: () => polls('hostile'),
    get,
    items,
    hostileItems: () => items('hostile-only'),
    async standing() {
      expect(await get('/healthz')).toMatch(/ok/i);
      for (const source of SANE) expect(polls(source)).toMatchObject([{ outcome: 'updated', items: 1 }]);
      expect((await items()).map(({ title }) => title)).toEqual(expect.arrayContaining([...SANE]));
      await documentsAreWhole(get);
      const failed = polls('hostile').filter(({ outcome }) => outcome === 'failed');
      for (const { reason, message } of failed) expect([reason, message]).not.toContain(undefined);
      expect(failed.length).toBeLessThanOrEqual(1);
      expect(JSON.stringify(lines)).not.toContain('hunter2');
    },
    async [Symbol.asyncDispose]() {
      await stop(service);
      await evil.close();
      await secure?.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function stop(service: Service): Promise<void> {
  await service.stop(1000);
}

function yaml(
  {
    url = 'http://hostile.test/hostile',
    every = '1h',
    timeout = '20s',
    maxBytes = '10MB',
    network = '',
  }: WorldOptions,
  folder: string,
): string {
  return `
server: { host: 127.0.0.1, port: 0, publicUrl: 'https://feeds.example/' }
dataDir: ${folder}/data
store: sqlite:${folder}/store.db
network: { timeout: ${timeout}, maxBytes: ${maxBytes}, perHost: { gap: 0s }${network} }
sources:
  - { id: hostile, url: ${JSON.stringify(url)}, every: ${every} }
  - { id: sane-one, url: 'http://sane-one.test/sane-one' }
  - { id: sane-two, url: 'http://sane-two.test/sane-two' }
feeds:
  - { id: all, title: All, limit: 1000 }
  - { id: hostile-only, title: Hostile, sources: [hostile], limit: 1000 }
`;
}

function saneFeed(name: string): string {
  return rss(
    `<item><guid>https://${name}.test/1</guid><title>${name}</title><description>sane</description></item>`,
    name,
  );
}

/** Until the merged feed holds what the polls brought. */
async function published(get: World['get'], hostile: readonly LogLine[]): Promise<void> {
  const isRead = hostile[0]?.outcome === 'updated' && (hostile[0].items ?? 0) > 0;
  await until(async () => {
    const [all, own] = [await idsIn(get, 'all'), await idsIn(get, 'hostile-only')];
    const hasSane = SANE.every((name) => all.some((id) => id.includes(name)));
    return hasSane && (!isRead || all.some((id) => own.includes(id)));
  }, 'the feed with the sane items');
}

async function idsIn(get: World['get'], feed: string): Promise<readonly string[]> {
  const text = await get(`/feeds/${feed}.json`);
  return text.startsWith('{')
    ? (JSON.parse(text) as { items: PublishedItem[] }).items.map(({ id }) => id)
    : [];
}

async function documentsAreWhole(get: World['get']): Promise<void> {
  for (const feed of ['all', 'hostile-only']) {
    for (const format of ['rss', 'atom']) {
      const document = await get(`/feeds/${feed}.${format}`);
      if (document.startsWith('<')) assertWellFormed(document);
      assertNoLeak(document);
    }
    const json = await get(`/feeds/${feed}.json`);
    if (json.startsWith('{')) JSON.parse(json);
    assertNoLeak(json);
    assertNoLeak(await get(`/feeds/${feed}.html`));
  }
  assertNoLeak(await get('/'));
}

function assertWellFormed(document: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(document).close();
}

function assertNoLeak(document: string): void {
  expect(LEAKS.filter((leak) => document.includes(leak))).toEqual([]);
}
