import { expect, it } from 'vitest';
import type { Copy } from '../../src/core/merge/order.ts';
import type { ItemHash } from '../../src/model/ids.ts';
import type { RetractionRecord } from '../../src/model/retraction-record.ts';
import { createAlikeToRetracted } from '../../src/pipeline/alike-to-retracted.ts';
import type { OutCopy } from '../../src/pipeline/retracted-items.ts';

it('takes out what is near to what a retraction names, and nothing that is near to that alone', () => {
  const [a, b, c] = ['a', 'b', 'c'] as unknown as readonly [ItemHash, ItemHash, ItemHash];
  const pairs = new Map([
    [a, [b]],
    [b, [a, c]],
    [c, [b]],
  ]);
  const copies = new Map([a, b, c].map((hash) => [hash, { entry: { hash } } as unknown as Copy]));
  const inStories = new Set([b, c]);
  const merger = {
    nearTo: (hash: ItemHash) => pairs.get(hash) ?? [],
    copyOf: (hash: ItemHash) => (inStories.has(hash) ? copies.get(hash) : undefined),
    setAside: (hash: ItemHash) => void inStories.delete(hash),
  };
  const operator = { publishedId: 'a' } as unknown as RetractionRecord;
  const out = new Map<ItemHash, OutCopy>([[a, { ...(copies.get(a) as Copy), operator }]]);
  const alike = createAlikeToRetracted(merger, out);
  alike.addNamed(a);
  for (let time = 0; time < 2; time++) {
    expect(alike.settle()).toEqual([]);
    expect([...inStories]).toEqual([c]);
    expect(alike.unnamed()).toEqual([{ entry: { hash: b }, operator }]);
  }
  alike.delete(a);
  expect(alike.settle()).toEqual([{ entry: { hash: b } }]);
});
