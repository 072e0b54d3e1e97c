// What is read: hit, miss, unreadable; polls and retractions. Part of the store contract.
import { describe, expect, test } from 'vitest';
import { hubDigest } from '../../src/edge/store/keys.ts';
import { openKeyv } from '../../src/edge/store/record-calls.ts';
import { RECORD_VERSION } from '../../src/model/record-version.ts';
import {
  absenceRecord,
  feedId,
  hubRecord,
  itemHash,
  itemRecord,
  pollRecord,
  retractionRecord,
  retractionStamp,
  sourceId,
  sourceRecord,
  subscriptionRecord,
} from './store-records.ts';
import type { StoreRig } from './store-rig.ts';

export function describeAnswers(rig: StoreRig): void {
  describe('answers', () => {
    test('what was never written is a miss everywhere', async () => {
      const id = sourceId('a');
      expect(await rig.store.readSource(id)).toEqual({ kind: 'miss' });
      expect((await rig.store.readSources([id])).get(id)).toEqual({ kind: 'miss' });
      expect((await rig.store.readPolls([id])).get(id)).toEqual({ kind: 'miss' });
      expect(await rig.store.readEdition(feedId('a'))).toEqual({ kind: 'miss' });
      expect(await rig.store.readItems([itemHash(1)])).toEqual({ kind: 'hit', value: new Map() });
      expect(await rig.store.listSourceIds()).toEqual({ kind: 'hit', value: [] });
      expect(await rig.store.readRetractions()).toEqual({ kind: 'hit', value: [] });
      expect(await rig.store.readRetractionStamp()).toEqual({ kind: 'miss' });
      expect(rig.store.counts()).toEqual({ unreadable: 0, unavailable: 0 });
    });

    test('what a poll commits is read back equal', async () => {
      const source = sourceRecord('a', 1, 3);
      const items = [itemRecord(0), itemRecord(1), itemRecord(2)];
      const poll = pollRecord(2);
      const result = await rig.store.commitPoll(source.sourceId, 0, { source, items, removed: [], poll });
      expect(result).toEqual({ kind: 'committed' });
      expect(await rig.store.readSource(source.sourceId)).toEqual({ kind: 'hit', value: source });
      expect(await rig.store.readPolls([source.sourceId])).toEqual(
        new Map([[source.sourceId, { kind: 'hit', value: poll }]]),
      );
      expect(await rig.store.readItems(items.map((item) => item.hash))).toEqual({
        kind: 'hit',
        value: new Map(items.map((item) => [item.hash, item])),
      });
    });

    test('subscriptions are read back equal, all at once, and forgotten one by one', async () => {
      expect(await rig.store.readSubscriptions()).toEqual({ kind: 'hit', value: [] });
      const [a, b] = [subscriptionRecord('a'), { ...subscriptionRecord('b'), wanted: undefined }];
      expect(await rig.store.writeSubscriptions([a, b])).toEqual({ kind: 'written' });
      const read = await rig.store.readSubscriptions();
      const byId =
        read.kind === 'hit' ? read.value.toSorted((x, y) => (x.sourceId < y.sourceId ? -1 : 1)) : [];
      expect(byId).toEqual([a, b]);
      await rig.store.forgetSubscriptions([a.sourceId]);
      expect(await rig.store.readSubscriptions()).toEqual({ kind: 'hit', value: [b] });
    });

    test('a damaged subscription is left out, counted, and written over', async () => {
      const good = subscriptionRecord('good');
      await rig.store.writeSubscriptions([good]);
      await openKeyv(rig.adapter).set('subscription:bad', { version: RECORD_VERSION, sourceId: 'bad' });
      expect(await rig.store.readSubscriptions()).toEqual({ kind: 'hit', value: [good] });
      expect(rig.store.counts().unreadable).toBe(1);
    });

    test('ids of polls are listed, with a source or without; what is absent is read back', async () => {
      const source = sourceRecord('a', 1);
      const writes = { source, items: [], removed: [], poll: pollRecord(0) };
      await rig.store.commitPoll(source.sourceId, 0, writes);
      await rig.store.writePolls(new Map([[sourceId('never-read'), pollRecord(3)]]));
      const listed = await rig.store.listPollIds();
      expect(listed.kind === 'hit' && listed.value.toSorted()).toEqual(['a', 'never-read']);
      expect(await rig.store.forgetSource(sourceId('never-read'), 0, [])).toEqual({ kind: 'committed' });
      expect(await rig.store.listPollIds()).toEqual({ kind: 'hit', value: ['a'] });
      expect(await rig.store.readAbsence()).toEqual({ kind: 'miss' });
      expect(await rig.store.writeAbsence(absenceRecord())).toEqual({ kind: 'written' });
      expect(await rig.store.readAbsence()).toEqual({ kind: 'hit', value: absenceRecord() });
    });

    test('what a hub was told is read back under its address', async () => {
      const record = hubRecord('https://hub.example/');
      expect(await rig.store.writeHub(record)).toEqual({ kind: 'written' });
      expect(await rig.store.readHubs([record.hubUrl, 'https://other.example/'])).toEqual(
        new Map<string, unknown>([
          [record.hubUrl, { kind: 'hit', value: record }],
          ['https://other.example/', { kind: 'miss' }],
        ]),
      );
      const listed = await rig.store.listHubs();
      expect(listed).toEqual({ kind: 'hit', value: [hubDigest(record.hubUrl)] });
      await rig.store.forgetHubs(listed.kind === 'hit' ? listed.value : []);
      expect(await rig.store.listHubs()).toEqual({ kind: 'hit', value: [] });
    });

    test('many sources are answered each by its own id, the missing ones included', async () => {
      for (const id of ['a', 'b', 'c']) {
        const source = sourceRecord(id, 1);
        await rig.store.commitPoll(source.sourceId, 0, { source, items: [], removed: [] });
      }
      const asked = ['c', 'x', 'a', 'b'].map(sourceId);
      const answers = await rig.store.readSources(asked);
      expect([...answers.keys()]).toEqual(asked);
      expect(asked.map((id) => answers.get(id)?.kind)).toEqual(['hit', 'miss', 'hit', 'hit']);
      const listed = await rig.store.listSourceIds();
      expect(listed.kind === 'hit' && listed.value.toSorted()).toEqual(['a', 'b', 'c']);
    });

    test.each([
      ['text cut short', '{"value":{"version":1,"sourc'],
      ['no JSON', 'not json'],
      ['empty', ''],
      ['JSON null', 'null'],
      ['a bare number', '5'],
      ['no envelope', '{"version":1}'],
      ['null inside', '{"value":null}'],
      ['a list inside', '{"value":[]}'],
      ['another version', JSON.stringify({ value: { ...sourceRecord('a', 1), version: 0 } })],
      [
        'a field of another type',
        JSON.stringify({ value: { ...sourceRecord('a', 1), items: { length: 3 } } }),
      ],
      ['items that are no items', JSON.stringify({ value: { ...sourceRecord('a', 1), items: [null] } })],
      ['the record of another source', JSON.stringify({ value: sourceRecord('b', 1) })],
      ['a record by prototype only', `{"value":{"__proto__":${JSON.stringify(sourceRecord('a', 1))}}}`],
    ])('a source record that is %s is unreadable, neither miss nor crash', async (_, text) => {
      await rig.adapter.set('source:a', text);
      const answer = await rig.store.readSource(sourceId('a'));
      expect(answer.kind).toBe('unreadable');
      expect((await rig.store.readSources([sourceId('a')])).get(sourceId('a'))?.kind).toBe('unreadable');
      expect(rig.store.counts().unreadable).toBe(2);
    });

    test('a record of a newer version is unavailable, never a miss, and alone among others makes none of them so', async () => {
      const newer = (record: object) => JSON.stringify({ value: { ...record, version: RECORD_VERSION + 1 } });
      await rig.store.commitPoll(sourceId('b'), 0, {
        source: sourceRecord('b', 1),
        items: [itemRecord(0)],
        removed: [],
      });
      await rig.adapter.set('source:a', newer(sourceRecord('a', 1)));
      await rig.adapter.set(`item:${itemHash(1)}`, newer(itemRecord(1)));
      await rig.adapter.set('subscription:a', newer(subscriptionRecord('a')));
      const answers = await rig.store.readSources(['a', 'b'].map(sourceId));
      expect([...answers.values()].map(({ kind }) => kind)).toEqual(['unavailable', 'hit']);
      const alone = await rig.store.readSource(sourceId('a'));
      expect(alone.kind === 'unavailable' && alone.error.code).toBe('store-version');
      expect((await rig.store.readItems([itemHash(0), itemHash(1)])).kind).toBe('unavailable');
      expect((await rig.store.readItems([itemHash(0)])).kind).toBe('hit');
      expect((await rig.store.readSubscriptions()).kind).toBe('unavailable');
    });

    test('an unreadable item costs itself only, and is counted', async () => {
      const source = sourceRecord('a', 1, 3);
      const items = [itemRecord(0), itemRecord(1), itemRecord(2)];
      await rig.store.commitPoll(source.sourceId, 0, { source, items, removed: [] });
      await rig.adapter.set(`item:${itemHash(1)}`, '{"value":{"vers');
      const answer = await rig.store.readItems([0, 1, 2].map(itemHash));
      expect(answer.kind === 'hit' && [...answer.value.keys()]).toEqual([itemHash(0), itemHash(2)]);
      expect(rig.store.counts().unreadable).toBe(1);
    });

    test.each([
      ['no list', {}],
      ['no element', [null]],
      ['without attributes', [{ name: 'a', namespace: '', text: '', children: [] }]],
      ['with attributes that are no pairs', [element({ attributes: [['a', 'b', 'c']] })]],
      ['with numbers for text', [element({ text: 1 })]],
      ['with children that are none', [element({ children: [element({ name: 1 })] })]],
      ['nested beyond all reading', [nested(100)]],
    ])('an item with elements that are %s is unreadable', async (_, extensions) => {
      const record = { ...itemRecord(0), item: { ...itemRecord(0).item, extensions } };
      await rig.adapter.set(`item:${itemHash(0)}`, JSON.stringify({ value: record }));
      const answer = await rig.store.readItems([itemHash(0)]);
      expect(answer.kind === 'hit' ? [...answer.value.keys()] : []).toEqual([]);
      expect(rig.store.counts().unreadable).toBe(1);
    });

    test('an unreadable retraction is not taken for none', async () => {
      await rig.store.commitRetractions(0, retractionStamp(1), [retractionRecord(1)]);
      await rig.adapter.set('retraction:damaged', '{');
      expect((await rig.store.readRetractions()).kind).toBe('unreadable');
    });

    test('a key `__proto__` in a value is not kept, and sets no prototype', async () => {
      await rig.adapter.set('x', '{"value":{"a":1,"__proto__":{"b":2},"c":{"\\u005f_proto__":{"d":3}}}}');
      const value = (await openKeyv(rig.adapter).get('x')) as Record<string, unknown>;
      expect(Object.assign({}, value)).toEqual({ a: 1, c: {} });
      expect(Object.hasOwn(value['c'] as object, '__proto__')).toBe(false);
      expect((value as { b?: unknown }).b).toBeUndefined();
    });
  });

  describe('polls and retractions', () => {
    test('10,000 polls in one write', async () => {
      const records = new Map(
        Array.from({ length: 10_000 }, (_, index) => [sourceId(`s${index}`), pollRecord(index)]),
      );
      expect(await rig.store.writePolls(records)).toEqual({ kind: 'written' });
      const answers = await rig.store.readPolls([...records.keys()]);
      expect(answers.size).toBe(10_000);
      for (const [id, record] of records) expect(answers.get(id)).toEqual({ kind: 'hit', value: record });
    });

    test('writing no polls is done', async () => {
      expect(await rig.store.writePolls(new Map())).toEqual({ kind: 'written' });
    });

    test('a retraction for one feed and one for all are two; each is replaced alone', async () => {
      const everywhere = retractionRecord(1);
      const inCity = { ...retractionRecord(1), feedId: feedId('city') };
      await rig.store.commitRetractions(0, retractionStamp(1), [everywhere, inCity]);
      const again = { ...inCity, revision: 2, reason: 'said twice' };
      expect(await rig.store.commitRetractions(1, retractionStamp(2), [again])).toEqual({
        kind: 'committed',
      });
      const both = await rig.store.readRetractions();
      expect(both.kind === 'hit' && both.value).toHaveLength(2);
      expect(both).toEqual({ kind: 'hit', value: expect.arrayContaining([everywhere, again]) });
      expect(await rig.store.readRetractionStamp()).toEqual({ kind: 'hit', value: retractionStamp(2) });
    });

    test('of two who commit retractions over one revision, the second is told and writes nothing', async () => {
      await rig.store.commitRetractions(0, retractionStamp(1), [retractionRecord(1)]);
      const late = await rig.store.commitRetractions(0, retractionStamp(1), [retractionRecord(2)]);
      expect(late).toEqual({ kind: 'stale', revision: 1 });
      expect(await rig.store.readRetractions()).toEqual({ kind: 'hit', value: [retractionRecord(1)] });
    });

    test('no text of a publisher is in a key', async () => {
      const hostile = `../../etc/x\u0000'; DROP TABLE entry; *?[`;
      const record = { ...retractionRecord(1), publishedId: hostile as never };
      await rig.store.commitRetractions(0, retractionStamp(1), [record]);
      const keys: unknown[] = [];
      for await (const [key] of rig.adapter.iterator()) keys.push(key);
      expect(keys.toSorted()).toEqual([expect.stringMatching(/^retraction:[0-9a-f]{64}$/), 'retractions']);
    });
  });
}

function element(said: object): object {
  return { name: 'x:a', namespace: 'urn:x', attributes: [['b', 'c']], text: '', children: [], ...said };
}

function nested(depth: number): object {
  let outer = element({});
  for (let level = 0; level < depth; level += 1) outer = element({ children: [outer] });
  return outer;
}
