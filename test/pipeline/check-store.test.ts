// A look through a store: each thing that can be wrong with it is found, named and told what to do about. Nothing is changed.
import { describe, expect, it } from 'vitest';
import { KeyvStore } from '../../src/edge/store/keyv-store.ts';
import type { LoadedDocuments } from '../../src/edge/store/last-known-good.ts';
import { MemoryAdapter } from '../../src/edge/store/memory.ts';
import { NO_RETRACTIONS } from '../../src/edge/store/retraction-file.ts';
import type { Config } from '../../src/model/config.ts';
import type { EditionRecord } from '../../src/model/edition-record.ts';
import { StoreError } from '../../src/model/errors.ts';
import { LOST_TEXT } from '../../src/model/item-index.ts';
import { checkWholeStore } from '../../src/pipeline/check-store.ts';
import { archiveWrites } from '../contract/store-archives.ts';
import { entriesOf } from '../contract/store-contents.ts';
import {
  absenceRecord,
  editionRecord,
  feedId,
  hubRecord,
  itemHash,
  itemRecord,
  pollRecord,
  publishedId,
  retractionRecord,
  retractionStamp,
  sourceId,
  sourceRecord,
  subscriptionRecord,
} from '../contract/store-records.ts';

const CONFIG = { sources: [{ id: 'a' }], feeds: [{ id: 'city' }] } as unknown as Config;
const EDITION = editionRecord('city', 1);

function onDisk(
  editions: readonly EditionRecord[] = [EDITION],
  problems: readonly string[] = [],
): LoadedDocuments {
  return { documents: new Map(), editions, retractions: NO_RETRACTIONS, problems };
}

async function wholeStore(): Promise<MemoryAdapter> {
  const adapter = new MemoryAdapter();
  const store = new KeyvStore(adapter, 20_000);
  const items = [itemRecord(0), itemRecord(1)];
  await store.commitPoll(sourceId('a'), 0, {
    source: sourceRecord('a', 1, 2),
    items,
    removed: [],
    poll: pollRecord(0),
  });
  await store.commitEdition(feedId('city'), 0, EDITION, archiveWrites('city', 1, [1]));
  await store.writeSubscriptions([subscriptionRecord('a')]);
  await store.writeHub(hubRecord('https://hub.example/'));
  await store.writeAbsence(absenceRecord());
  await store.commitRetractions(0, retractionStamp(1), [retractionRecord(1)]);
  return adapter;
}

async function check(adapter: MemoryAdapter, disk = onDisk(), config = CONFIG) {
  const before = await entriesOf(adapter);
  let steps = 0;
  const step = () => {
    steps += 1;
  };
  const begin = () => ({ step });
  const report = await checkWholeStore(
    () => adapter.contents(),
    config,
    async () => disk,
    begin,
  );
  expect(await entriesOf(adapter)).toEqual(before);
  expect(steps).toBe(before.length);
  for (const { means, todo } of report.findings) expect(means.length * todo.length).toBeGreaterThan(0);
  return { ...report, codes: report.findings.map(({ code, count }) => `${code} ${count}`) };
}

it('a store that is whole has every kind of record counted, and no findings', async () => {
  const { isWhole, findings, records } = await check(await wholeStore());
  expect({ isWhole, findings }).toEqual({ isWhole: true, findings: [] });
  expect(records).toEqual({
    'absence record': 1,
    archive: 1,
    'archive head': 1,
    edition: 1,
    hub: 1,
    item: 2,
    'pending archive': 1,
    'poll record': 1,
    retraction: 1,
    'retraction stamp': 1,
    source: 1,
    subscription: 1,
  });
});

it('what cannot be read is found whatever it is, with its key, and nothing is told to be missing for it', async () => {
  for (const { key } of await entriesOf(await wholeStore())) {
    for (const damage of ['{"value":{"vers', '{"value":{"version":1}}', '{"value":null}']) {
      const adapter = await wholeStore();
      await adapter.set(key, damage);
      const { findings, isWhole } = await check(adapter);
      expect(isWhole).toBe(false);
      const problems = findings.filter(({ isProblem }) => isProblem);
      expect(problems.map(({ code }) => code)).toEqual([expect.stringMatching(/^unreadable-/)]);
      expect(problems[0]?.examples).toEqual([{ at: key, reason: expect.any(String) }]);
    }
  }
});

describe('found as problems', () => {
  it.each([
    [
      'newer-record',
      { set: ['source:b', JSON.stringify({ value: { ...sourceRecord('b', 1), version: 2 } })] },
    ],
    ['newer-record', { set: ['future:x', '{"value":{"version":1}}'] }],
    ['half-imported', { set: ['importing', '{"value":{}}'] }],
    ['missing-item', { gone: `item:${itemHash(0)}` }],
    ['archive-without-text', { gone: 'archive:city:1' }],
    ['archive-without-head', { gone: 'archive-head:city:1' }],
    ['unreadable-hub', { set: ['hub:00', JSON.stringify({ value: hubRecord('https://hub.example/') })] }],
    ['unreadable-retraction', { set: ['retraction:00', JSON.stringify({ value: retractionRecord(2) })] }],
  ])('%s (%j)', async (code, change) => {
    const adapter = await wholeStore();
    if ('set' in change) await adapter.set(change.set[0] ?? '', change.set[1]);
    else await adapter.delete(change.gone);
    const { codes, isWhole } = await check(adapter);
    expect({ codes, isWhole }).toEqual({ codes: [`${code} 1`], isWhole: false });
  });

  it("a row whose revision is not its record's: every commit on it would be stale", async () => {
    const adapter = await wholeStore();
    const [source] = (await entriesOf(adapter)).filter(({ key }) => key === 'source:a');
    await adapter.restore([{ key: 'source:a', value: source?.value ?? '', revision: 7 }]);
    expect((await check(adapter)).codes).toEqual(['wrong-revision 1']);
  });

  it('a store that cannot be read at all, and documents of a newer version', async () => {
    const begin = () => ({ step: () => undefined });
    const fails = (code: string) => async () => {
      throw new StoreError(code, `what happened: ${code}`);
    };
    for (const code of [
      'store-absent',
      'store-unavailable',
      'store-unreadable',
      'store-version',
      'store-unsupported',
    ]) {
      const report = await checkWholeStore(fails(code), CONFIG, async () => onDisk(), begin);
      expect(report.isWhole).toBe(false);
      expect(report.findings).toMatchObject([{ code, examples: [{ reason: `what happened: ${code}` }] }]);
    }
    const adapter = await wholeStore();
    const report = await checkWholeStore(() => adapter.contents(), CONFIG, fails('store-version'), begin);
    expect(report.findings).toMatchObject([{ code: 'store-version' }]);
  });

  it('documents on disk that are damaged, and items that are others than on disk', async () => {
    const others = {
      ...EDITION,
      items: EDITION.items.map((item) => ({ ...item, publishedId: publishedId(9) })),
    };
    const { codes, isWhole } = await check(await wholeStore(), onDisk([others], ['city.rss is damaged']));
    expect({ codes, isWhole }).toEqual({
      codes: ['damaged-document 1', 'edition-differs 1'],
      isWhole: false,
    });
  });
});

describe('only noted', () => {
  it('an item that no source lists, and one whose text is known to be lost', async () => {
    const adapter = await wholeStore();
    const store = new KeyvStore(adapter, 20_000);
    const lost = { ...sourceRecord('a', 2, 2) };
    const items = lost.items.map((item, index) => (index === 0 ? { ...item, fingerprint: LOST_TEXT } : item));
    await store.commitPoll(sourceId('a'), 1, {
      source: { ...lost, items },
      items: [],
      removed: [itemHash(0)],
    });
    await adapter.set(`item:${itemHash(7)}`, JSON.stringify({ value: itemRecord(7) }));
    const { codes, isWhole, findings } = await check(adapter);
    expect({ codes, isWhole }).toEqual({ codes: ['orphaned-item 1'], isWhole: true });
    expect(findings[0]?.examples).toEqual([{ at: `item:${itemHash(7)}` }]);
  });

  it('sources, feeds and subscriptions that are not configured', async () => {
    const adapter = await wholeStore();
    const nothing = { sources: [], feeds: [] } as unknown as Config;
    const store = new KeyvStore(adapter, 20_000);
    await store.writeSubscriptions([subscriptionRecord('z')]);
    const { codes, isWhole } = await check(adapter, onDisk(), nothing);
    expect(codes).toEqual(['absent-source 1', 'absent-feed 2', 'subscription-without-source 1']);
    expect(isWhole).toBe(true);
  });

  it.each([
    ['unpublished-edition', [editionRecord('city', 0)]],
    ['older-than-disk', [editionRecord('city', 5)]],
    ['kept-on-disk-alone', [EDITION, editionRecord('harbour', 1)]],
  ])('%s', async (code, editions) => {
    const config = { ...CONFIG, feeds: [{ id: 'city' }, { id: 'harbour' }] } as unknown as Config;
    const { codes, isWhole } = await check(await wholeStore(), onDisk(editions), config);
    expect({ codes, isWhole }).toEqual({ codes: [`${code} 1`], isWhole: true });
  });
});

it('of thousands of one kind ten are named', async () => {
  const adapter = await wholeStore();
  for (let index = 100; index < 3100; index += 1)
    await adapter.set(`item:${itemHash(index)}`, JSON.stringify({ value: itemRecord(index) }));
  const { findings } = await check(adapter);
  expect(findings).toMatchObject([{ code: 'orphaned-item', count: 3000 }]);
  expect(findings[0]?.examples.length).toBe(10);
});
