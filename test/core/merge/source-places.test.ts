import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placesAfter, placesOf } from '../../../src/core/merge/source-places.ts';
import { sourceId } from '../../../src/model/ids.ts';

const ids = (text: string) => [...text].map((letter) => sourceId(letter));

it('keeps the place of each that stays, and orders all as they are listed', () => {
  const list = fc.uniqueArray(fc.constantFrom(...'abcdefghijkl'), { maxLength: 12 });
  fc.assert(
    fc.property(list, fc.array(list, { maxLength: 6 }), (first, nexts) => {
      let places = placesOf(ids(first.join('')));
      for (const next of nexts) {
        // In their order before; the others between.
        const staying = [...places.keys()].filter((id) => next.includes(id));
        const inOrder = next
          .map((letter) => (places.has(sourceId(letter)) ? staying.shift() : letter))
          .join('');
        const after = placesAfter(places, ids(inOrder));
        if (after === undefined) throw new Error('no place');
        expect([...after.keys()].join('')).toBe(inOrder);
        expect([...after.values()]).toEqual([...after.values()].toSorted((a, b) => a - b));
        expect(new Set(after.values()).size).toBe(after.size);
        for (const [id, place] of after) expect(places.get(id) ?? place).toBe(place);
        places = after;
      }
    }),
  );
});

it('has none where those that stay changed places, or where no number is left between two', () => {
  expect(placesAfter(placesOf(ids('abc')), ids('acb'))).toBeUndefined();
  let places = placesOf(ids('ab'));
  let steps = 0;
  // Always between the first and the one that came last.
  for (let last = 'b'; steps < 2000; steps += 1) {
    const one = `n${steps}`;
    const after = placesAfter(places, [sourceId('a'), sourceId(one), sourceId(last)]);
    if (after === undefined) break;
    places = after;
    last = one;
  }
  expect(steps).toBeGreaterThan(40);
  expect(steps).toBeLessThan(2000);
});
