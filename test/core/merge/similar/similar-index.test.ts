import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPairs } from '../../../../bench/similar/read-pairs.ts';
import { packSignature, signatureOf } from '../../../../src/core/merge/similar/signature.ts';
import { createSimilarIndex, type SimilarItem } from '../../../../src/core/merge/similar/similar-index.ts';

const DAY_MS = 86_400_000;
const [story] = readPairs(new URL('../../../fixtures/similar/tuning', import.meta.url).pathname);
if (story === undefined) throw new Error('no pairs');

const items = { a: packSignature(signatureOf(story.a)), b: packSignature(signatureOf(story.b)) };
const item = (hash: string, side: 'a' | 'b', sourceId: string, day = 0): SimilarItem => ({
  hash,
  sourceId,
  atMs: day * DAY_MS,
  signature: items[side],
});
const hashesNear = (index: ReturnType<typeof createSimilarIndex>, hash: string, windowMs?: number) =>
  index.near(hash, windowMs).map((near) => near.hash);

describe('the index of similar items', () => {
  test('finds the same story in another source, from both sides', () => {
    const index = createSimilarIndex({ windowMs: 14 * DAY_MS });
    index.add(item('one', 'a', 'north'));
    index.add(item('two', 'b', 'coast'));
    expect(hashesNear(index, 'one')).toEqual(['two']);
    expect(hashesNear(index, 'two')).toEqual(['one']);
  });

  test('never joins two items of one source', () => {
    const index = createSimilarIndex({ windowMs: 14 * DAY_MS });
    index.add(item('one', 'a', 'north'));
    index.add(item('two', 'b', 'north'));
    expect(index.near('one')).toEqual([]);
  });

  test('never joins what is further apart in time than the window, its own or the one asked for', () => {
    const index = createSimilarIndex({ windowMs: 14 * DAY_MS });
    index.add(item('one', 'a', 'north'));
    index.add(item('two', 'b', 'coast', 14));
    index.add(item('three', 'b', 'south', 15));
    expect(hashesNear(index, 'one')).toEqual(['two']);
    expect(hashesNear(index, 'one', 13 * DAY_MS)).toEqual([]);
  });

  test('forgets what is removed or changed', () => {
    const index = createSimilarIndex({ windowMs: 14 * DAY_MS });
    index.add(item('one', 'a', 'north'));
    index.add(item('two', 'b', 'coast'));
    const other = packSignature(
      signatureOf({ title: 'Another', text: 'Something else altogether '.repeat(9) }),
    );
    index.add({ ...item('two', 'b', 'coast'), signature: other });
    expect(index.near('one')).toEqual([]);
    index.add(item('two', 'b', 'coast'));
    index.remove('one');
    expect(index.near('two')).toEqual([]);
    expect(index.size).toBe(1);
  });

  test('grows, and finds what it found before', () => {
    const index = createSimilarIndex({ windowMs: 14 * DAY_MS });
    index.add(item('one', 'a', 'north'));
    for (let nth = 0; nth < 1_000; nth += 1)
      index.add({ ...item(`more ${nth}`, 'a', 'far', 500), signature: numbered(nth) });
    index.add(item('two', 'b', 'coast'));
    expect(index.size).toBe(1_002);
    expect(hashesNear(index, 'one')).toEqual(['two']);
  });

  test('a source that copies a story into all of its items neither hides it from others nor is compared without bound', () => {
    const index = createSimilarIndex({ windowMs: 14 * DAY_MS });
    for (let nth = 0; nth < 2_000; nth += 1) index.add(item(`copy ${nth}`, 'a', 'hostile'));
    index.add(item('one', 'a', 'north'));
    index.add(item('two', 'b', 'coast'));
    expect(hashesNear(index, 'one')).toContain('two');
    expect(index.near('one').length).toBeLessThan(32);
  });

  test('any order of adding gives the same', () => {
    const all = [
      item('one', 'a', 'north'),
      item('two', 'b', 'coast', 3),
      item('three', 'b', 'south', 16),
      item('four', 'a', 'coast', 5),
    ];
    const seen = (order: readonly number[]) => {
      const index = createSimilarIndex({ windowMs: 14 * DAY_MS });
      for (const at of order) index.add(all[at] as SimilarItem);
      return all.map(({ hash }) => index.near(hash));
    };
    const inOrder = [...all.keys()];
    const expected = seen(inOrder);
    fc.assert(
      fc.property(fc.shuffledSubarray(inOrder, { minLength: all.length }), (order) => {
        expect(seen(order)).toEqual(expected);
      }),
    );
  });
});

function numbered(nth: number) {
  const words = Array.from({ length: 30 }, (_, at) => `word${nth}of${at}`).join(' ');
  return packSignature(signatureOf({ title: `Item ${nth}`, text: words }));
}
