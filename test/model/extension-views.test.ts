import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExtensionElement } from '../../src/model/extension.ts';
import { viewsOf } from '../../src/model/extensions/views.ts';

const NAMES = (
  'itunes:category itunes:owner itunes:duration podcast:value podcast:valueRecipient podcast:valueTimeSplit podcast:images ' +
  'podcast:liveItem podcast:alternateEnclosure podcast:source podcast:remoteItem podcast:soundbite media:group media:content ' +
  'media:community media:starRating media:tags media:scenes media:restriction georss:where georss:polygon gml:Polygon gml:pos ' +
  'geo:Point geo:lat geo:long psc:chapters psc:chapter sy:updatePeriod sy:updateFrequency thr:in-reply-to atom:link rsl:content ' +
  'rsl:license rsl:permits dc:date dcterms:valid prism:url slash:hit_parade app:control fh:complete title link enclosure'
).split(' ');
const VALUES = [
  '',
  '0',
  '-1',
  '1e400',
  '99999999999999999999',
  'NaN',
  '__proto__',
  '12:61:99',
  '1 2 3',
  'yes',
  ',,',
  ':',
  '9'.repeat(40),
];

const value = fc.oneof(fc.constantFrom(...VALUES), fc.string());
const attributes = fc.array(
  fc.tuple(
    fc.constantFrom(
      ...['url', 'href', 'startTime', 'start', 'duration', 'type'],
      ...['srcset', 'relationship', 'thr:count', 'price', 'srsName'],
    ),
    value,
  ),
  { maxLength: 4 },
);

function elementOf(depth: number): fc.Arbitrary<ExtensionElement> {
  return fc.record({
    name: fc.oneof(fc.constantFrom(...NAMES), fc.string()),
    namespace: fc.constant('urn:x'),
    attributes,
    text: value,
    children: depth === 0 ? fc.constant([]) : fc.array(elementOf(depth - 1), { maxLength: 3 }),
  });
}

describe('what vocabularies say', () => {
  it('is read of any elements, and has no number that is none', () => {
    fc.assert(
      fc.property(fc.array(elementOf(3), { maxLength: 8 }), (elements) => {
        const views = viewsOf(elements);
        for (const number of numbersIn(views)) expect(Number.isFinite(number)).toBe(true);
        expect(JSON.parse(JSON.stringify(views))).toEqual(views);
      }),
      { numRuns: 500 },
    );
  });

  it('is nothing where there are no elements, or only such that nobody knows', () => {
    expect(viewsOf(undefined)).toEqual({});
    const unknown = { name: 'constructor:x', namespace: 'urn:x', attributes: [], text: 'y', children: [] };
    expect(viewsOf([unknown, { ...unknown, name: 'x' }, { ...unknown, name: '__proto__:x' }])).toEqual({});
  });
});

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
