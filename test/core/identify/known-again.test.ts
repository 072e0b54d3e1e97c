// A source that changes names, pages, dates and titles: one item stays one, two stay two.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decided, type DecideInput, decideItems } from '../../../src/core/identify/decide.ts';
import { withPresentPages } from '../../../src/core/identify/present-pages.ts';
import type { Item } from '../../../src/model/item.ts';
import type { ItemIndexEntry } from '../../../src/model/item-index.ts';
import type { SourceRecord } from '../../../src/model/source-record.ts';
import { timestampOfClock } from '../../../src/model/timestamp.ts';
import { at, buildItem } from '../build-item.ts';

const SEED = 20261126;
const START_MS = Date.parse('2026-11-20T12:00:00Z');

/** One source, polled hour by hour. */
class Polled {
  known: readonly ItemIndexEntry[] | undefined;
  last: Decided | undefined;
  #hours = 0;

  poll(items: readonly Item[], input: Partial<DecideInput> = {}): Decided {
    const decided = decideItems({
      firstAddress: 'https://a.example/feed',
      itemsMax: 500,
      join: undefined,
      isPublicId: () => true,
      isReadAnew: false,
      firstSeen: new Map(),
      known: this.known,
      items,
      now: timestampOfClock(START_MS + this.#hours++ * 3_600_000),
      ...input,
    });
    this.known = decided.index;
    this.last = decided;
    return decided;
  }

  get verdicts() {
    return this.last?.decisions.map((decision) => decision.verdict);
  }

  get reasons() {
    return this.last?.decisions.map((decision) => decision.by);
  }

  get ids() {
    return this.known?.map((entry) => entry.publishedId).toSorted();
  }
}

const TEXTS = [
  'The harbour master closed the inner basin on Monday after the gate would not open at high water, and six boats stayed outside.',
  'A choir of ninety voices sang in the old market hall, which had been empty since the fish sellers left it eleven years ago.',
  'Nobody had counted the swifts under the railway bridge before; there are two hundred and twelve pairs, says the school that did.',
  'The bakery in Mill Lane gives its last loaves away at seven, and the queue for them is longer now than the one in the morning.',
];
const day = (n: number) => at(`2026-11-${String(n).padStart(2, '0')}T08:00:00Z`);
const post = (n: number, said: Partial<Item> = {}) =>
  buildItem({
    guid: `post-${n}`,
    title: `Post ${n}`,
    permalink: `https://a.example/2026/post-${n}`,
    content: { html: `<p>${TEXTS[n % 4]} ${n}</p>` },
    publishedAt: day(n + 1),
    ...said,
  });
const posts = (said: (n: number) => Partial<Item> = () => ({})) => [3, 2, 1, 0].map((n) => post(n, said(n)));

describe('D2: ids that change with every poll', () => {
  const none = { permalink: undefined };
  it.each<[string, (n: number, poll: number) => Partial<Item>]>([
    ['same page and title', () => ({})],
    [
      'sessions in the addresses too',
      (_n, poll) => ({ permalink: `https://a.example/x?id=${_n}&PHPSESSID=${poll}` }),
    ],
    ['dates of now too', (_n, poll) => ({ publishedAt: timestampOfClock(START_MS + poll * 3_600_000) })],
    ['no pages', () => none],
    [
      'no pages, and dates of now',
      (_n, poll) => ({ ...none, publishedAt: timestampOfClock(START_MS + poll * 3_600_000) }),
    ],
    ['no pages and no dates', () => ({ ...none, publishedAt: undefined })],
    ['no pages and no text', () => ({ ...none, content: undefined })],
    ['every item at the front page', () => ({ permalink: 'https://a.example/' })],
    ['untitled, at the front page', () => ({ permalink: 'https://a.example/', title: '' })],
    ['untitled', () => ({ title: '' })],
    [
      'an audio file for a text, no pages',
      (n) => ({ ...none, content: undefined, enclosures: [{ url: `https://a.example/${n}.mp3` }] }),
    ],
    ['pages that change as well', (n, poll) => ({ permalink: `https://a.example/s/${poll}/${n}` })],
  ])('%s: one copy of each', (_what, said) => {
    const source = new Polled();
    const first = source.poll(posts((n) => ({ ...said(n, 0), guid: `0-${n}` }))).index;
    for (let poll = 1; poll <= 12; poll++)
      source.poll(posts((n) => ({ ...said(n, poll), guid: `${poll}-${n}` })));
    expect(source.known).toHaveLength(4);
    expect(source.ids).toEqual(first.map((entry) => entry.publishedId).toSorted());
    expect(source.last?.churn).toEqual({ kind: 'new-ids', items: 4, of: 4 });
  });

  it('and a title is edited meanwhile, with the text a little', () => {
    const source = new Polled();
    source.poll(posts());
    const edited = post(2, {
      title: 'Corrected',
      content: { html: `<p>${TEXTS[2]} Corrected.</p>` },
      publishedAt: day(19),
    });
    source.poll([post(3), edited, post(1), post(0)].map((item, n) => ({ ...item, guid: `new-${n}` })));
    expect(source.known).toHaveLength(4);
    expect(source.verdicts).toEqual(['same', 'changed', 'same', 'same']);
    expect(source.reasons?.[1]).toBe('page-and-text');
  });

  it('and a title alone is edited, in a document without dates and texts', () => {
    const bare = { content: undefined, publishedAt: undefined };
    const source = new Polled();
    source.poll(posts(() => bare));
    source.poll(posts((n) => ({ ...bare, guid: `new-${n}`, title: n === 1 ? 'Corrected' : `Post ${n}` })));
    expect(source.known).toHaveLength(4);
    expect(source.reasons).toContain('page-of-new-ids');
  });

  it('and new items come between: they are new', () => {
    const source = new Polled();
    source.poll([post(1), post(0)]);
    source.poll([post(2), post(1), post(0)].map((item, n) => ({ ...item, guid: `new-${n}` })));
    expect(source.verdicts).toEqual(['new', 'same', 'same']);
  });
});

describe('where everything moves at once', () => {
  const old = () => {
    const source = new Polled();
    source.poll(
      posts((n) => ({
        guid: `https://old.example/?p=${n}`,
        permalink: `https://old.example/2026/post-${n}`,
      })),
    );
    return source;
  };
  it.each<[string, string, (n: number) => Partial<Item>]>([
    [
      'another host, the ids with it',
      'title-and-path',
      (n) => ({ guid: `https://new.example/?p=${n}`, permalink: `https://new.example/2026/post-${n}` }),
    ],
    [
      'another host, and every date is that of the move',
      'title-and-path',
      (n) => ({ guid: `x${n}`, permalink: `https://new.example/2026/post-${n}`, publishedAt: day(20) }),
    ],
    [
      'another program: ids and paths',
      'title-and-text',
      (n) => ({ guid: `x${n}`, permalink: `https://old.example/node/${n}` }),
    ],
    [
      'ids and paths, and the texts are cut',
      'title-and-date',
      (n) => ({ guid: `x${n}`, permalink: `https://new.example/n/${n}`, content: { html: 'Read on' } }),
    ],
    [
      'only the host',
      'id',
      (n) => ({ guid: `https://old.example/?p=${n}`, permalink: `https://new.example/2026/post-${n}` }),
    ],
  ])('%s: nothing is new', (_what, by, said) => {
    const source = old();
    const before = source.ids;
    source.poll(posts(said));
    expect(source.reasons).toEqual([by, by, by, by]);
    expect(source.ids).toEqual(before);
    const dates = source.known?.map((entry) => entry.publishedAt);
    expect(dates).toEqual([day(4), day(3), day(2), day(1)]);
    source.poll(posts(said));
    expect(source.verdicts).toEqual(['same', 'same', 'same', 'same']);
  });

  it('keeps the dates where all of them are raised, and takes that for no edit', () => {
    const source = new Polled();
    const before = source.poll(posts()).index;
    source.poll(posts(() => ({ publishedAt: day(20), updatedAt: day(20) })));
    expect(source.verdicts).toEqual(['same', 'same', 'same', 'same']);
    expect(source.known).toEqual(before.map((entry) => ({ ...entry, ignoredDate: day(20) })));
    source.poll([post(9, { publishedAt: day(19) }), ...posts(() => ({ publishedAt: day(20) })).slice(0, 3)]);
    expect(source.verdicts).toEqual(['new', 'same', 'same', 'same']);
    source.poll(posts());
    expect(source.known?.slice(1)).toEqual(before);
    source.poll(posts(() => ({ publishedAt: day(20), updatedAt: day(20) })));
    expect(source.last?.churn).toEqual({ kind: 'new-dates', items: 4, of: 4 });
  });

  it('takes a later date of one item for what it is', () => {
    const source = new Polled();
    source.poll(posts());
    source.poll(posts((n) => (n === 1 ? { publishedAt: day(19) } : {})));
    expect(source.known?.find((entry) => entry.publishedAt === day(19))?.revision).toBe(2);
    expect(source.last?.churn).toBeUndefined();
  });

  const another = (said: (n: number) => Partial<Item> = () => ({})) =>
    [7, 6, 5, 4].map((n) =>
      buildItem({
        guid: `https://other.example/${n}`,
        title: `Other ${n}`,
        permalink: `https://other.example/${n}`,
        ...said(n),
      }),
    );
  const standing = (source: Polled) =>
    source.known
      ?.filter((entry) => entry.publishedId.includes('other') && !entry.heldBack)
      .map((entry) => entry.publishedId);

  it('brings of another site what is later than all that was known as news, the rest under its own dates', () => {
    const source = new Polled();
    source.poll(posts());
    source.poll(another((n) => ({ publishedAt: n > 5 ? day(n) : at('2020-01-01T00:00:00Z') })));
    expect(source.last?.churn).toEqual({ kind: 'new-site', items: 4, of: 4 });
    expect(standing(source)).toHaveLength(4);
    expect(source.known?.at(-1)?.publishedAt).toBe(at('2020-01-01T00:00:00Z'));
  });

  it('announces of another site nothing at the top that has no date of its own', () => {
    const source = new Polled();
    source.poll(posts());
    source.poll(
      another((n) => ({ publishedAt: n === 7 ? day(7) : n === 6 ? at('2099-01-01T00:00:00Z') : undefined })),
    );
    expect(standing(source)).toEqual(['https://other.example/7']);
    source.poll([
      post(8, { permalink: 'https://other.example/8', guid: 'https://other.example/8' }),
      ...another(),
    ]);
    expect(standing(source)).toContain('https://other.example/8');
  });

  it('brings of another site no more old items than `join` lets in, and all news', () => {
    const source = new Polled();
    source.poll(posts());
    source.poll(
      another((n) => ({ publishedAt: n > 5 ? day(n) : at(`2020-01-0${n}T00:00:00Z`) })),
      { join: 3 },
    );
    expect(standing(source)).toEqual([7, 6, 5].map((n) => `https://other.example/${n}`));
  });

  it('takes a document of nothing but new items of the same site for news', () => {
    const source = new Polled();
    source.poll(posts());
    source.poll([7, 6, 5, 4].map((n) => post(n, { publishedAt: undefined })));
    expect(source.known?.filter((entry) => entry.heldBack)).toEqual([]);
    expect(source.last?.churn).toBeUndefined();
  });
});

describe('what is another story stays one', () => {
  it('an id that is used again: a new item, and the old one keeps its id', () => {
    const source = new Polled();
    const id = 'https://a.example/today';
    const today = (n: number) => post(n, { guid: id });
    source.poll([today(1)]);
    for (let poll = 0; poll < 3; poll++) source.poll([today(2)]);
    expect(source.known?.map((entry) => entry.titleHash)).toHaveLength(2);
    expect(source.ids?.filter((each) => each === id)).toHaveLength(1);
    expect(source.known?.find((entry) => entry.publishedId === id)?.publishedAt).toBe(day(2));
    expect(source.verdicts).toEqual(['same']);
    source.poll([{ ...today(2), title: 'Edited' }]);
    expect(source.known).toHaveLength(2);
    source.poll([today(3)]);
    expect(source.known).toHaveLength(3);
    expect(new Set(source.ids).size).toBe(3);
  });

  it('an id that stays while headline and address are rewritten: the same item', () => {
    const source = new Polled();
    source.poll([post(1)]);
    source.poll([
      post(1, { title: 'A better headline', permalink: 'https://a.example/better', publishedAt: day(9) }),
    ]);
    expect(source.known).toHaveLength(1);
    expect(source.reasons).toEqual(['id']);
  });

  it('two items under one id in one document', () => {
    const source = new Polled();
    const both = [post(1, { guid: 'https://a.example/one' }), post(2, { guid: 'https://a.example/one' })];
    source.poll(both);
    expect(source.known).toHaveLength(2);
    expect(source.known?.map((entry) => entry.guidUri)).toEqual([undefined, undefined]);
    expect(new Set(source.ids).size).toBe(2);
    source.poll(both.toReversed());
    expect(source.verdicts).toEqual(['same', 'same']);
  });

  it.each<[string, (n: number) => Partial<Item>]>([
    [
      'a page that is written anew every day',
      (_n) => ({ permalink: 'https://a.example/weather', title: 'Weather' }),
    ],
    ['untitled notes at the front page', () => ({ permalink: 'https://a.example/', title: '' })],
    [
      'untitled and undated notes at the front page',
      () => ({ permalink: 'https://a.example/', title: '', publishedAt: undefined }),
    ],
    ['titled notes at the front page', () => ({ permalink: 'https://a.example/' })],
    ['items without pages', () => ({ permalink: undefined })],
    ['one title for all of them, no pages', () => ({ permalink: undefined, title: 'Alert' })],
  ])('%s: each is new, alone and in a list', (_what, said) => {
    for (const window of [1, 3]) {
      const source = new Polled();
      const from = window === 1 ? 1 : 3;
      for (let last = from; last < 10; last++)
        source.poll(Array.from({ length: window }, (_, back) => post(last - back, said(last - back))));
      expect(source.known).toHaveLength(9 - from + window);
    }
  });

  it('a link that somebody submits again under another title, where every text is a link to comments', () => {
    const source = new Polled();
    const link = (n: number) =>
      post(n, { permalink: 'https://paper.example/1', content: { html: '<a href="/c">Comments</a>' } });
    source.poll([link(1), post(5)]);
    source.poll([link(2), post(5)]);
    expect(source.verdicts).toEqual(['new', 'same']);
    expect(source.known).toHaveLength(3);
  });

  it('two greetings in a planet of several hosts', () => {
    const hello = (host: string, n: number) =>
      buildItem({
        guid: `https://${host}/?p=1`,
        title: 'Hello world!',
        permalink: `https://${host}/hello-world/`,
        publishedAt: day(n),
        content: { html: 'Welcome. This is your first post.' },
      });
    const source = new Polled();
    source.poll([hello('one.example', 3), post(1), post(2), post(3)]);
    source.poll([hello('two.example', 9), post(1), post(2), post(3)]);
    expect(source.known).toHaveLength(5);
  });
});

describe('the page of an item', () => {
  const canonical = (url: string) => [{ rel: 'canonical', url }];

  it('is the one that the item itself calls canonical', () => {
    const source = new Polled();
    source.poll([post(1, { links: canonical('https://home.example/story/') }), post(2)]);
    expect(source.known?.map((entry) => entry.canonicalUrl)).toEqual([
      '//a.example/2026/post-2',
      '//home.example/story',
    ]);
  });

  it.each([
    ['that several items name', 'https://home.example/story'],
    ['that is a front page', 'https://home.example/'],
  ])('is not one %s', (_what, url) => {
    const source = new Polled();
    source.poll(posts(() => ({ links: canonical(url) })).slice(0, url.endsWith('y') ? 2 : 1));
    for (const { canonicalUrl } of source.known ?? []) expect(canonicalUrl).toMatch(/^\/\/a\.example/);
  });

  it('under other rules than it was remembered by: nothing is new, no id changes', () => {
    const source = new Polled();
    const items = posts((n) => ({
      guid: n < 2 ? undefined : `post-${n}`,
      permalink: `https://m.a.example/2026/post-${n}/index.html?xtor=RSS-1&b=1&a=2`,
    }));
    source.poll(items);
    // As the first rules had it, without what they did not know.
    const known = source.known?.map(({ textSketch: _later, ...entry }, place) => ({
      ...entry,
      canonicalUrl: `//m.a.example/2026/post-${3 - place}/index.html?xtor=RSS-1&b=1&a=2`,
    }));
    const record = { items: known } as unknown as SourceRecord;
    const before = source.ids;
    source.known = withPresentPages(record).items;
    source.poll(items.map((item) => ({ ...item, guid: item.guid && `${item.guid}x` })));
    expect(source.verdicts).toEqual(['same', 'same', 'same', 'same']);
    expect(source.ids).toEqual(before);
    expect(source.known?.[0]?.canonicalUrl).toBe('//a.example/2026/post-3?a=2&b=1');
    source.known = known;
    source.poll(items);
    expect(source.verdicts).toEqual(['same', 'same', 'same', 'same']);
  });
});

type Change =
  | 'new-ids'
  | 'no-ids'
  | 'shared-id'
  | 'places-as-ids'
  | 'host'
  | 'scheme'
  | 'session'
  | 'amp'
  | 'redate'
  | 'retitle-one'
  | 'reverse'
  | 'grow'
  | 'drop'
  | 'none';
const change = fc.constantFrom<Change>(
  ...([
    'new-ids',
    'no-ids',
    'shared-id',
    'places-as-ids',
    'host',
    'scheme',
    'session',
    'amp',
    'redate',
    'retitle-one',
    'reverse',
    'grow',
    'drop',
    'none',
  ] as const),
);

/** A publisher that does one of these things to its document between two polls. */
class Restless {
  stories = [4, 3, 2, 1];
  #turn = 0;
  #says: (item: Item, n: number, place: number) => Item = (item) => item;
  readonly #titles = new Map<number, string>();
  #host = 'a.example';

  change(kind: Change): void {
    this.#turn += 1;
    const turn = this.#turn;
    const as = (said: (item: Item, n: number, place: number) => Partial<Item>) => {
      this.#says = (item, n, place) => ({ ...item, ...said(item, n, place) });
    };
    const url = (item: Item, edit: (url: string) => string) => ({ permalink: edit(item.permalink ?? '') });
    if (kind === 'new-ids') as((_item, n) => ({ guid: `${turn}-${n}` }));
    if (kind === 'no-ids') as(() => ({ guid: undefined }));
    if (kind === 'shared-id') as(() => ({ guid: 'the-same' }));
    if (kind === 'places-as-ids') as((_item, _n, place) => ({ guid: `${place}` }));
    if (kind === 'host') this.#host = `h${turn}.example`;
    if (kind === 'scheme') as((item) => url(item, (text) => text.replace('https://', 'http://www.')));
    if (kind === 'session') as((item) => url(item, (text) => `${text}?PHPSESSID=${turn}`));
    if (kind === 'amp') as((item) => url(item, (text) => text.replace('https://', 'https://amp.')));
    if (kind === 'redate') as(() => ({ publishedAt: timestampOfClock(START_MS + turn * 3_600_000) }));
    if (kind === 'retitle-one') this.#titles.set(this.stories[0] ?? 0, `Retitled ${turn}`);
    if (kind === 'reverse') this.stories.reverse();
    if (kind === 'grow') this.stories.unshift(Math.max(...this.stories, this.#grown) + 1);
    this.#grown = Math.max(this.#grown, ...this.stories);
    if (kind === 'drop' && this.stories.length > 3)
      this.stories.splice(this.stories.indexOf(Math.min(...this.stories)), 1);
  }
  #grown = 4;

  document(): readonly Item[] {
    return this.stories.map((n, place) => {
      const title = this.#titles.get(n) ?? `Post ${n}`;
      const permalink = `https://${this.#host}/2026/post-${n}`;
      const words = Array.from(
        { length: 40 },
        (_, at) => `w${(n * 7919 + at * 104_729 + n * at * 31) % 211}`,
      );
      const html = `<p>Report ${n}. ${words.join(' ')}</p>`;
      const item = buildItem({
        guid: `post-${n}`,
        title,
        permalink,
        content: { html },
        publishedAt: timestampOfClock(START_MS - (100 - n) * 3_600_000),
      });
      return this.#says(item, n, place);
    });
  }
}

/** Each story goes by the id that it went by first. */
function remember(decided: Decided, shown: Map<number, string>): void {
  for (const { item, entry } of decided.decisions) {
    const text = item.content?.html ?? '';
    const story = Number(/Report (\d+)\./.exec(text)?.[1]);
    const id = shown.get(story) ?? entry.publishedId;
    expect(entry.publishedId, `story ${story}`).toBe(id);
    shown.set(story, id);
  }
}

it('doubles nothing, joins nothing and changes no id under any sequence of changes, one a poll', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 15 }), (changes) => {
      const publisher = new Restless();
      const source = new Polled();
      const shown = new Map<number, string>();
      remember(source.poll(publisher.document()), shown);
      for (const kind of changes) {
        publisher.change(kind);
        remember(source.poll(publisher.document()), shown);
      }
      expect(source.known).toHaveLength(shown.size);
      expect(new Set(source.ids).size).toBe(shown.size);
    }),
    { numRuns: 300, seed: SEED },
  );
});

it('means the same in whatever order the items of a document stand, and nothing when it comes again', () => {
  const place = fc.nat({ max: 100 });
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 6 }),
      change,
      fc.array(place, { minLength: 12, maxLength: 12 }),
      (changes, last, places) => {
        const publisher = new Restless();
        const source = new Polled();
        source.poll(publisher.document());
        for (const kind of changes) {
          publisher.change(kind);
          source.poll(publisher.document());
        }
        publisher.change(last);
        const document = publisher.document();
        const shuffled = document
          .map((item, n) => ({ item, at: places[n] ?? n }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ item }) => item);
        const now = timestampOfClock(START_MS + 1e9);
        const known = source.known;
        const facts = (decided: Decided) =>
          decided.index.map((entry) => JSON.stringify(Object.entries(entry).sort())).sort();
        const inOrder = source.poll(document, { now });
        source.known = known;
        expect(facts(source.poll(shuffled, { now }))).toEqual(facts(inOrder));
        source.poll(shuffled, { now });
        expect(new Set(source.verdicts)).toEqual(new Set(['same']));
      },
    ),
    { numRuns: 300, seed: SEED },
  );
});
