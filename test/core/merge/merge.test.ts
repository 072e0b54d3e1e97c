import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FeedMerger } from '../../../src/core/merge/feed-merger.ts';
import { datesOf, groupCopies } from '../../../src/core/merge/group.ts';
import { compareLeadership, standingsOf } from '../../../src/core/merge/leadership.ts';
import { NearPairs } from '../../../src/core/merge/near-pairs.ts';
import type { Copy } from '../../../src/core/merge/order.ts';
import { idsToKeep } from '../../../src/core/merge/published-ids.ts';
import type { Source } from '../../../src/model/config.ts';
import type { ItemIndexEntry } from '../../../src/model/item-index.ts';
import { mintedId } from '../../../src/model/minted-id.ts';
import { at, buildEntry, buildSource } from '../build-item.ts';
import { type MergeInput, mergeCopies } from './full-merge.ts';

const NOW = at('2026-11-20T18:00:00Z');

function copy(id: string, entry: Partial<ItemIndexEntry>, source: Partial<Source> = {}, place = 0): Copy {
  return {
    source: buildSource(id, source),
    place,
    firstAddress: `https://${id}.example/feed`,
    entry: buildEntry(entry),
  };
}

function merge(copies: readonly Copy[], input: Partial<MergeInput> = {}) {
  const said: MergeInput = {
    copies,
    duplicates: ['id', 'url'],
    limit: 100,
    maxAgeMs: undefined,
    previous: undefined,
    now: NOW,
    ...input,
  };
  const merger = new FeedMerger(said.duplicates);
  merger.remember(said.previous);
  for (const each of copies) merger.put(each);
  merger.settle();
  const merged = merger.window(said, NOW);
  expect(merged).toEqual(mergeCopies(said));
  return merged;
}

const leads = (merged: ReturnType<typeof merge>) => merged.clusters.map((cluster) => cluster.lead.source.id);
const PAGE = { canonicalUrl: '//a.example/story' };

describe('one story once', () => {
  it('joins copies by permalink and credits every source', () => {
    const { clusters } = merge([
      copy('a', PAGE),
      copy('b', PAGE),
      copy('c', { canonicalUrl: '//c.example/other' }),
    ]);
    expect(clusters).toHaveLength(2);
    const story = clusters.find((cluster) => cluster.others.length > 0);
    expect([story?.lead, ...(story?.others ?? [])].map((each) => each?.source.id)).toEqual(['a', 'b']);
  });

  it('joins copies by an id that is a URI', () => {
    const entry = { guidUri: 'tag:a.example,2026:1' };
    expect(merge([copy('a', entry), copy('b', entry)]).clusters).toHaveLength(1);
  });

  it('joins nothing where the feed says so', () => {
    expect(merge([copy('a', PAGE), copy('b', PAGE)], { duplicates: [] }).clusters).toHaveLength(2);
  });

  it('does not join two items of one source', () => {
    expect(merge([copy('a', PAGE), copy('a', PAGE)]).clusters).toHaveLength(2);
  });

  it('lets no copy weld two stories into one', () => {
    const first = copy('a', { guidUri: 'https://a.example/1', canonicalUrl: '//a.example/1' });
    const second = copy('b', { guidUri: 'https://b.example/2', canonicalUrl: '//b.example/2' });
    const both = copy('thief', { guidUri: 'https://a.example/1', canonicalUrl: '//b.example/2' });
    expect(merge([both, first, second]).clusters).toHaveLength(2);
  });
});

describe('who leads', () => {
  it('is the copy from the permalink’s own host, though it came last, weighs less and says that it is younger', () => {
    const own = copy('a', { ...PAGE, firstSeenAt: NOW, publishedAt: NOW }, { weight: 1 }, 9);
    const others = ['b', 'c', 'd'].map((id) =>
      copy(id, { ...PAGE, publishedAt: at('1999-01-01T00:00:00Z') }, { weight: 9 }),
    );
    expect(leads(merge([...others, own]))).toEqual(['a']);
  });

  it('is not the host whose id a copy claims without being there', () => {
    const victim = copy('a', {
      guidUri: 'https://a.example/1',
      canonicalUrl: '//a.example/1',
      firstSeenAt: NOW,
    });
    const thief = copy('thief', { guidUri: 'https://a.example/1', canonicalUrl: '//thief.example/1' });
    expect(leads(merge([thief, victim]))).toEqual(['a']);
  });

  it('is then the greater weight, then what was seen first, then the order of the configuration', () => {
    const page = { canonicalUrl: '//elsewhere.example/x' };
    expect(leads(merge([copy('a', page), copy('b', page, { weight: 2 })]))).toEqual(['b']);
    const early = at('2026-11-20T11:00:00Z');
    expect(leads(merge([copy('a', page), copy('b', { ...page, firstSeenAt: early })]))).toEqual(['b']);
    expect(leads(merge([copy('a', page, {}, 2), copy('b', page, {}, 1)]))).toEqual(['b']);
  });

  it('takes a feed host inside the site’s for its own, and guests of one host for strangers', () => {
    const guest = { canonicalUrl: '//mine.host.example/x' };
    const feeds = copy('a', guest, { feedUrl: 'https://feeds.mine.host.example/x', weight: 1 });
    const other = copy('b', guest, { feedUrl: 'https://other.host.example/x', weight: 5 });
    expect(leads(merge([other, feeds]))).toEqual(['a']);
  });
});

describe('ids', () => {
  it('keep, when a better copy takes the lead, what was published', () => {
    const late = copy('a', { ...PAGE, firstSeenAt: NOW });
    const early = copy('b', PAGE);
    const before = merge([early]).clusters[0];
    const items = [
      {
        publishedId: before?.publishedId as ItemIndexEntry['publishedId'],
        members: [{ sourceId: early.source.id, hash: early.entry.hash, revision: 1 }],
        firstSeenAt: early.entry.firstSeenAt,
      },
    ];
    const after = merge([late, early], { previous: { items, keptIds: {} } }).clusters[0];
    expect(after?.lead.source.id).toBe('a');
    expect(after?.publishedId).toBe(before?.publishedId);
  });

  it('come back with an item that left the window', () => {
    const late = copy('a', { ...PAGE, firstSeenAt: NOW });
    const early = copy('b', PAGE);
    const items = [
      {
        publishedId: early.entry.publishedId,
        members: [{ sourceId: early.source.id, hash: early.entry.hash, revision: 1 }],
        firstSeenAt: early.entry.firstSeenAt,
      },
    ];
    const { clusters } = merge([late, early], { previous: { items, keptIds: {} } });
    const keptIds = idsToKeep(clusters, undefined, 100);
    expect(keptIds).toEqual({ [late.entry.hash]: early.entry.publishedId });
    const back = merge([late, early], { previous: { items: [], keptIds } }).clusters[0];
    expect(back?.publishedId).toBe(early.entry.publishedId);
    expect(idsToKeep([], { items: [], keptIds }, 100)).toEqual(keptIds);
  });

  it('are not given to another while an item is outside the window', () => {
    const id = 'tag:x,2026:1' as ItemIndexEntry['publishedId'];
    const old = copy('a', { publishedId: id, publishedAt: at('2026-11-01T00:00:00Z') });
    const young = copy('b', { publishedId: id, firstSeenAt: NOW });
    expect(merge([old, young], { limit: 1 }).clusters[0]?.publishedId).not.toBe(id);
  });

  it('are each once, though others claim what would be minted', () => {
    const id = (text: string) => text as ItemIndexEntry['publishedId'];
    const chain = [id('urn:x-test:0')];
    for (let n = 0; n < 3; n++) chain.push(id(mintedId('https://a.example/feed', chain.at(-1) ?? '')));
    const victim = copy('a', { publishedId: chain[0] as (typeof chain)[0] });
    chain.push(id(mintedId(victim.firstAddress, victim.entry.key)));
    const thief = chain.map((publishedId) => copy('thief', { publishedId }, { weight: 9 }));
    const { clusters } = merge([...thief, victim]);
    expect(new Set(clusters.map((cluster) => cluster.publishedId)).size).toBe(6);
  });

  it('are minted for the later item where two sources use one for two stories', () => {
    const id = 'https://a.example/1' as ItemIndexEntry['publishedId'];
    const own = copy('a', { publishedId: id, guidUri: id, canonicalUrl: '//a.example/1' });
    const other = copy('b', { publishedId: id, guidUri: id, canonicalUrl: '//b.example/1' });
    const { clusters } = merge([other, own], { duplicates: ['url'] });
    expect(clusters.find((cluster) => cluster.lead === own)?.publishedId).toBe(id);
    expect(clusters.find((cluster) => cluster.lead === other)?.publishedId).toMatch(/^urn:uuid:/);
  });
});

describe('order and caps', () => {
  it('puts the newest first, a date in the future counting as first sight and a missing one too', () => {
    const seen = at('2026-11-20T10:00:00Z');
    const future = copy('a', { publishedAt: at('2099-01-01T00:00:00Z'), firstSeenAt: seen });
    const newer = copy('b', { publishedAt: at('2026-11-20T11:00:00Z') });
    const undated = copy('c', { firstSeenAt: at('2026-11-20T09:00:00Z') });
    expect(leads(merge([undated, future, newer]))).toEqual(['b', 'a', 'c']);
  });

  it('keeps `limit` items', () => {
    expect(merge([copy('a', {}), copy('b', {}), copy('c', {})], { limit: 2 }).clusters).toHaveLength(2);
  });

  it('drops what is too old, and says when the next item will be', () => {
    const day = 86_400_000;
    const young = copy('a', { publishedAt: at('2026-11-20T06:00:00Z') });
    const old = copy('b', { publishedAt: at('2026-11-18T06:00:00Z') });
    const merged = merge([young, old], { maxAgeMs: day });
    expect(leads(merged)).toEqual(['a']);
    expect(merged.nextChangeAt).toBe('2026-11-21T06:00:00.001Z');
  });
});

it('gives one edition whatever the order in which copies come', () => {
  const marks = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    canonicalUrl: fc.constantFrom('//a.example/1', '//b.example/2', undefined),
    guidUri: fc.constantFrom('https://a.example/1', 'tag:x,2026:1', undefined),
    weight: fc.integer({ min: 1, max: 2 }),
  });
  fc.assert(
    fc.property(fc.array(marks, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (drawn, random) => {
      const copies = drawn.map(({ id, weight, ...entry }, place) => copy(id, entry, { weight }, place));
      const shuffled = copies
        .map((each) => [random.next().value ?? 0, each] as const)
        .toSorted((x, y) => x[0] - y[0])
        .map(([, each]) => each);
      const said = (list: readonly Copy[]) =>
        merge(list).clusters.map((cluster) => [cluster.publishedId, cluster.lead, new Set(cluster.others)]);
      expect(said(shuffled)).toEqual(said(copies));
      const ids = merge(copies).clusters.map((cluster) => cluster.publishedId);
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

describe('who leads, where copies come before what they were made of', () => {
  const page = { canonicalUrl: '//elsewhere.example/x' };
  const noon = at('2026-11-20T12:00:00Z');
  const later = at('2026-11-20T12:04:00Z');
  const muchLater = at('2026-11-20T15:00:00Z');

  it('is decided by the configuration for what both had when they were first read, in one cycle', () => {
    const first = { ...copy('a', { ...page, firstSeenAt: later }, {}, 0), sourceReadAt: later };
    const second = { ...copy('b', { ...page, firstSeenAt: noon }, {}, 1), sourceReadAt: noon };
    expect(leads(merge([second, first]))).toEqual(['a']);
  });

  it('is decided by what we saw first where one had it later, or joined later', () => {
    const early = { ...copy('b', { ...page, firstSeenAt: noon }, {}, 1), sourceReadAt: noon };
    const grown = { ...copy('a', { ...page, firstSeenAt: later }, {}, 0), sourceReadAt: noon };
    const joined = { ...copy('a', { ...page, firstSeenAt: muchLater }, {}, 0), sourceReadAt: muchLater };
    expect(leads(merge([grown, early]))).toEqual(['b']);
    expect(leads(merge([joined, early]))).toEqual(['b']);
  });

  it.each(['tag:a.example,2026:1', 'tag:desk@a.example,2026:1', 'http://www.a.example/1'])(
    'is the home that the id %s names, not a page elsewhere under the same id',
    (guidUri) => {
      const victim = copy('a', { guidUri, canonicalUrl: '//a.example/1', firstSeenAt: muchLater }, {}, 1);
      const thief = copy('thief', { guidUri, canonicalUrl: '//thief.example/1', firstSeenAt: noon }, {}, 0);
      const { clusters } = merge([thief, victim]);
      expect(clusters.map(({ lead, others }) => [lead, ...others].map(({ source }) => source.id))).toEqual([
        ['a', 'thief'],
      ]);
    },
  );

  it('is what we saw first where an id names nobody, not a page of one’s own under it', () => {
    const guidUri = 'urn:uuid:5e7f0a52-0000-4000-8000-000000000001';
    const victim = copy('a', { guidUri, canonicalUrl: '//blog.example/1', firstSeenAt: noon }, {}, 1);
    const planet = copy('planet', { guidUri, canonicalUrl: '//blog.example/1', firstSeenAt: later }, {}, 2);
    const thief = copy('thief', { guidUri, canonicalUrl: '//thief.example/1', firstSeenAt: later }, {}, 0);
    expect(leads(merge([thief, planet, victim]))).toEqual(['a']);
  });

  it('is a page at home though its id names another authority that is no source', () => {
    const blog = copy('a', {
      guidUri: 'tag:blogs.example,1999:1',
      canonicalUrl: '//a.example/1',
      firstSeenAt: muchLater,
    });
    const planet = copy('planet', {
      guidUri: 'tag:blogs.example,1999:1',
      canonicalUrl: '//a.example/1',
      firstSeenAt: noon,
    });
    expect(leads(merge([planet, blog]))).toEqual(['a']);
  });
});

describe('caps', () => {
  it('keep the ids of what they keep out: it comes back under the one it had', () => {
    const shared = { publishedId: 'urn:x-test:one' as ItemIndexEntry['publishedId'] };
    const copies = [
      copy('a', { ...shared, guidUri: 'tag:a.example,2026:1', publishedAt: at('2026-11-20T10:00:00Z') }),
      copy('a', { publishedAt: at('2026-11-20T11:00:00Z') }),
      copy(
        'b',
        { ...shared, guidUri: 'tag:b.example,2026:1', publishedAt: at('2026-11-20T09:00:00Z') },
        {},
        1,
      ),
    ];
    const idsOf = (merged: ReturnType<typeof merge>) =>
      new Map(merged.clusters.map(({ lead, publishedId }) => [lead.entry.hash, publishedId]));
    const loose = idsOf(merge(copies));
    const capped = idsOf(merge(copies, { perSource: { perDay: 1 } }));
    expect([...capped.keys()]).toEqual([copies[1], copies[2]].map((one) => one?.entry.hash));
    for (const [hash, id] of capped) expect(id).toBe(loose.get(hash));
  });
});

describe('dates of a story', () => {
  const morning = at('2026-11-20T08:00:00Z');
  const late = at('2026-11-20T14:00:00Z');
  const only = (copies: readonly Copy[]) => merge(copies).clusters[0];

  it('are the lead’s, but no later than when we first saw any copy', () => {
    const early = copy('b', { ...PAGE, firstSeenAt: morning });
    const better = copy('a', { ...PAGE, firstSeenAt: late, publishedAt: late });
    expect(only([early, better])).toMatchObject({ publishedAt: morning, firstSeenAt: morning });
    const older = at('2026-11-19T00:00:00Z');
    expect(only([early, copy('a', { ...PAGE, firstSeenAt: late, publishedAt: older })])?.publishedAt).toBe(
      older,
    );
  });

  it('do not follow a copy that only says that it is old', () => {
    const own = copy('a', { ...PAGE, firstSeenAt: late, publishedAt: morning });
    const copied = copy('b', { ...PAGE, firstSeenAt: late, publishedAt: at('1999-01-01T00:00:00Z') });
    expect(only([own, copied])?.publishedAt).toBe(morning);
  });

  it('say of a lead that came late when it changed, if it did', () => {
    const entry = buildEntry({ firstSeenAt: late, publishedAt: late, changedAt: late });
    const dated = (said: Partial<ItemIndexEntry>) => datesOf(copy('a', { ...entry, ...said }), morning);
    expect(dated({ updatedAt: late })).toEqual({ publishedAt: morning, updatedAt: morning });
    expect(dated({ revision: 2, changedAt: NOW }).updatedAt).toBe(NOW);
  });
});

describe('copies that say nearly the same', () => {
  const pairsOf = (...linked: readonly (readonly [Copy, Copy, number])[]) => {
    const pairs = new NearPairs();
    for (const [a, b, nearness] of linked) pairs.link(a.entry.hash, b.entry.hash, nearness);
    return pairs;
  };
  const grouped = (copies: readonly Copy[], pairs: NearPairs) =>
    groupCopies([...standingsOf(copies).values()].sort(compareLeadership), new Set(['id', 'url']), pairs).map(
      ({ lead, others }) => [lead.source.id, ...others.map(({ source, joined }) => [source.id, joined])],
    );
  const [a, b, c] = ['a', 'b', 'c'].map((id, place) => copy(id, {}, {}, place)) as [Copy, Copy, Copy];

  it('join, and it is known how near', () => {
    expect(grouped([a, b], pairsOf([a, b, 0.9]))).toEqual([['a', ['b', { by: 'similar', nearness: 0.9 }]]]);
  });

  it('join the nearest lead, and no story through another copy', () => {
    expect(grouped([a, b, c], pairsOf([a, b, 0.9], [b, c, 0.9]))).toEqual([
      ['a', ['b', { by: 'similar', nearness: 0.9 }]],
      ['c'],
    ]);
    expect(grouped([a, b, c], pairsOf([a, c, 0.8], [b, c, 0.9]))).toEqual([
      ['a'],
      ['b', ['c', { by: 'similar', nearness: 0.9 }]],
    ]);
  });

  it('join by id or page before', () => {
    const same = copy('d', { canonicalUrl: '//x.example/1' }, {}, 3);
    const lead = copy('c', { canonicalUrl: '//x.example/1' }, {}, 2);
    expect(grouped([a, lead, same], pairsOf([a, same, 0.99]))).toEqual([['a'], ['c', ['d', { by: 'url' }]]]);
  });
});
