import { describe, expect, it } from 'vitest';
import { shownCategories } from '../../../src/core/filter/map-categories.ts';
import type { CategoryMapping } from '../../../src/model/config.ts';
import type { Category } from '../../../src/model/item.ts';

const map = (said: Record<string, string | null>): readonly CategoryMapping[] =>
  Object.entries(said).map(([from, to]) => ({ from, to: to ?? undefined }));
const shown = (
  given: readonly (string | Category)[],
  source: { categories?: readonly string[]; map?: Record<string, string | null> },
  ofFeed?: Record<string, string | null>,
) =>
  shownCategories(
    given.map((one) => (typeof one === 'string' ? { term: one } : one)),
    { categories: source.categories ?? [], categoryMap: source.map && map(source.map) },
    { categoryMap: ofFeed && map(ofFeed) },
  );
const terms = (...said: Parameters<typeof shown>) => shown(...said).map(({ term }) => term);

describe('categories', () => {
  it('stand as given, after the configuration’s, each once', () => {
    expect(terms(['Sea', 'news', 'SEA'], { categories: ['News'] })).toEqual(['News', 'Sea']);
  });

  it('are renamed, joined where the first of them stood, and left out, whatever their case', () => {
    const said = { politik: 'Politics', INNENPOLITIK: 'Politics', Allgemein: null };
    expect(terms(['Sport', 'Politik', 'allgemein', 'Innenpolitik', 'Meer'], { map: said })).toEqual([
      'Sport',
      'Politics',
      'Meer',
    ]);
  });

  it('are known by their label too, and lose it with their scheme when renamed', () => {
    const given = [{ term: 'x12', label: 'Politik', scheme: 'https://a.example/' }];
    expect(shown(given, { map: { Politik: 'Politics' } })).toEqual([{ term: 'Politics' }]);
    expect(shown(given, { map: { Sport: 'Sports' } })).toEqual(given);
  });

  it('go by the source’s map first, then by the feed’s, which reaches the configuration’s too', () => {
    const source = { categories: ['Local'], map: { Politik: 'Politics' } };
    expect(
      terms(['Politik', 'Local'], source, { Politics: 'State', Politik: 'wrong', Local: 'Here' }),
    ).toEqual(['Here', 'State']);
  });

  it('are not mapped twice by one map', () => {
    expect(terms(['a', 'b'], { map: { a: 'b', b: 'a' } })).toEqual(['b', 'a']);
  });
});
