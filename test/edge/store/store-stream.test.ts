// A store as a stream: read back as written, refused when it is anything else.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { StoreAdapter } from '../../../src/edge/store/adapter.ts';
import { exportLines } from '../../../src/edge/store/export-store.ts';
import { importEntries } from '../../../src/edge/store/import-store.ts';
import { KeyvStore } from '../../../src/edge/store/keyv-store.ts';
import { MemoryAdapter } from '../../../src/edge/store/memory.ts';
import { readStream, STREAM_VERSION } from '../../../src/edge/store/store-stream.ts';
import { RECORD_VERSION } from '../../../src/model/record-version.ts';
import type { Timestamp } from '../../../src/model/timestamp.ts';
import { archiveWrites } from '../../contract/store-archives.ts';
import { entriesOf } from '../../contract/store-contents.ts';
import {
  absenceRecord,
  editionRecord,
  feedId,
  hubRecord,
  itemRecord,
  pollRecord,
  retractionRecord,
  retractionStamp,
  sourceId,
  sourceRecord,
  subscriptionRecord,
} from '../../contract/store-records.ts';

const NOON = '2026-03-01T12:00:00.000Z' as Timestamp;

/** One of each kind of record, through the verbs that write them. */
async function filledStore(): Promise<MemoryAdapter> {
  const adapter = new MemoryAdapter();
  const store = new KeyvStore(adapter, 20_000);
  const writes = { items: [itemRecord(0), itemRecord(1, { title: ':é\u2028\n"' })], removed: [] };
  await store.commitPoll(sourceId('a'), 0, {
    ...writes,
    source: sourceRecord('a', 1, 2),
    poll: pollRecord(3),
  });
  await store.commitPoll(sourceId('a'), 1, { ...writes, source: sourceRecord('a', 2, 2) });
  await store.commitEdition(feedId('city'), 0, editionRecord('city', 1), archiveWrites('city', 1, [1, 2]));
  await store.writeSubscriptions([subscriptionRecord('a')]);
  await store.writeHub(hubRecord('https://hub.example/'));
  await store.writeAbsence(absenceRecord());
  const inCity = { ...retractionRecord(1), feedId: feedId('city') };
  await store.commitRetractions(0, retractionStamp(1), [retractionRecord(1), inCity]);
  return adapter;
}

async function exported(adapter: StoreAdapter, leftOut: string[] = []): Promise<readonly string[]> {
  const contents = await adapter.contents();
  return Array.fromAsync(exportLines(contents, { exportedAt: NOON, leftOut: (key) => leftOut.push(key) }));
}

async function* inChunks(text: string, bytes = 7): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text);
  for (let at = 0; at < all.length; at += bytes) yield all.subarray(at, at + bytes);
}

/** What the reader refuses it for; undefined where it is taken for whole. */
async function refusalOf(text: string): Promise<string | undefined> {
  try {
    for await (const _ of readStream(inChunks(text, 1000)));
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ code: 'stream-refused' });
    return (error as Error).message;
  }
}

/** The same records with other lines, under an end that fits. */
function withEnd(lines: readonly string[]): string {
  const [header = '', ...records] = lines;
  const sha256 = createHash('sha256').update(records.join('')).digest('hex');
  return `${header}${records.join('')}{"end":true,"records":${records.length},"sha256":"${sha256}"}\n`;
}

it('every kind of record comes back equal, revisions included, and the next export is the same bytes', async () => {
  const adapter = await filledStore();
  const lines = await exported(adapter);
  const other = new MemoryAdapter();
  await other.set('source:old', '{"value":{}}');
  const read = () => readStream(inChunks(lines.join('')));
  const entries = read();
  let next = await entries.next();
  while (!next.done) next = await entries.next();
  expect(next.value.records).toBe(lines.length - 2);
  await importEntries(other, read(), { startedAt: NOON, expected: next.value });
  expect(await entriesOf(other)).toEqual(await entriesOf(adapter));
  expect(await exported(other)).toEqual(lines);
  // So that no kind is forgotten here.
  const kinds = new Set((await entriesOf(other)).map(({ key }) => key.replace(/:.*/, '')));
  expect([...kinds].sort()).toEqual([
    'absent',
    'archive',
    'archive-head',
    'archive-pending',
    'edition',
    'hub',
    'item',
    'poll',
    'retraction',
    'retractions',
    'source',
    'subscription',
  ]);
});

describe('a stream is refused', () => {
  it('wherever it is cut off', async () => {
    const whole = (await exported(await filledStore())).join('');
    expect(await refusalOf(whole)).toBeUndefined();
    // The last line end alone may be missing.
    for (let length = 0; length < whole.length - 1; length += 97)
      expect(await refusalOf(whole.slice(0, length)), `after ${length} characters`).toBeDefined();
    expect(await refusalOf('')).toMatch(/nothing in it/);
  });

  it('when any one line is gone, doubled, moved or changed', async () => {
    const lines = await exported(await filledStore());
    for (let at = 1; at < lines.length - 1; at += 1) {
      expect(await refusalOf(lines.toSpliced(at, 1).join('')), `without line ${at}`).toMatch(
        /records were written/,
      );
      const line = lines[at] ?? '';
      expect(await refusalOf(lines.toSpliced(at, 0, line).join(''))).toMatch(/moved or are there twice/);
    }
    expect(await refusalOf(lines.toSpliced(1, 2, lines[2] ?? '', lines[1] ?? '').join(''))).toMatch(/moved/);
    const changed = lines.map((line) => line.replace('Ferry 0', 'Ferry 1'));
    expect(await refusalOf(changed.join(''))).toMatch(/SHA-256 differs/);
    expect(await refusalOf([...lines, lines.at(-1)].join(''))).toMatch(/something follows the end/);
  });

  it.each([
    [
      'is of a newer version of the stream',
      () => `{"tributary-store":${STREAM_VERSION + 1},"software":"9.1.0"}\n`,
      /9\.1\.0.*later one/,
    ],
    ['is something else', () => '<?xml version="1.0"?>\n', /no export of a store/],
    ['is compressed', () => '\u001f\u008b\n', /gunzip/],
  ])('that %s', async (_, text, message) => {
    expect(await refusalOf(text())).toMatch(message);
  });

  it('whose records this version cannot read, with the line and the record', async () => {
    const [header = ''] = await exported(await filledStore());
    const record = (key: string, value: object) =>
      withEnd([header, `${JSON.stringify({ key, record: value })}\n`]);
    const source = sourceRecord('a', 1);
    expect(await refusalOf(record('source:a', source))).toBeUndefined();
    expect(await refusalOf(record('source:a', { ...source, version: RECORD_VERSION + 1 }))).toMatch(
      /line 2: source:a is of record version 2.*later one/,
    );
    expect(await refusalOf(record('future:a', source))).toMatch(/line 2: future:a is of a kind/);
    expect(await refusalOf(record('source:b', source))).toMatch(/line 2: source:b: the record is another's/);
    expect(await refusalOf(record('hub:00', hubRecord('https://hub.example/')))).toMatch(/under another key/);
    expect(await refusalOf(record('source:a', { ...source, items: 1 }))).toMatch(
      /line 2: source:a: .*\.items/,
    );
  });
});

describe('an export', () => {
  it('leaves out what cannot be read, says so, and is whole without it', async () => {
    const adapter = await filledStore();
    await adapter.set('source:bad', '{"value":{"vers');
    await adapter.set('future:x', '{"value":{"version":1}}');
    const leftOut: string[] = [];
    const lines = await exported(adapter, leftOut);
    expect(leftOut).toEqual(['future:x', 'source:bad']);
    expect(await refusalOf(lines.join(''))).toBeUndefined();
  });

  it('has no end where a commit came between, or an import was not finished', async () => {
    const adapter = await filledStore();
    const contents = await adapter.contents();
    const lines = exportLines(contents, { exportedAt: NOON, leftOut: () => undefined });
    await lines.next();
    const store = new KeyvStore(adapter, 20_000);
    await store.commitPoll(sourceId('new'), 0, { source: sourceRecord('new', 1), items: [], removed: [] });
    await expect(Array.fromAsync(lines)).rejects.toMatchObject({ code: 'store-changed' });

    await adapter.set('importing', '{"value":{}}');
    await expect(exported(adapter)).rejects.toThrow(/import/);
  });
});

it('an import that is cut off leaves a mark, and the next one needs no more than to be whole', async () => {
  const lines = await exported(await filledStore());
  const adapter = new MemoryAdapter();
  const dying = Object.assign(Object.create(adapter) as MemoryAdapter, {
    restore: async (entries: Parameters<StoreAdapter['restore']>[0]) => {
      await adapter.restore(entries.slice(0, 3));
      if (entries.length > 1) throw new Error('killed');
    },
    contents: () => adapter.contents(),
    delete: (key: string) => adapter.delete(key),
    deleteMany: (keys: string[]) => adapter.deleteMany(keys),
  });
  const read = () => readStream(inChunks(lines.join('')));
  const expected = JSON.parse(lines.at(-1) ?? '');
  await expect(importEntries(dying, read(), { startedAt: NOON, expected })).rejects.toThrow('killed');
  expect(await adapter.has('importing')).toBe(true);
  expect((await entriesOf(adapter)).length).toBe(4);
  await importEntries(adapter, read(), { startedAt: NOON, expected });
  expect(await adapter.has('importing')).toBe(false);
  expect(await exported(adapter)).toEqual(lines);
});
