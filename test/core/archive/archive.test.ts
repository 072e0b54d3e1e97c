// What is sealed, under which name, what waits for the next archive, and what is out. Whole publishes: test/pipeline/archive.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archiveKey, keysOf } from '../../../src/core/archive/archive-keys.ts';
import { type CopyState, nextPending, type PendingInput } from '../../../src/core/archive/pending.ts';
import { ARCHIVE_ITEMS_MAX, archiveName, archivesToSeal, rangeOf } from '../../../src/core/archive/seal.ts';
import { isStillOut, type OutFacts, outOf } from '../../../src/core/archive/taken-out.ts';
import type { ArchivedItem } from '../../../src/model/archive.ts';
import type { ItemHash } from '../../../src/model/ids.ts';
import type { RetractionRecord } from '../../../src/model/retraction-record.ts';
import type { Timestamp } from '../../../src/model/timestamp.ts';

function at(day: number): Timestamp {
  return new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString() as Timestamp;
}

function item(n: number, day = n): ArchivedItem {
  const attribution = { source: { id: 'urn:s', title: 'Harbour', siteUrl: 'https://harbour.example/' } };
  return {
    item: { id: `id ${n}`, publishedAt: at(day), updatedAt: at(day), attribution },
    hashes: [`hash ${n}`],
  } as unknown as ArchivedItem;
}

const items = (count: number, from = 0) => Array.from({ length: count }, (_, n) => item(from + n));
const idOf = (archived: ArchivedItem) => archived.item.id;

describe('what is sealed', () => {
  it('is nothing as long as nothing left the document', () => {
    expect(archivesToSeal({ departed: [], standing: items(500), limit: 10 })).toEqual([]);
  });

  it('is what left, with the oldest half of what stands, newest first', () => {
    const [archive = [], ...rest] = archivesToSeal({ departed: items(1), standing: items(10, 1), limit: 10 });
    expect(rest).toEqual([]);
    expect(archive.map(idOf)).toEqual(['id 4', 'id 3', 'id 2', 'id 1', 'id 0']);
  });

  it('has everything that left, each item once, in bounded archives from the oldest to the newest', () => {
    fc.assert(
      fc.property(fc.nat(700), fc.nat(300), fc.integer({ min: 1, max: 1000 }), (left, stand, limit) => {
        // Dates in disorder, and the same one for several.
        const departed = Array.from({ length: left }, (_, n) => item(n, (n * 7) % 97));
        const standing = Array.from({ length: stand }, (_, n) => item(left + n, 50 + ((n * 11) % 97)));
        const archives = archivesToSeal({ departed, standing, limit });
        if (left === 0) return archives.length === 0;
        const sealed = archives.flat().map(idOf);
        const fromDocument = sealed.length - left;
        const dates = archives
          .toReversed()
          .flat()
          .map((one) => one.item.publishedAt);
        expect(new Set(sealed).size).toBe(sealed.length);
        expect(departed.map(idOf).filter((id) => !sealed.includes(id))).toEqual([]);
        expect(archives.every((one) => one.length > 0 && one.length <= ARCHIVE_ITEMS_MAX)).toBe(true);
        expect(fromDocument).toBeLessThanOrEqual(Math.floor(stand / 2));
        expect(dates).toEqual(dates.toSorted().toReversed());
        // Of what stands the oldest go: no one that stays is older than one that goes.
        const going = standing.filter((one) => sealed.includes(idOf(one))).map((one) => one.item.publishedAt);
        const staying = standing
          .filter((one) => !sealed.includes(idOf(one)))
          .map((one) => one.item.publishedAt);
        return going.every((date) => staying.every((other) => other >= date));
      }),
      { numRuns: 60 },
    );
  });

  it('is called by the month in which it is sealed, never by a name that was given before', () => {
    const named = (...names: string[]) => names.map((name) => ({ name }));
    expect(archiveName(at(5), [])).toBe('2026-01');
    expect(archiveName(at(5), named('2026-01'))).toBe('2026-01-2');
    expect(archiveName(at(5), named('2026-01', '2026-01-2', '2025-12'))).toBe('2026-01-3');
    expect(archiveName(at(5), named('2026-01-2'))).toBe('2026-01');
  });

  it('tells the dates of its oldest and its newest item', () => {
    expect(rangeOf([item(3), item(1), item(2)].map((one) => one.item))).toEqual({ from: at(1), to: at(3) });
    expect(rangeOf([])).toEqual({ from: undefined, to: undefined });
  });

  it('is known by its id, its copies, its guid and its page, each once', () => {
    const archived = {
      ...item(1),
      hashes: ['h', 'g'] as ItemHash[],
      guidUri: 'id 1',
      canonicalUrl: 'h.example/',
    };
    expect(keysOf(archived)).toEqual(['id 1', 'h', 'g', 'h.example/'].map(archiveKey));
  });
});

describe('what waits', () => {
  const known: CopyState = { isKnown: true, isOut: false, storyId: undefined };
  function pending(said: Partial<PendingInput>, state: Partial<CopyState> = {}) {
    const found = nextPending({
      before: [],
      shown: [],
      beyond: [],
      isArchived: () => false,
      isArchivedId: () => false,
      stateOf: () => ({ ...known, ...state }),
      ...said,
    });
    return [found.standing.map(idOf), found.departed.map(idOf)];
  }

  it.each([
    ['what stood and is shown no more has departed', { storyId: 'id 1' }, ['id 1']],
    ['what its source has forgotten has departed, too', { isKnown: false }, ['id 1']],
    ['what was taken out waits for nothing', { isOut: true, storyId: 'id 1' }, []],
    ['what a filter keeps out by now neither', {}, []],
  ])('%s', (_, state, departed) => {
    expect(pending({ before: [item(1)] }, state as Partial<CopyState>)).toEqual([[], departed]);
  });

  it('a story that became part of one that has a place is not sealed beside it; without a place it is', () => {
    const state = { storyId: 'id 2' as CopyState['storyId'] };
    expect(pending({ before: [item(1)], shown: [item(2)] }, state)).toEqual([['id 2'], []]);
    expect(pending({ before: [item(1)], isArchivedId: () => true }, state)).toEqual([[], []]);
    expect(pending({ before: [item(1)] }, state)).toEqual([[], ['id 1']]);
  });

  it('what is shown stands, what is sealed is neither, and what no document showed departs at once', () => {
    const isArchived = (one: ArchivedItem) => idOf(one) === 'id 1';
    const said = {
      before: [item(1), item(2)],
      shown: [item(1), item(2)],
      beyond: [item(3), item(2)],
      isArchived,
    };
    expect(pending(said, { storyId: 'id 2' as CopyState['storyId'] })).toEqual([['id 2'], ['id 3']]);
  });
});

describe('what is out of a sealed archive', () => {
  const nobody: OutFacts = {
    retractionOf: () => undefined,
    withdrawalOf: () => undefined,
    isLive: () => false,
  };
  const retraction = { retractedAt: at(9), reason: 'asked' } as RetractionRecord;
  const withdrawal = { when: at(7), learntAt: at(8), by: 'Ada Quay' };

  it('is nothing that nobody took out', () => {
    expect(outOf(item(1), undefined, nobody)).toBeUndefined();
  });

  it("is told with who took it out and what its source is called; the operator's word goes first", () => {
    const both = { ...nobody, retractionOf: () => retraction, withdrawalOf: () => withdrawal };
    expect(outOf(item(1), undefined, both)).toMatchObject({
      id: 'id 1',
      takenOutBy: 'operator',
      when: at(9),
      learntAt: at(9),
      reason: 'asked',
      sourceTitle: 'Harbour',
      sourceUrl: 'https://harbour.example/',
    });
    const publisher = outOf(item(1), undefined, { ...nobody, withdrawalOf: () => withdrawal });
    expect(publisher).toMatchObject({ takenOutBy: 'publisher', ...withdrawal });
  });

  it('stays out when its source forgets that it withdrew it, until it is published again', () => {
    const before = outOf(item(1), undefined, { ...nobody, withdrawalOf: () => withdrawal });
    expect(outOf(item(1), before, nobody)).toBe(before);
    expect(outOf(item(1), before, { ...nobody, isLive: () => true })).toBeUndefined();
    const undone = outOf(item(1), undefined, { ...nobody, retractionOf: () => retraction });
    expect(outOf(item(1), undone, nobody)).toBeUndefined();
    expect(undone && isStillOut(undone, nobody)).toBe(false);
  });

  it('is looked for by the page and id of the leading copy alone', () => {
    const archived = {
      ...item(1),
      hashes: ['lead', 'other'] as ItemHash[],
      guidUri: 'urn:g',
      canonicalUrl: 'p',
    };
    const asked: unknown[] = [];
    outOf(archived, undefined, {
      ...nobody,
      retractionOf: (entry) => {
        asked.push(entry);
        return undefined;
      },
    });
    expect(asked).toEqual([
      { hash: 'lead', publishedId: 'id 1', guidUri: 'urn:g', canonicalUrl: 'p' },
      { hash: 'other', publishedId: 'id 1' },
    ]);
  });
});
