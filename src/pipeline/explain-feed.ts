// A feed explained from the store alone, beside a running service or without one. It goes the very way of publishing up to
// the documents' texts, and writes nothing.
import { selectSources } from '../core/merge/select-sources.ts';
import type { Store } from '../edge/store/store.ts';
import type { Config, MergedFeed, Source } from '../model/config.ts';
import type { EditionRecord } from '../model/edition-record.ts';
import { timestampOfClock } from '../model/timestamp.ts';
import { readArchivePlaces } from './archive/archive-places.ts';
import { findArchivedItem } from './archive/archived-item.ts';
import { explainCopies } from './explain-copies.ts';
import type { Explanation, ItemExplanation, ItemVerdict } from './explanation.ts';
import { createKnownRetractions } from './known-retractions.ts';
import { createEditionMaker } from './make-edition.ts';
import { createItemPreparer, createItemReader } from './prepare-items.ts';
import { type ReadKnown, readKnown } from './read-known.ts';
import { writeEdition } from './render-edition.ts';
import { findStories, nearStories, readStories, type Story, storiesWithPart } from './stories.ts';
import { remembered, tellItems } from './tell-items.ts';
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
  if (found.size === 0) for (const item of await archivedItems(name, feed, store, config)) found.add(item);
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
    const archiveOf = await readArchivePlaces(store, feed.id);
    const items = [
      ...(await tellItems(known.copies, { told, previous, read })),
      ...remembered(previous, new Set(known.copies.map(({ entry }) => entry.hash))),
    ];
    return {
      feedId: feed.id,
      at,
      publishedAt: previous?.changedAt,
      sources: known.sources.filter(({ id }) => mayCarry.has(id)),
      items: items.map((item) => ({ ...item, archive: archiveOf(item.hash) })),
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

/** What stands in an archive, and in no source that is known. */
async function archivedItems(
  name: string,
  feed: MergedFeed,
  store: Store,
  config: Config,
): Promise<readonly ItemExplanation[]> {
  const archived = await findArchivedItem(name, feed.id, store, config);
  const hash = archived?.hashes[0];
  if (archived === undefined || hash === undefined) return [];
  const { id, title, permalink, attribution } = archived.item;
  const archive = (await readArchivePlaces(store, feed.id))(hash);
  const told = { sourceId: attribution.sourceId, publishedId: id, hash, title, url: permalink, archive };
  return [{ ...told, stands: false, verdict: { kind: 'forgotten' } }];
}

async function readEdition(store: Store, feed: MergedFeed): Promise<EditionRecord | undefined> {
  const answer = await store.readEdition(feed.id);
  if (answer.kind === 'unavailable') throw answer.error;
  return answer.kind === 'hit' ? answer.value : undefined;
}
