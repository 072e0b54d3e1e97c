import { describe, expect, it } from 'vitest';
import { decideItems } from '../../../src/core/identify/decide.ts';
import { withdrawItems } from '../../../src/core/identify/withdraw.ts';
import type { Item, Tombstone } from '../../../src/model/item.ts';
import type { ItemIndexEntry } from '../../../src/model/item-index.ts';
import { timestampOfClock } from '../../../src/model/timestamp.ts';
import type { RememberedTombstone } from '../../../src/model/withdrawal.ts';
import { at, buildItem } from '../build-item.ts';

const START = Date.parse('2026-11-20T12:00:00Z');
const DAY_MS = 86_400_000;
const day = (n: number) => timestampOfClock(START + n * DAY_MS);

/** One source, polled day by day. */
class Publisher {
  known: readonly ItemIndexEntry[] | undefined;
  remembered: readonly RememberedTombstone[] = [];
  changed = false;

  poll(onDay: number, items: readonly Item[], tombstones: readonly Tombstone[] = []): this {
    const now = day(onDay);
    const decided = decideItems({
      firstAddress: 'https://a.example/feed',
      itemsMax: 500,
      join: undefined,
      isPublicId: () => true,
      isReadAnew: false,
      firstSeen: new Map(),
      known: this.known,
      items,
      now,
    });
    const known = this.known ?? [];
    const next = withdrawItems({ known, decided, tombstones, remembered: this.remembered, now });
    this.known = next.index;
    this.remembered = next.tombstones;
    this.changed = next.changed;
    return this;
  }

  /** Everything but what the disk keeps. */
  forget(): this {
    this.known = undefined;
    return this;
  }

  get out(): readonly string[] {
    const out = (this.known ?? []).filter((entry) => entry.withdrawn !== undefined);
    return out.map((entry) => entry.publishedId as string).toSorted();
  }
}

const story = (n: number, said: Partial<Item> = {}) =>
  buildItem({
    guid: `urn:x-test:${n}`,
    title: `Story ${n}`,
    permalink: `https://a.example/${n}`,
    publishedAt: day(-9),
    ...said,
  });
const grave = (n: number, said: Partial<Tombstone> = {}): Tombstone => ({
  ref: `urn:x-test:${n}`,
  when: day(0),
  ...said,
});

describe('a tombstone', () => {
  it('takes out the item that it names, with who, when and why, and no other', () => {
    const by = { name: 'Ada' };
    const said = new Publisher()
      .poll(0, [story(1), story(2)])
      .poll(1, [story(2)], [grave(1, { by, comment: 'Wrong' })]);
    expect(said.out).toEqual(['urn:x-test:1']);
    expect(said.changed).toBe(true);
    const entry = said.known?.find((each) => each.publishedId === 'urn:x-test:1');
    expect(entry?.withdrawn).toMatchObject({ when: day(0), learntAt: day(1), by: 'Ada', reason: 'Wrong' });
  });

  it('holds against the item in the same document, as long as that is not later', () => {
    expect(new Publisher().poll(1, [story(1)], [grave(1)]).out).toHaveLength(1);
    expect(new Publisher().poll(1, [story(1, { updatedAt: day(0) })], [grave(1)]).out).toHaveLength(1);
  });

  it('does not hold against an entry that was updated after it', () => {
    const said = new Publisher().poll(1, [story(1, { updatedAt: at('2026-11-20T12:00:01Z') })], [grave(1)]);
    expect(said.out).toEqual([]);
  });

  it('that leaves the document does not bring the item back', () => {
    const said = new Publisher()
      .poll(0, [story(1)])
      .poll(1, [], [grave(1)])
      .poll(2, [story(1)]);
    expect(said.out).toHaveLength(1);
    expect(said.changed).toBe(false);
  });

  it('of an item that is not known yet holds when it comes with an older date, or with none', () => {
    const said = new Publisher().poll(0, [], [grave(1), grave(2)]);
    said.poll(1, [story(1), story(2, { publishedAt: undefined }), story(3)]);
    expect(said.out).toEqual(['urn:x-test:1', 'urn:x-test:2']);
  });

  it('of several for one id, counts with the latest', () => {
    const updatedAt = day(1);
    const graves = [grave(1, { when: day(-3) }), grave(1, { when: day(2) }), grave(1, { when: day(-2) })];
    expect(new Publisher().poll(3, [story(1, { updatedAt })], graves).out).toHaveLength(1);
  });

  it('from the future is of now, and of then for good', () => {
    const graves = [grave(1, { when: day(400) })];
    const said = new Publisher().poll(0, [story(1)]).poll(1, [], graves);
    expect(said.known?.[0]?.withdrawn?.when).toBe(day(1));
    said.poll(2, [story(1, { updatedAt: day(2) })], graves);
    expect(said.out).toEqual([]);
    said.poll(3, [story(1, { updatedAt: day(2) })], graves);
    expect(said.out).toEqual([]);
  });

  it('without a date is of when it was first seen', () => {
    const graves = [grave(1, { when: undefined })];
    const said = new Publisher()
      .poll(0, [story(1)])
      .poll(1, [], graves)
      .poll(5, [], graves);
    expect(said.known?.[0]?.withdrawn?.when).toBe(day(1));
    expect(said.poll(6, [story(1, { updatedAt: day(2) })], graves).out).toEqual([]);
  });
});

describe('an item that was taken back', () => {
  const withdrawn = () => new Publisher().poll(0, [story(1)]).poll(1, [], [grave(1)]);

  it('comes again when it is published again under a later date, as the same item', () => {
    const said = withdrawn();
    const before = said.known?.[0];
    said.poll(2, [story(1, { publishedAt: day(2) })]);
    expect(said.out).toEqual([]);
    expect(said.changed).toBe(true);
    expect(said.known?.[0]).toMatchObject({ hash: before?.hash, firstSeenAt: before?.firstSeenAt });
  });

  it('then stays, whatever becomes of its date, until it is taken back anew', () => {
    const said = withdrawn().poll(2, [story(1, { publishedAt: day(2) })], [grave(1)]);
    expect(said.poll(3, [story(1)], [grave(1)]).out).toEqual([]);
    expect(said.poll(4, [story(1)], [grave(1, { when: day(4) })]).out).toHaveLength(1);
  });

  it('stays out when it is edited without a later date', () => {
    expect(withdrawn().poll(2, [story(1, { title: 'Story 1, edited' })]).out).toHaveLength(1);
  });

  it('stays out under a new id at the same page', () => {
    expect(withdrawn().poll(2, [story(1, { guid: 'new' })]).out).toHaveLength(1);
  });

  it('stays out when everything else is forgotten, under a new id too', () => {
    expect(
      withdrawn()
        .forget()
        .poll(2, [story(1)]).out,
    ).toHaveLength(1);
    expect(
      withdrawn()
        .forget()
        .poll(2, [story(1, { guid: 'new' })]).out,
    ).toHaveLength(1);
  });

  it('and always bore a date in the future does not come again for it', () => {
    const future = story(1, { publishedAt: day(900) });
    const said = new Publisher().poll(0, [future]).poll(2, [future], [grave(1, { when: day(1) })]);
    expect(said.out).toHaveLength(1);
    expect(said.poll(3, [future]).out).toHaveLength(1);
    expect(said.poll(4, [story(1, { publishedAt: day(4) })]).out).toEqual([]);
  });
});

it('knows an item without an id by the page that the tombstone names', () => {
  const plain = story(1, { guid: undefined });
  const said = new Publisher()
    .poll(0, [plain])
    .poll(1, [plain], [grave(0, { ref: 'http://www.a.example/1' })]);
  expect(said.out).toHaveLength(1);
});

it('knows an item by its latest id', () => {
  const renamed = story(1, { guid: 'urn:x-test:9' });
  const said = new Publisher()
    .poll(0, [story(1)])
    .poll(1, [renamed])
    .poll(2, [renamed], [grave(9)]);
  expect(said.out).toEqual(['urn:x-test:1']);
  expect(said.poll(3, [story(1)]).out).toHaveLength(1);
});

it('remembers a bounded number of tombstones, those of the document first', () => {
  const many = (from: number) => Array.from({ length: 900 }, (_, n) => grave(from + n));
  const said = new Publisher().poll(0, [], many(0)).poll(1, [], many(2000));
  expect(said.remembered).toHaveLength(1000);
  expect(said.poll(2, [story(2500), story(50), story(800)]).out).toEqual([
    'urn:x-test:2500',
    'urn:x-test:50',
  ]);
});
