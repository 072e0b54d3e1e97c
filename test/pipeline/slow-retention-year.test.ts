// A year of publishing over SQLite: after three months the store grows by nothing but the archives of a feed that stays.
import { expect, it } from 'vitest';
import { type Look, publishForDays } from '../rig/publishing-year.ts';

/** Kept for good, by design: bounded by what is published. */
const FOR_GOOD = ['archive', 'archive-head'];
/** Of `kept`, whose document shows 20 items: half of them go into one. */
const ITEMS_OF_ARCHIVE = 10;

const countOf = (look: Look, kind: string) => look.kinds.get(kind) ?? { records: 0, bytes: 0 };
const bytesOf = (look: Look, kinds: readonly string[]) =>
  kinds.reduce((sum, kind) => sum + countOf(look, kind).bytes, 0);

it('stays as it is from month to month, but for the archives of a feed that stays; and nothing is ever new again', {
  timeout: 240_000,
}, async () => {
  const options = { sources: 2, days: 360, items: 24, lookEvery: 90, pollEvery: 3 };
  const { looks, listed, toldNew, events } = await publishForDays(options);
  expect(looks.map(({ day }) => day)).toEqual([90, 180, 270, 360]);
  const [first, ...later] = looks as [Look, ...Look[]];
  for (const look of later) {
    const kinds = [...look.kinds.keys()].filter((kind) => !FOR_GOOD.includes(kind));
    for (const kind of kinds) {
      const { records } = countOf(first, kind);
      expect(countOf(look, kind).records, `${kind} on day ${look.day}`).toBeLessThanOrEqual(records * 1.05);
    }
    // An edition remembers the last thousand items that left it, by 40 characters each.
    const flat = kinds.filter((kind) => kind !== 'edition');
    expect(bytesOf(look, flat)).toBeLessThan(bytesOf(first, flat) * 1.05);
    expect(countOf(look, 'edition').bytes).toBeLessThan(countOf(first, 'edition').bytes + 50_000);
    const archives = countOf(look, 'archive').records - countOf(first, 'archive').records;
    expect(archives).toBeLessThanOrEqual((look.day - first.day) / ITEMS_OF_ARCHIVE + 1);
    // A value ends within a page, and its key takes room in another.
    const ofArchives = (bytesOf(look, FOR_GOOD) - bytesOf(first, FOR_GOOD)) / look.pageBytes + 2 * archives;
    expect(look.pages).toBeLessThanOrEqual(first.pages + ofArchives + 10);
    expect(look.files).toBeLessThanOrEqual(first.files);
  }
  // What was forgotten never came back as new, though its source edits, drops, leaves and comes back.
  expect(listed).toBeGreaterThan(600);
  expect(toldNew).toBe(listed);
  for (const event of ['feed-forgotten', 'source-forgotten'])
    expect(events.get(event)).toBeGreaterThanOrEqual(9);
});
