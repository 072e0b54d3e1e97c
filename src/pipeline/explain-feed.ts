// A feed explained from the store alone, beside a running service or without one. It goes the very way of publishing up to
// the documents' texts, and writes nothing.

import type { Copy } from '../core/merge/order.ts';
import { publishedBefore } from '../core/merge/published-ids.ts';
import { selectSources } from '../core/merge/select-sources.ts';
import type { Store } from '../edge/store/store.ts';
import type { Config, MergedFeed, Source } from '../model/config.ts';
import type { EditionRecord } from '../model/edition-record.ts';
import type { ItemHash, PublishedId } from '../model/ids.ts';
import { effectivePublishedAt } from '../model/item-dates.ts';
import type { ItemIndexEntry } from '../model/item-index.ts';
import { type Timestamp, timestampOfClock } from '../model/timestamp.ts';
import { type CopyExplanation, explainCopies } from './explain-copies.ts';
import type { Explanation, ItemDates, ItemExplanation, ItemVerdict } from './explanation.ts';
import { createKnownRetractions } from './known-retractions.ts';
import { createEditionMaker } from './make-edition.ts';
import { createItemPreparer, createItemReader, type ItemReader } from './prepare-items.ts';
import { type ReadKnown, readKnown } from './read-known.ts';
import { writeEdition } from './render-edition.ts';
import { findStories, nearStories, readStories, type Story, storiesWithPart } from './stories.ts';
import { createUntrustedWork } from './untrusted-work.ts';

/** Throws StoreError where the store does not answer: what it does not say must not seem unknown. */
export async function explainFeed(
  store: Store,
  config: Config,
  feed: MergedFeed,
  nowMs: number,
): Promise<Explanation> {
  const known = await readKnown(store, config, 'configured');
  const explanation = await explainKnown(store, config, feed, nowMs, known);
  return { ...explanation, items: explanation.items.filter(({ verdict }) => verdict.kind !== 'not-of-feed') };
}

/** What is known of the item that a name means, wherever it is known. */
export interface NamedItems {
  readonly explanation: Explanation;
  /** Every copy of it; of several stories where the name does not tell them apart. */
  readonly found: readonly ItemExplanation[];
  /** What may have been meant, where nothing is found. */
  readonly near: readonly ItemExplanation[];
}

/** `name`: an id that an item is published under, its publisher's own, its page, or a part of one. Throws as `explainFeed`. */
export async function explainItem(
  store: Store,
  config: Config,
  feed: MergedFeed,
  nowMs: number,
  name: string,
): Promise<NamedItems> {
  const known = await readKnown(store, config, 'all');
  const explanation = await explainKnown(store, config, feed, nowMs, known);
  const stories = await readStories(store, { ...config, sources: known.allSources }, feed.id);
  const byHash = new Map(explanation.items.map((item) => [item.hash, item]));
  const itemsOf = (some: readonly Story[]) =>
    some.flatMap(({ copies }) => copies.flatMap(({ entry }) => byHash.get(entry.hash) ?? []));
  const named = findStories(name, stories);
  const remembered = explanation.items.filter((item) => item.publishedId === name);
  const found = new Set([...itemsOf(named), ...remembered]);
  if (found.size === 0) for (const item of itemsOf(storiesWithPart(name, stories))) found.add(item);
  return {
    explanation,
    found: [...found],
    near: found.size > 0 ? [] : itemsOf(nearStories(name, stories)),
  };
}

async function explainKnown(
  store: Store,
  config: Config,
  feed: MergedFeed,
  nowMs: number,
  known: ReadKnown,
): Promise<Explanation> {
  const at = timestampOfClock(nowMs);
  const read = createItemReader(store);
  const retractions = createKnownRetractions(store, [], () => nowMs);
  await retractions.refresh();
  const previous = await readEdition(store, feed);
  const work = createUntrustedWork({
    nowMs: () => nowMs,
    inner: config.network.allow.length > 0 ? 'allowed' : 'refused',
  });
  try {
    const preparer = createItemPreparer(read, work);
    const maker = createEditionMaker(feed, { config, known, read, preparer });
    const made = await maker.make(previous, retractions.of(feed.id), at);
    const written = writeEdition(made.edition);
    const { outside, mayCarry } = drawnFrom(feed, config, known);
    const told = explainCopies(known.copies, { feed, outside, stories: maker.stories, made, written, at });
    return {
      feedId: feed.id,
      at,
      publishedAt: previous?.changedAt,
      sources: known.sources.filter(({ id }) => mayCarry.has(id)),
      items: [
        ...(await tellItems(known.copies, { told, previous, read })),
        ...remembered(previous, new Set(known.copies.map(({ entry }) => entry.hash))),
      ],
    };
  } finally {
    work.close();
  }
}

/** `mayCarry`: sources of the feed, those that are disabled among them. */
function drawnFrom(feed: MergedFeed, config: Config, known: ReadKnown) {
  const ofFeed = new Set(selectSources(feed, config.sources).map(({ id }) => id));
  const enabled = config.sources.map((source) => ({ ...source, enabled: true }));
  const mayCarry = new Set(selectSources(feed, enabled).map(({ id }) => id));
  const left = new Set(known.leftIds);
  const outside = ({ id }: Source): ItemVerdict | undefined => {
    if (left.has(id)) return { kind: 'source-left' };
    if (!mayCarry.has(id)) return { kind: 'not-of-feed' };
    return ofFeed.has(id) ? undefined : { kind: 'source-disabled' };
  };
  return { outside, mayCarry };
}

async function readEdition(store: Store, feed: MergedFeed): Promise<EditionRecord | undefined> {
  const answer = await store.readEdition(feed.id);
  if (answer.kind === 'unavailable') throw answer.error;
  return answer.kind === 'hit' ? answer.value : undefined;
}

interface Told {
  readonly told: ReadonlyMap<ItemHash, CopyExplanation>;
  readonly previous: EditionRecord | undefined;
  readonly read: ItemReader;
}

async function tellItems(
  copies: readonly Copy[],
  { told, previous, read }: Told,
): Promise<readonly ItemExplanation[]> {
  const stands = standingHashes(previous);
  const ids = publishedBefore(previous);
  const texts = await readTexts(copies, read);
  const items = copies.flatMap((copy): readonly ItemExplanation[] => {
    const { source, entry } = copy;
    const explained = told.get(entry.hash);
    if (explained === undefined) return [];
    const text = texts.get(entry.hash);
    const { verdict, publishedId, publishedAt } = explained;
    return [
      {
        sourceId: source.id,
        publishedId: verdict.kind === 'in' ? publishedId : (ids.get(entry.hash) ?? publishedId),
        hash: entry.hash,
        title: text?.title,
        url: text?.url ?? (entry.canonicalUrl === undefined ? undefined : `https:${entry.canonicalUrl}`),
        dates: datesOf(entry, publishedAt),
        knownBy: entry.knownBy,
        stands: stands.has(entry.hash),
        verdict,
      },
    ];
  });
  return items.sort(compareItems);
}

interface Text {
  readonly title: string | undefined;
  readonly url: string | undefined;
}

const TEXTS_AT_ONCE = 500;

/** Titles and pages; the rest of the texts is let go. */
async function readTexts(copies: readonly Copy[], read: ItemReader): Promise<ReadonlyMap<ItemHash, Text>> {
  const texts = new Map<ItemHash, Text>();
  for (let from = 0; from < copies.length; from += TEXTS_AT_ONCE) {
    const entries = copies.slice(from, from + TEXTS_AT_ONCE).map(({ entry }) => entry);
    for (const [hash, { item }] of await read(entries))
      texts.set(hash, { title: item.title === '' ? undefined : item.title, url: item.permalink });
  }
  return texts;
}

function datesOf(entry: ItemIndexEntry, ofStory: Timestamp | undefined): ItemDates {
  const { publishedAt, firstSeenAt, ignoredDate } = entry;
  const own = effectivePublishedAt(entry);
  const shown = ofStory ?? own;
  if (shown !== own) return { shown, firstSeenAt, claimed: publishedAt, why: 'story' };
  if (ignoredDate !== undefined) return { shown, firstSeenAt, claimed: ignoredDate, why: 're-dated' };
  if (publishedAt === undefined) return { shown, firstSeenAt, why: 'none' };
  if (publishedAt > firstSeenAt) return { shown, firstSeenAt, claimed: publishedAt, why: 'later' };
  return { shown, firstSeenAt, why: 'claimed' };
}

function standingHashes(edition: EditionRecord | undefined): ReadonlySet<ItemHash> {
  return new Set((edition?.items ?? []).flatMap(({ members }) => members.map(({ hash }) => hash)));
}

/** What the edition remembers of items that no source is known to have any more. */
function remembered(
  edition: EditionRecord | undefined,
  known: ReadonlySet<ItemHash>,
): readonly ItemExplanation[] {
  if (edition === undefined) return [];
  const ids = publishedBefore(edition);
  const found = new Map<ItemHash, ItemExplanation>();
  const add = (hash: ItemHash, said: Omit<ItemExplanation, 'hash' | 'publishedId'>, id?: PublishedId) => {
    if (!known.has(hash) && !found.has(hash))
      found.set(hash, { ...said, hash, publishedId: id ?? ids.get(hash) });
  };
  for (const { publishedId, members } of edition.absent ?? [])
    for (const { hash, sourceId } of members)
      add(hash, { sourceId, stands: false, verdict: { kind: 'awaited' } }, publishedId);
  for (const { publishedId, members } of edition.items)
    for (const { hash, sourceId } of members)
      add(hash, { sourceId, stands: true, verdict: { kind: 'forgotten' } }, publishedId);
  for (const { publishedId, hashes } of edition.retracted ?? [])
    for (const hash of hashes) add(hash, { stands: false, verdict: { kind: 'forgotten' } }, publishedId);
  for (const hash of edition.former ?? []) add(hash, { stands: false, verdict: { kind: 'forgotten' } });
  return [...found.values()];
}

/** Those in the feed by their place, then the newest first; of one date those that lead first. */
function compareItems(a: ItemExplanation, b: ItemExplanation): number {
  const place = ({ verdict }: ItemExplanation) => (verdict.kind === 'in' ? verdict.place : Infinity);
  const [x, y] = [place(a), place(b)];
  if (x !== y) return x - y;
  const [dateA, dateB] = [a.dates?.shown ?? '', b.dates?.shown ?? ''];
  if (dateA !== dateB) return dateA < dateB ? 1 : -1;
  const after = ({ verdict }: ItemExplanation) => Number(verdict.kind === 'duplicate');
  return after(a) - after(b) || (a.hash < b.hash ? -1 : 1);
}
