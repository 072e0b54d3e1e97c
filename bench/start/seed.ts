// A store, last-known-good documents and a configuration as many polled sources leave them: one source is polled and published for
// real, and what is known of it is written for all the others under other names.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createApp } from '../../src/app.ts';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import { systemClock } from '../../src/edge/ops/clock.ts';
import { createLog } from '../../src/edge/ops/log.ts';
import { openStore } from '../../src/edge/store/open-store.ts';
import type { Answer } from '../../src/edge/store/store.ts';
import type { Config, Source } from '../../src/model/config.ts';
import type { ItemHash, ItemKey, PublishedId, SourceId } from '../../src/model/ids.ts';
import type { ItemIndexEntry } from '../../src/model/item-index.ts';
import type { PollRecord } from '../../src/model/poll-record.ts';
import type { ItemRecord, SourceRecord } from '../../src/model/source-record.ts';
import { timestampOfClock } from '../../src/model/timestamp.ts';

export interface Seed {
  readonly folder: string;
  readonly sources: number;
  readonly items: number;
  /** Of the server that all of them are polled at, one host of loopback for each. */
  readonly port: number;
  /** An address as `store` has it; default a file in the folder. */
  readonly store?: string | undefined;
  /** When the next poll of each is due, milliseconds since 1970. */
  readonly nextPollAtMs: number;
  /** Documents of the feed, and its edition, are made as well. */
  readonly isPublished: boolean;
}

export const quietLog = () =>
  createLog({ level: 'error', pretty: false, secrets: [], destination: process.stderr });

/** Gives the file of the configuration. */
export async function seed(options: Seed): Promise<string> {
  const { folder, items } = options;
  const document = path.join(folder, 'source.xml');
  writeFileSync(document, rss(items));
  const only = await known(
    parse(
      folder,
      'only.yaml',
      yaml(`${folder}/only`, `sqlite:${folder}/only.db`, `id: only, url: 'file://${document}'`),
    ),
  );
  writeFileSync(path.join(folder, 'list.opml'), opml(options));
  const text = yaml(`${folder}/data`, options.store ?? `sqlite:${folder}/store.db`, 'opml: ./list.opml');
  const file = path.join(folder, 'tributary.yaml');
  writeFileSync(file, text);
  const config = parse(folder, 'tributary.yaml', text);
  const listed = await sourcesOf(config);
  const store = await openStore(config.store);
  const polls = new Map<SourceId, PollRecord>();
  for (const [n, source] of listed.entries()) {
    const record = recordOf(only.record, n, source);
    polls.set(record.sourceId, {
      ...only.poll,
      nextPollAt: timestampOfClock(options.nextPollAtMs),
      why: undefined,
    });
    // Texts are asked for by what is published alone: the newest of a few sources.
    const texts = n < 200 ? only.items.map((item, place) => textOf(item, record.items[place])) : [];
    const result = await store.commitPoll(record.sourceId, 0, { source: record, items: texts, removed: [] });
    if (result.kind !== 'committed') throw new Error(`not committed: ${JSON.stringify(result)}`);
  }
  await store.writePolls(polls);
  await store.close();
  if (options.isPublished) {
    const app = await createApp(config, { clock: systemClock, log: quietLog() });
    await app.publisher.publishDue();
    await app.stop(0);
  }
  return file;
}

interface Known {
  readonly record: SourceRecord;
  readonly poll: PollRecord;
  /** In the order of the record's. */
  readonly items: readonly ItemRecord[];
}

async function known(config: Config): Promise<Known> {
  const app = await createApp(config, { clock: systemClock, log: quietLog() });
  await app.scheduler.pollAll((ms) => systemClock.sleep(ms));
  await app.savePolls();
  await app.stop(0);
  const store = await openStore(config.store);
  const id = 'only' as SourceId;
  const record = hit(await store.readSource(id));
  const items = hit(await store.readItems(record.items.map(({ hash }) => hash)));
  const poll = hit((await store.readPolls([id])).get(id) ?? { kind: 'miss' });
  await store.close();
  return { record, poll, items: record.items.flatMap(({ hash }) => items.get(hash) ?? []) };
}

function hit<T>(answer: Answer<T>): T {
  if (answer.kind !== 'hit') throw new Error(`not found: ${JSON.stringify(answer)}`);
  return answer.value;
}

function recordOf(record: SourceRecord, n: number, { id, address }: Source): SourceRecord {
  const now = timestampOfClock(Date.now());
  return {
    ...record,
    sourceId: id,
    revision: 1,
    contentRevision: 1,
    firstAddress: address,
    address,
    validators: { etag: '"1"' },
    unconditionalAt: now,
    tdm: { origin: new URL(address).origin, checkedAt: now, rules: [] },
    items: record.items.map((entry) => entryOf(entry, n)),
  };
}

function entryOf(entry: ItemIndexEntry, n: number): ItemIndexEntry {
  return {
    ...entry,
    key: `${entry.key}-${n}` as ItemKey,
    hash: createHash('sha256').update(`${entry.hash} ${n}`).digest('hex') as ItemHash,
    publishedId: `${entry.publishedId}-${n}` as PublishedId,
    guidUri: `${entry.publishedId}-${n}`,
    canonicalUrl: `${entry.canonicalUrl}-${n}`,
  };
}

function textOf(item: ItemRecord, entry: ItemIndexEntry | undefined): ItemRecord {
  if (entry === undefined) throw new Error('a text without an entry');
  return { ...item, hash: entry.hash };
}

function parse(folder: string, name: string, text: string): Config {
  return parseConfig(text, { file: path.join(folder, name), env: {}, cwd: folder });
}

/** The feeds of its list, which is read once. */
async function sourcesOf(config: Config): Promise<readonly Source[]> {
  const app = await createApp(config, { clock: systemClock, log: quietLog() });
  await app.readLists();
  const { sources } = app.config();
  await app.stop(0);
  return sources;
}

/** More than some thousand sources are too long for one file: they stand in a list. */
function opml({ sources, port }: Seed): string {
  const outlines = Array.from(
    { length: sources },
    (_, n) => `<outline type="rss" text="Harbour ${n}" xmlUrl="${addressOf(n, port)}"/>`,
  );
  return `<opml version="2.0"><head><title>Harbours</title></head><body>${outlines.join('\n')}</body></opml>`;
}

function addressOf(n: number, port: number): string {
  return `http://127.${1 + Math.floor(n / 65_536)}.${Math.floor(n / 256) % 256}.${n % 256}:${port}/${n}`;
}

function yaml(dataDir: string, store: string, source: string): string {
  return `server: { host: 127.0.0.1, port: 0, publicUrl: 'https://feeds.example/' }
dataDir: ${dataDir}
store: ${store}
network: { allow: [127.0.0.0/8], perHost: { gap: 0s } }
sources: [{ ${source} }]
feeds: [{ id: all, title: All }]
`;
}

const WORDS = 'The ferry leaves at noon from the north quay, and the market opens when it comes back. ';

function rss(items: number): string {
  const each = Array.from(
    { length: items },
    (_, n) =>
      `<item><guid>https://harbour.example/${n}</guid><link>https://harbour.example/story/${n}</link><title>Story ${n} of the harbour</title>` +
      `<pubDate>${new Date(Date.now() - (n + 1) * 3_600_000).toUTCString()}</pubDate><description>${n} ${WORDS.repeat(10)}</description></item>`,
  );
  return `<rss version="2.0"><channel><title>Harbour</title><link>https://harbour.example/</link><description/>${each.join('')}</channel></rss>`;
}
