import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decided, type DecideInput, decideItems } from '../../../src/core/identify/decide.ts';
import type { ExtensionElement } from '../../../src/model/extension.ts';
import type { Item } from '../../../src/model/item.ts';
import { isUntitled } from '../../../src/model/telling-names.ts';
import { at, buildItem } from '../build-item.ts';

const NOON = at('2026-11-20T12:00:00Z');
const LATER = at('2026-11-20T13:00:00Z');

function decide(items: readonly Item[], input: Partial<DecideInput> = {}): Decided {
  return decideItems({
    firstAddress: 'https://a.example/feed',
    itemsMax: 500,
    join: undefined,
    isPublicId: () => true,
    isReadAnew: false,
    firstSeen: new Map(),
    known: undefined,
    items,
    now: NOON,
    ...input,
  });
}

/** What a second poll decides, an hour after the first. */
function decideAgain(first: Decided, items: readonly Item[], input: Partial<DecideInput> = {}): Decided {
  return decide(items, { known: first.index, now: LATER, ...input });
}

const verdicts = (decided: Decided) => decided.decisions.map((decision) => decision.verdict);
const post = (n: number, said: Partial<Item> = {}) =>
  buildItem({ guid: `post-${n}`, title: `Post ${n}`, permalink: `https://a.example/${n}`, ...said });

it('knows an item without title by its digest', () => {
  const [titled, untitled] = decide([post(1), post(2, { title: '' })]).index;
  expect([titled, untitled].map((entry) => isUntitled(entry?.titleHash ?? '')).toSorted()).toEqual([
    false,
    true,
  ]);
});

describe('new, changed and same', () => {
  it('takes every item of a first document as new', () => {
    expect(verdicts(decide([post(1), post(2)]))).toEqual(['new', 'new']);
  });

  it('finds an unchanged document the same', () => {
    const first = decide([post(1), post(2)]);
    const second = decideAgain(first, [post(1), post(2)]);
    expect(verdicts(second)).toEqual(['same', 'same']);
    expect(second.index).toEqual(first.index);
  });

  it('keeps key, id and first sight of an item that was edited, and raises its revision', () => {
    const first = decide([post(1)]);
    const second = decideAgain(first, [post(1, { title: 'Post 1, corrected' })]);
    const [before, after] = [first.index[0], second.index[0]];
    expect(verdicts(second)).toEqual(['changed']);
    expect(after).toMatchObject({
      key: before?.key,
      publishedId: before?.publishedId,
      firstSeenAt: NOON,
      revision: 2,
    });
    expect(after?.changedAt).toBe(LATER);
  });

  it('tells another story from when it goes by another id or page, or its text is not near to what it was', () => {
    const words = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, n) => `word${from + n}`).join(' ');
    const told = (text: string, said: Partial<Item> = {}) => post(1, { content: { html: text }, ...said });
    const [older, own] = [told(words(0, 40)), told(words(60, 100))];
    const toldAt = (decided: Decided) => decided.index[0]?.toldAt;
    const first = decide([older]);
    expect(toldAt(first)).toBeUndefined();
    expect(toldAt(decideAgain(first, [told(words(0, 41), { title: 'Corrected' })]))).toBeUndefined();
    expect(toldAt(decideAgain(first, [own]))).toBe(LATER);
    expect(toldAt(decideAgain(first, [told(words(0, 40), { permalink: 'https://a.example/9' })]))).toBe(
      LATER,
    );
    expect(toldAt(decideAgain(first, [told(words(0, 40), { guid: 'urn:x:1', title: 'New' })]))).toBe(LATER);
    // Each step is near to the one before.
    let [state, times] = [first, 0];
    for (let step = 1; step <= 8; step++) {
      const next = decide([told(words(5 * step, 40 + 5 * step))], { known: state.index, now: LATER });
      if (toldAt(next) !== undefined) times += 1;
      state = next;
    }
    expect(times).toBeGreaterThan(3);
    const last = decide([told(words(40, 81))], { known: state.index, now: at('2026-11-20T14:00:00Z') });
    expect(toldAt(last)).toBe(LATER);
  });

  it('does not take the note of another Tributary for a change', () => {
    const first = decide([post(1, { declaredNote: '<p>Source: A</p>' })]);
    expect(verdicts(decideAgain(first, [post(1, { declaredNote: '<p>Quelle: A</p>' })]))).toEqual(['same']);
  });

  it('takes the date of a change for an item that has no other, and stays with it when that moves', () => {
    const updatedAt = at('2026-11-02T08:00:00Z');
    const first = decide([post(1, { updatedAt })]);
    expect(first.index[0]).toMatchObject({ publishedAt: updatedAt, updatedAt });
    const edited = decideAgain(first, [post(1, { updatedAt: at('2026-11-20T12:30:00Z'), title: 'Edited' })]);
    expect(edited.index[0]).toMatchObject({ publishedAt: updatedAt, updatedAt: at('2026-11-20T12:30:00Z') });
    const publishedAt = at('2026-11-01T00:00:00Z');
    expect(decideAgain(first, [post(1, { updatedAt, publishedAt })]).index[0]).toMatchObject({ publishedAt });
  });

  it('keeps what left the document', () => {
    const second = decideAgain(decide([post(1), post(2)]), [post(2), post(3)]);
    expect(second.index).toHaveLength(3);
    expect(second.removed).toEqual([]);
  });
});

const said = (name: string, text: string, rest: Partial<ExtensionElement> = {}): ExtensionElement => ({
  name,
  namespace: NAMESPACES[name.split(':')[0] ?? ''] ?? 'https://nobody.example/ns',
  attributes: [],
  text,
  children: [],
  ...rest,
});
const NAMESPACES: Readonly<Record<string, string>> = {
  podcast: 'https://podcastindex.org/namespace/1.0',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  slash: 'http://purl.org/rss/1.0/modules/slash/',
  thr: 'http://purl.org/syndication/thread/1.0',
  media: 'http://search.yahoo.com/mrss/',
  dc: 'http://purl.org/dc/elements/1.1/',
};

describe('elements of other vocabularies', () => {
  const transcript = (url: string) => said('podcast:transcript', '', { attributes: [['url', url]] });
  const views = (count: string) =>
    said('media:group', '', {
      children: [
        said('media:title', 'Tide'),
        said('media:community', '', {
          children: [said('media:statistics', '', { attributes: [['views', count]] })],
        }),
      ],
    });

  it('are an edit where they change', () => {
    const first = decide([post(1, { extensions: [transcript('https://a.example/1.vtt')] })]);
    const second = decideAgain(first, [post(1, { extensions: [transcript('https://a.example/2.vtt')] })]);
    expect(verdicts(second)).toEqual(['changed']);
    expect(second.index[0]).toMatchObject({ revision: 2, changedAt: LATER });
  });

  it('are an edit where one goes', () => {
    const first = decide([post(1, { extensions: [transcript('https://a.example/1.vtt')] })]);
    expect(verdicts(decideAgain(first, [post(1)]))).toEqual(['changed']);
  });

  it.each([
    ['comments', said('slash:comments', '1'), said('slash:comments', '2')],
    ['replies', said('thr:total', '1'), said('thr:total', '2')],
    ['views within a group', views('1'), views('2')],
    ['what is in fields already', said('dc:date', '2026-01-01'), said('dc:date', '2026-01-02')],
    ['a vocabulary that nobody knows', said('x:count', '1'), said('x:count', '2')],
  ])('are no edit where they count %s', (_, before, after) => {
    const first = decide([post(1, { extensions: [before] })]);
    const second = decideAgain(first, [post(1, { extensions: [after] })]);
    expect(verdicts(second)).toEqual(['same']);
    expect(second.index).toEqual(first.index);
  });

  it('do not stand between an item and its own text', () => {
    const extensions = [views('1'), transcript('https://a.example/1.vtt')];
    const first = decide([post(1, { extensions })]);
    expect(verdicts(decideAgain(first, [post(1, { extensions, title: 'New' })]))).toEqual(['changed']);
    expect(verdicts(decideAgain(first, [post(1, { extensions: structuredClone(extensions) })]))).toEqual([
      'same',
    ]);
  });

  it('are written, and announce nothing, where an item is known from before they were read', () => {
    const first = decide([post(1)]);
    const extensions = [transcript('https://a.example/1.vtt')];
    const second = decideAgain(first, [post(1, { extensions })]);
    expect(verdicts(second)).toEqual(['changed']);
    expect(second.index[0]).toMatchObject({ revision: 1, changedAt: NOON });
    expect(verdicts(decideAgain(second, [post(1, { extensions })]))).toEqual(['same']);
  });

  it('decide nothing where an item had none and has only what does not count', () => {
    const first = decide([post(1)]);
    const second = decideAgain(first, [post(1, { extensions: [said('slash:comments', '1')] })]);
    expect(verdicts(second)).toEqual(['same']);
  });
});

describe('read by another version of ours', () => {
  const text = (html: string) => ({ content: { html } });
  const first = () => decide([post(1, text('<p>The tide comes in.</p>'))]);

  it.each<[string, Partial<Item>]>([
    ['a field that it did not read', { imageUrl: 'https://a.example/1.png' }],
    ['HTML that it wrote otherwise', text('<div><p>The tide   comes in.</p></div>')],
  ])('takes %s for no edit, and writes it', (_what, said) => {
    const items = [post(1, { ...text('<p>The tide comes in.</p>'), ...said })];
    const second = decideAgain(first(), items, { isReadAnew: true });
    expect(verdicts(second)).toEqual(['changed']);
    expect(second.index[0]).toMatchObject({ revision: 1, changedAt: NOON });
    expect(decideAgain(first(), items).index[0]).toMatchObject({ revision: 2, changedAt: LATER });
    expect(verdicts(decideAgain(second, items))).toEqual(['same']);
  });

  it.each<[string, Partial<Item>]>([
    ['title', { title: 'Post 1, corrected' }],
    ['text', text('<p>The tide does not come in.</p>')],
    ['date', { updatedAt: LATER }],
  ])('takes another %s for an edit all the same', (_what, said) => {
    const items = [post(1, { ...text('<p>The tide comes in.</p>'), ...said })];
    expect(decideAgain(first(), items, { isReadAnew: true }).index[0]?.revision).toBe(2);
  });
});

describe('which item is this', () => {
  it('knows an item without id by its permalink, whatever the scheme, www and campaign', () => {
    const first = decide([buildItem({ permalink: 'http://www.a.example/x?utm_source=rss&id=7' })]);
    expect(verdicts(decideAgain(first, [buildItem({ permalink: 'https://a.example/x?id=7#top' })]))).toEqual([
      'changed',
    ]);
  });

  it('knows an item without id and permalink by what it says, whatever its date', () => {
    const first = decide([buildItem({ title: 'Tide', publishedAt: at('2026-11-19T00:00:00Z') })]);
    const second = decideAgain(first, [
      buildItem({ title: 'Tide', publishedAt: at('2026-11-20T00:00:00Z') }),
    ]);
    expect(second.index).toHaveLength(1);
  });

  it('knows an item again whose id changes with every poll', () => {
    let decided = decide([post(1, { guid: 'churn-0' })]);
    const { publishedId } = decided.index[0] ?? {};
    for (let poll = 1; poll <= 100; poll++)
      decided = decideAgain(decided, [post(1, { guid: `churn-${poll}` })]);
    expect(decided.index).toHaveLength(1);
    expect(decided.index[0]?.publishedId).toBe(publishedId);
  });

  it('knows an item again whose id has changed for good, and is edited later', () => {
    const first = decide([post(1, { guid: 'http://a.example/?p=1' })]);
    const moved = decideAgain(first, [post(1, { guid: 'https://a.example/?p=1' })]);
    expect(verdicts(moved)).toEqual(['same']);
    const edited = decideAgain(moved, [post(1, { guid: 'https://a.example/?p=1', title: 'Another title' })]);
    expect(verdicts(edited)).toEqual(['changed']);
    expect(edited.index).toHaveLength(1);
    expect(edited.index[0]?.publishedId).toBe('http://a.example/?p=1');
  });

  it('loses neither of two items where one takes over the other’s former id, in whichever order they stand', () => {
    const first = decide([post(1, { guid: 'one' })]);
    const moved = decideAgain(first, [post(1, { guid: 'two' })]);
    const both = [post(1, { guid: 'two' }), post(2, { guid: 'one' })];
    for (const items of [both, both.toReversed()]) {
      const second = decideAgain(moved, items);
      expect(new Set(second.index.map((entry) => entry.hash)).size).toBe(2);
      expect(second.decisions.find((decision) => decision.item.title === 'Post 1')?.verdict).toBe('same');
      expect(verdicts(decideAgain(second, items.toReversed()))).toEqual(['same', 'same']);
    }
  });

  it.each([
    ['alone', [1], [1, 2]],
    ['in company', [1, 2], [1]],
  ])(
    'knows an item without permalink again, %s under one id before and not so after',
    (_how, before, after) => {
      const status = (n: number) => buildItem({ guid: 'the-same', title: `Status ${n}` });
      const first = decide(before.map(status));
      const second = decideAgain(first, after.map(status));
      expect(second.index).toHaveLength(2);
      expect(second.decisions.find((decision) => decision.item.title === 'Status 1')?.verdict).toBe('same');
      expect(verdicts(decideAgain(second, before.map(status)))).toEqual(before.map(() => 'same'));
    },
  );

  it('knows an item without permalink again that is given an id', () => {
    const first = decide([buildItem({ title: 'Tide' })]);
    const second = decideAgain(first, [buildItem({ guid: 'tide', title: 'Tide' })]);
    expect(verdicts(second)).toEqual(['same']);
    expect(verdicts(decideAgain(second, [buildItem({ guid: 'tide', title: 'Ebb' })]))).toEqual(['changed']);
  });

  it('knows every item again where ids are places in the document', () => {
    const placed = (...posts: number[]) => posts.map((n, place) => post(n, { guid: `${place + 1}` }));
    let decided = decide(placed(1));
    for (const items of [placed(2, 1), placed(3, 2, 1), placed(5, 4, 3, 2), placed(6, 5)]) {
      const entryOf = new Map(decided.index.map((entry) => [entry.canonicalUrl, entry.hash]));
      decided = decideAgain(decided, items);
      for (const { entry, verdict } of decided.decisions) {
        expect(entry.hash).toBe(entryOf.get(entry.canonicalUrl) ?? entry.hash);
        expect(verdict).toBe(entryOf.has(entry.canonicalUrl) ? 'same' : 'new');
      }
    }
    expect(decided.index).toHaveLength(6);
  });

  it('keeps two items apart of which one went by the other’s former id, when the other leaves and it is edited', () => {
    const moved = decideAgain(decide([post(1, { guid: 'one' })]), [post(1, { guid: 'two' })]);
    const both = decideAgain(moved, [post(1, { guid: 'two' }), post(2, { guid: 'one' })]);
    const alone = decideAgain(both, [post(2, { guid: 'one', title: 'Post 2, corrected' })]);
    expect(verdicts(alone)).toEqual(['changed']);
    expect(alone.index.map((entry) => entry.canonicalUrl).sort()).toEqual(['//a.example/1', '//a.example/2']);
  });

  it('takes a date that moves with every poll, once it is later than first sight', () => {
    let decided = decide([post(1, { publishedAt: at('2026-11-20T13:00:00Z') })]);
    for (const hour of [14, 15, 16]) {
      decided = decideAgain(decided, [post(1, { publishedAt: at(`2026-11-20T${hour}:00:00Z`) })]);
      expect(verdicts(decided)).toEqual(['same']);
    }
  });

  it('tells two stories at one address apart by their titles', () => {
    const first = decide([
      post(1, { guid: 'monday', title: 'Monday', permalink: 'https://a.example/today' }),
    ]);
    const second = decideAgain(first, [
      post(2, { guid: 'tuesday', title: 'Tuesday', permalink: 'https://a.example/today' }),
    ]);
    expect(verdicts(second)).toEqual(['new']);
    expect(second.index).toHaveLength(2);
  });

  it('keeps the first item when a feed repeats one guid', () => {
    const decided = decide([post(1, { title: 'First' }), post(1, { title: 'Second' })]);
    expect(decided.decisions.map((d) => d.item.title)).toEqual(['First']);
    expect(decided.repeated).toBe(1);
  });

  it('keeps every item of a feed that gives all of them one guid', () => {
    const items = [1, 2, 3].map((n) => post(n, { guid: 'the-same' }));
    const first = decide(items);
    expect(first.index).toHaveLength(3);
    expect(verdicts(decideAgain(first, items))).toEqual(['same', 'same', 'same']);
  });

  it('keeps every item of a feed that links all of them to its front page', () => {
    const items = ['Ebb', 'Flood', 'Slack'].map((title) =>
      buildItem({ title, permalink: 'https://a.example/' }),
    );
    const first = decide(items);
    expect(first.index).toHaveLength(3);
    expect(verdicts(decideAgain(first, items))).toEqual(['same', 'same', 'same']);
  });

  it.each([
    '__proto__',
    'constructor',
    'hasOwnProperty',
    '../../etc/passwd',
    'a\u0000b',
    ':',
    '*',
    "'; DROP TABLE item",
  ])('stores and finds an item with the guid %j', (guid) => {
    const first = decide([post(1, { guid })]);
    expect(verdicts(decideAgain(first, [post(1, { guid })]))).toEqual(['same']);
    expect(first.index[0]?.hash).toMatch(/^[\w-]{27}$/);
  });

  it('keeps one guid of two sources apart', () => {
    const a = decide([post(1)]);
    const b = decide([post(1)], { firstAddress: 'https://b.example/feed' });
    expect(a.index[0]?.hash).not.toBe(b.index[0]?.hash);
    expect(a.index[0]?.publishedId).not.toBe(b.index[0]?.publishedId);
  });
});

describe('published ids', () => {
  it.each([
    'https://a.example/1?x=%20#y',
    'http://Example.COM/Path',
    'tag:a.example,2026:1',
    'urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6',
    'https://a.example/straße',
  ])('keeps the absolute URI %s character by character', (guid) => {
    expect(decide([post(1, { guid })]).index[0]?.publishedId).toBe(guid);
  });

  it.each([
    '42',
    '',
    'tag:',
    'urn:x',
    'http://',
    'http:x',
    'https://a.example/a b',
    'javascript:alert(1)',
    'a:"b"',
    `x:${'y'.repeat(3000)}`,
  ])('mints an id for %j that stays the same', (guid) => {
    const first = decide([post(1, { guid })]).index[0]?.publishedId;
    expect(first).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(decide([post(1, { guid })], { now: LATER }).index[0]?.publishedId).toBe(first);
  });
});

it('mints an id for a URI that may not be published', () => {
  const guid = 'https://a.example/1?token=secret';
  const entry = decide([post(1, { guid })], { isPublicId: () => false }).index[0];
  expect(entry?.publishedId).toMatch(/^urn:uuid:/);
  expect(JSON.stringify(entry)).not.toContain('token');
});

describe('bounds and joining', () => {
  it('keeps the newest up to the bound, and gives the hashes of what goes', () => {
    const dated = (n: number) => post(n, { publishedAt: at(`2026-11-${10 + n}T00:00:00Z`) });
    const first = decide([dated(1), dated(2)], { itemsMax: 2 });
    const second = decideAgain(first, [dated(3)], { itemsMax: 2 });
    expect(second.index.map((entry) => entry.publishedAt)).toEqual([
      at('2026-11-13T00:00:00Z'),
      at('2026-11-12T00:00:00Z'),
    ]);
    expect(second.removed).toHaveLength(1);
  });

  it('does not forget, over the bound, what its document still carries', () => {
    const items = [1, 2, 3].map((n) => post(n, { publishedAt: at(`2026-11-0${n}T00:00:00Z`) }));
    const first = decide(items, { itemsMax: 2 });
    for (let poll = 0; poll < 3; poll++)
      expect(verdicts(decideAgain(first, items, { itemsMax: 2 }))).toEqual(['same', 'same']);
  });

  it.each([
    ['without dates', undefined],
    ['of a future date', at('2099-01-01T00:00:00Z')],
  ])('does not let items %s take turns over the bound', (_what, publishedAt) => {
    const items = [4, 3, 2, 1].map((n) => post(n, { publishedAt }));
    const first = decide(items, { itemsMax: 2 });
    const second = decideAgain(first, items, { itemsMax: 2 });
    expect(verdicts(second)).toEqual(['same', 'same']);
    const third = decideAgain(second, [post(5, { publishedAt }), ...items], { itemsMax: 2 });
    expect(third.decisions.map((decision) => decision.item.title)).toEqual(['Post 5', 'Post 4']);
  });

  it('gives an item whose entry is lost the first sight that it was published under, and does not hold it back', () => {
    const items = [2, 1].map((n) => post(n));
    const first = decide(items);
    const firstSeen = new Map([
      [first.index[1]?.hash ?? first.index[0]?.hash, NOON],
    ]) as DecideInput['firstSeen'];
    const again = decide(items, { now: LATER, join: 0, firstSeen });
    expect(again.index.map((entry) => [entry.firstSeenAt, entry.heldBack])).toEqual([
      [LATER, true],
      [NOON, undefined],
    ]);
  });

  it('brings all of its items when a source joins, and holds back the older ones where `join` says so', () => {
    const items = [1, 2, 3].map((n) => post(n, { publishedAt: at(`2026-11-0${n}T00:00:00Z`) }));
    expect(decide(items).index.filter((entry) => entry.heldBack)).toHaveLength(0);
    const joined = decide(items, { join: 1 });
    expect(joined.index.map((entry) => entry.heldBack ?? false)).toEqual([false, true, true]);
    const second = decideAgain(joined, [...items, post(4)], { join: 1 });
    expect(second.index.filter((entry) => !entry.heldBack).map((entry) => entry.revision)).toHaveLength(2);
  });
});

it('gives each distinct item one entry, and the same entries for the same document', () => {
  const item = fc
    .record({
      guid: fc.option(fc.string({ maxLength: 3 }), { nil: undefined }),
      permalink: fc.option(fc.constantFrom('https://a.example/1', 'https://a.example/2'), { nil: undefined }),
      title: fc.string({ maxLength: 2 }),
    })
    .map((said) => buildItem(said));
  fc.assert(
    fc.property(fc.array(item, { maxLength: 12 }), (items) => {
      const first = decide(items);
      expect(new Set(first.index.map((entry) => entry.hash)).size).toBe(first.index.length);
      expect(first.decisions.length + first.repeated).toBe(items.length);
      const second = decideAgain(first, items);
      expect(verdicts(second).filter((verdict) => verdict !== 'same')).toEqual([]);
      expect(second.index).toHaveLength(first.index.length);
    }),
  );
});
