// Values come back as they were written, through the port and through Keyv itself. Part of the store contract.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AdapterCommit } from '../../src/edge/store/adapter.ts';
import { openKeyv } from '../../src/edge/store/record-calls.ts';
import { itemRecord, pollRecord, sourceId, sourceRecord } from './store-records.ts';
import type { StoreRig } from './store-rig.ts';

export function describeValues(rig: StoreRig): void {
  describe('values', () => {
    test('5 MB in one item', async () => {
      const item = itemRecord(0, { content: { html: 'é'.repeat(5_000_000) } });
      const source = sourceRecord('a', 1, 1);
      await rig.store.commitPoll(source.sourceId, 0, { source, items: [item], removed: [] });
      const answer = await rig.store.readItems([item.hash]);
      expect(answer.kind === 'hit' && answer.value.get(item.hash)?.item.content?.html).toBe(
        item.item.content?.html,
      );
    });

    test.each([
      ['beyond the basic plane', 'harbour 🛳️ 𝔱𝔯𝔞𝔪 é'],
      ['a NUL and other controls', 'a\u0000b\u0001\u001f\u007f\u0085'],
      ['lone surrogates', 'a\ud83db\udc00c'],
      ['noncharacters and a BOM', '\ufeff\ufffe\uffff'],
      ['what Keyv reads as bytes and numbers', ':base64:AAAA :bigint:1'],
      ['names of prototypes', '__proto__ constructor'],
    ])('text with %s comes back unit by unit', async (_, text) => {
      const item = itemRecord(0, { title: text, guid: `:bigint:${text}`, permalink: ':base64:!!' });
      const source = sourceRecord('a', 1);
      await rig.store.commitPoll(source.sourceId, 0, { source, items: [item], removed: [] });
      expect(await rig.store.readItems([item.hash])).toEqual({
        kind: 'hit',
        value: new Map([[item.hash, item]]),
      });
    });

    test('elements of other vocabularies come back whole', async () => {
      const inner = { name: 'podcast:source', namespace: 'urn:p', text: '', children: [] };
      const element = {
        name: 'podcast:alternateEnclosure',
        namespace: 'urn:p',
        attributes: [['type', 'audio/opus']] as const,
        text: 'é',
        children: [{ ...inner, attributes: [['uri', 'https://a.example/1']] as const }],
      };
      const item = itemRecord(0, { extensions: [element] });
      const source = sourceRecord('a', 1);
      await rig.store.commitPoll(source.sourceId, 0, { source, items: [item], removed: [] });
      expect(await rig.store.readItems([item.hash])).toEqual({
        kind: 'hit',
        value: new Map([[item.hash, item]]),
      });
    });

    test('any text comes back unit by unit', async () => {
      const keyv = openKeyv(rig.adapter);
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (text, plain) => {
          await keyv.set('any', { text, plain });
          expect(await keyv.get('any')).toEqual({ text, plain });
        }),
        { numRuns: 100 },
      );
    });

    test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
      'a source may be called %s',
      async (name) => {
        const source = sourceRecord(name, 1);
        expect(await rig.store.readSource(source.sourceId)).toEqual({ kind: 'miss' });
        await rig.store.commitPoll(source.sourceId, 0, { source, items: [], removed: [] });
        expect(await rig.store.readSources([source.sourceId])).toEqual(
          new Map([[source.sourceId, { kind: 'hit', value: source }]]),
        );
        expect(await rig.store.listSourceIds()).toEqual({ kind: 'hit', value: [name] });
      },
    );

    test('a record changed after it was written is not changed in the store', async () => {
      const record = { ...pollRecord(1) };
      await rig.store.writePolls(new Map([[sourceId('a'), record]]));
      Object.assign(record, { failures: 99 });
      const answer = (await rig.store.readPolls([sourceId('a')])).get(sourceId('a'));
      expect(answer).toEqual({ kind: 'hit', value: pollRecord(1) });
    });
  });

  describe('through Keyv', () => {
    test('a value past its time to live is absent, one before it is there', async () => {
      const keyv = openKeyv(rig.adapter);
      await keyv.set('short', 'x', 1);
      await keyv.set('long', 'y', 600_000);
      const end = Date.now() + 20;
      while (Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await keyv.getMany(['short', 'long'])).toEqual([undefined, 'y']);
      expect(await keyv.has('short')).toBe(false);
    });

    test('the adapter itself gives nothing that has expired', async () => {
      const past = Date.now() - 1;
      await rig.adapter.set('source:old', '{"value":1}', past);
      await rig.adapter.set('source:new', '{"value":1}', Date.now() + 600_000);
      expect(await rig.adapter.get('source:old')).toBeUndefined();
      expect(await rig.adapter.hasMany(['source:old', 'source:new'])).toEqual([false, true]);
      expect(await rig.adapter.keysWithPrefix('source:')).toEqual(['source:new']);
      const commit: AdapterCommit = {
        guardKey: 'source:old',
        expectedRevision: 0,
        sets: [{ key: 'source:old', value: '{"value":2}' }],
        deletes: [],
        durable: true,
      };
      expect(await rig.adapter.commit(commit)).toEqual({ kind: 'committed' });
      expect(await rig.adapter.get('source:old')).toBe('{"value":2}');
    });

    test('iteration gives every live value once', async () => {
      const keyv = openKeyv(rig.adapter);
      const entries = Array.from({ length: 1_000 }, (_, index) => ({ key: `k${index}`, value: index }));
      await keyv.setMany(entries);
      await keyv.set('expired', 'x', 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      const seen: [string, unknown][] = [];
      for await (const pair of keyv.iterator()) seen.push(pair);
      expect(seen.toSorted(([, a], [, b]) => Number(a) - Number(b))).toEqual(
        entries.map(({ key, value }) => [key, value]),
      );
    });

    test('deleting, asking and clearing', async () => {
      const keyv = openKeyv(rig.adapter);
      await keyv.setMany(['a', 'b', 'c'].map((key) => ({ key, value: key })));
      expect(await keyv.delete('a')).toBe(true);
      expect(await keyv.delete('a')).toBe(false);
      expect(await keyv.deleteMany(['b', 'x'])).toEqual([true, false]);
      expect(await keyv.hasMany(['a', 'b', 'c'])).toEqual([false, false, true]);
      await keyv.clear();
      expect(await keyv.has('c')).toBe(false);
    });

    test('keys are found by their prefix only', async () => {
      for (const key of ['source:a', 'source;', 'source', 'sources:b', 'poll:source:', 'source:é']) {
        await rig.adapter.set(key, '{"value":1}');
      }
      expect((await rig.adapter.keysWithPrefix('source:')).toSorted()).toEqual(['source:a', 'source:é']);
    });
  });
}
