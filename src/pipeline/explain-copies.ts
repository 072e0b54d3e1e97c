// What became of each copy on its way into an edition, told from what the way itself decided. Pure.
import { cameAlike } from '../core/filter/retractions.ts';
import type { Cluster } from '../core/merge/merged.ts';
import type { Copy } from '../core/merge/order.ts';
import type { WindowVerdict } from '../core/merge/window.ts';
import type { MergedFeed, Source } from '../model/config.ts';
import type { EditionItem } from '../model/edition.ts';
import { assertNever } from '../model/errors.ts';
import type { ItemHash, PublishedId } from '../model/ids.ts';
import type { Timestamp } from '../model/timestamp.ts';
import { readableCopies } from './assemble-edition.ts';
import type { ItemVerdict } from './explanation.ts';
import type { FeedStories } from './feed-stories.ts';
import type { MadeEdition } from './make-edition.ts';
import type { Dropped, WrittenEdition } from './render-edition.ts';
import type { OutCopy } from './retracted-items.ts';

export interface ExplainInput {
  readonly feed: MergedFeed;
  /** What is to be said of all items of a source that the feed does not draw from. */
  readonly outside: (source: Source) => ItemVerdict | undefined;
  readonly stories: FeedStories;
  readonly made: MadeEdition;
  readonly written: Pick<WrittenEdition, 'edition' | 'dropped'>;
  readonly at: Timestamp;
}

export interface CopyExplanation {
  readonly verdict: ItemVerdict;
  /** The story's, where it is part of one. */
  readonly publishedId: PublishedId;
  /** The story's, where it leads one. */
  readonly publishedAt?: Timestamp | undefined;
}

/** Of each copy of the feed's sources. */
export function explainCopies(
  copies: readonly Copy[],
  input: ExplainInput,
): ReadonlyMap<ItemHash, CopyExplanation> {
  const ofStories = explainStories(input);
  return new Map(
    copies.map((copy) => {
      const { hash, publishedId } = copy.entry;
      const alone = input.outside(copy.source) ?? aloneVerdict(copy, input.stories);
      return [hash, alone === undefined ? ofStories.get(hash) : { verdict: alone, publishedId }] as const;
    }),
  ) as ReadonlyMap<ItemHash, CopyExplanation>;
}

/** Undefined for what is part of a story. */
function aloneVerdict(copy: Copy, stories: FeedStories): ItemVerdict | undefined {
  const state = stories.stateOf(copy.entry.hash);
  switch (state?.kind) {
    case 'merged':
      return undefined;
    case 'held':
      return heldVerdict(copy);
    case 'out':
      return outVerdict(state.copy, state.isByText);
    case 'filtered':
      return { kind: 'filtered', ...state.verdict };
    case 'unread':
    case undefined:
      return { kind: 'text-lost' };
    default:
      return assertNever(state);
  }
}

/** What was there when its source was first read was seen then. */
function heldVerdict({ source, sourceReadAt, entry }: Copy): ItemVerdict {
  const { join } = source;
  const isFirst = sourceReadAt === undefined || entry.firstSeenAt === sourceReadAt;
  return { kind: 'held-back', why: isFirst && join !== undefined ? 'join' : 'new-site', join };
}

function outVerdict({ operator, entry }: OutCopy, isByText: boolean): ItemVerdict {
  if (operator !== undefined) {
    const from = operator.feedId === undefined ? 'every feed' : 'this feed';
    const isAlike = isByText || cameAlike(operator, entry.hash) ? true : undefined;
    return { kind: 'retracted', when: operator.retractedAt, reason: operator.reason, from, isAlike };
  }
  const { withdrawn, changedAt } = entry;
  const { when = changedAt, learntAt = changedAt, by, reason } = withdrawn ?? {};
  return { kind: 'withdrawn', when, learntAt, by, reason };
}

function explainStories(input: ExplainInput): ReadonlyMap<ItemHash, CopyExplanation> {
  const { feed, stories, written, at } = input;
  const items = new Map(written.edition.items.map((item, place) => [item.id, { item, place }]));
  const droppedById = new Map(written.dropped.flatMap(verdictsOfDropped));
  const found = new Map<ItemHash, CopyExplanation>();
  for (const { group: cluster, verdict } of stories.merger.judged(feed, at)) {
    const { publishedId, publishedAt } = cluster;
    const all = [cluster.lead, ...cluster.others];
    const readable = verdict.kind === 'shown' ? readableCopies(cluster, input.made.prepared) : all;
    const [lead = cluster.lead] = readable;
    const told = leadVerdict(cluster, readable, verdict, items.get(publishedId), droppedById, input);
    for (const copy of all) {
      const { hash } = copy.entry;
      if (copy === lead) found.set(hash, { verdict: told, publishedId, publishedAt });
      else if (!readable.includes(copy)) found.set(hash, { verdict: { kind: 'text-lost' }, publishedId });
      else found.set(hash, { verdict: duplicateOf(cluster, lead, copy, told), publishedId });
    }
  }
  return found;
}

interface Placed {
  readonly item: EditionItem;
  /** From 0. */
  readonly place: number;
}

function leadVerdict(
  cluster: Cluster,
  [lead, ...others]: readonly Copy[],
  verdict: WindowVerdict,
  placed: Placed | undefined,
  dropped: ReadonlyMap<PublishedId, ItemVerdict>,
  { stories }: ExplainInput,
): ItemVerdict {
  if (verdict.kind !== 'shown') return verdict;
  if (lead === undefined) return { kind: 'text-lost' };
  if (placed === undefined) return dropped.get(cluster.publishedId) ?? { kind: 'text-lost' };
  const [next] = others;
  return {
    kind: 'in',
    place: placed.place + 1,
    since: cluster.firstSeenAt,
    ledBy: next && stories.merger.ruleBetween(lead, next),
    also: others.map((copy) => ({
      sourceId: copy.source.id,
      hash: copy.entry.hash,
      joined: joinOf(cluster, lead, copy),
    })),
    shown: placed.item.shown,
    isKept: verdict.isKept === true,
  };
}

function duplicateOf(cluster: Cluster, lead: Copy, copy: Copy, told: ItemVerdict): ItemVerdict {
  return {
    kind: 'duplicate',
    of: cluster.publishedId,
    ofSource: lead.source.id,
    joined: joinOf(cluster, lead, copy),
    lead: told.kind,
  };
}

/** How the two are known for one story; copies join by what leads, so where that cannot be read its own join tells of the other. */
function joinOf({ lead, others }: Cluster, leading: Copy, copy: Copy) {
  const joined = copy.entry.hash === lead.entry.hash ? leading : copy;
  return others.find(({ entry }) => entry.hash === joined.entry.hash)?.joined;
}

function verdictsOfDropped(dropped: Dropped): readonly (readonly [PublishedId, ItemVerdict])[] {
  switch (dropped.kind) {
    case 'output-gate':
      return [[dropped.id, { kind: 'output-gate', problem: dropped.problem }]];
    case 'document-bound':
      return dropped.ids.map((id) => [id, { kind: 'document-bound', bytesMax: dropped.bytesMax }]);
    case 'retractions':
      return [];
    default:
      return assertNever(dropped);
  }
}
