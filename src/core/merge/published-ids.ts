// Under which id each story is published: once it is, under that one for good.

import type { EditionRecord } from '../../model/edition-record.ts';
import type { ItemHash, PublishedId } from '../../model/ids.ts';
import { mintedId } from '../../model/minted-id.ts';
import type { Group } from './group.ts';
import { compareLeadership, type Standing } from './leadership.ts';
import { type Copy, compareText } from './order.ts';

/** What was published before. */
export type PublishedBefore = Pick<EditionRecord, 'items' | 'absent' | 'keptIds' | 'former'>;

/** A story that is to have an id. */
export interface Claimant {
  readonly group: Group;
  readonly lead: Standing;
}

export interface AssignedId {
  readonly id: PublishedId;
  /** Every id that it would have had, were it free, each once. */
  readonly wanted: readonly PublishedId[];
}

/**
 * The id under which a copy of it was published, else the lead's own; minted anew where another story has that one.
 * Of two stories that were one, that keeps the id whose copy brought it; of two with one id of their own, the one seen first.
 * No story's id depends on another with which it shares none of the wanted ones.
 */
export function assignIds<C extends Claimant>(
  claimants: readonly C[],
  published: PublishedIds,
): ReadonlyMap<C, AssignedId> {
  const ranked = claimants.toSorted((a, b) => compareLeadership(a.lead, b.lead));
  const ids = new Map<C, AssignedId>();
  const taken = new Set<PublishedId>();
  const give = (claimant: C, id: PublishedId, wanted: readonly PublishedId[]) => {
    taken.add(id);
    ids.set(claimant, { id, wanted: wanted.length > 1 ? [...new Set(wanted)] : wanted });
  };
  for (const isOwnOnly of [true, false]) {
    for (const claimant of ranked) {
      if (ids.has(claimant)) continue;
      const claims = claimsOf(claimant.group, published);
      const claim = claims.find(({ id, isOwn }) => (isOwn || !isOwnOnly) && !taken.has(id));
      if (claim !== undefined) give(claimant, claim.id, idsIn(claims));
    }
  }
  for (const claimant of ranked.toSorted((a, b) => compareText(a.lead.seenAt, b.lead.seenAt))) {
    if (ids.has(claimant)) continue;
    const tried = idsToTry(claimant.group.lead, taken);
    give(claimant, tried.at(-1) as PublishedId, [...idsIn(claimsOf(claimant.group, published)), ...tried]);
  }
  return ids;
}

/** Every id that the story may be given, the minted ones aside. */
export function idsOf(group: Group, published: PublishedIds): readonly PublishedId[] {
  return [group.lead.entry.publishedId, ...idsIn(claimsOf(group, published))];
}

function idsIn(claims: readonly Claim[]): readonly PublishedId[] {
  return claims.map(({ id }) => id);
}

interface Claim {
  readonly id: PublishedId;
  /** The copy that claims it brought it. */
  readonly isOwn: boolean;
}

function claimsOf({ lead, others }: Group, published: PublishedIds): readonly Claim[] {
  return [lead, ...others].flatMap(({ entry }) => {
    const id = published.of(entry);
    return id === undefined ? [] : [{ id, isOwn: id === entry.publishedId }];
  });
}

/** The lead's own id, then those minted from it, up to the first that is free. */
function idsToTry({ entry, firstAddress }: Copy, taken: ReadonlySet<PublishedId>): readonly PublishedId[] {
  let id = entry.publishedId;
  const tried = [id];
  while (taken.has(id)) {
    id = mintedId(firstAddress, id) as PublishedId;
    tried.push(id);
  }
  return tried;
}

/** Which copies were published, under which ids. */
export class PublishedIds {
  readonly #byHash: ReadonlyMap<ItemHash, PublishedId>;
  /** Of the latest that left the edition it is known that they were published: under their own ids, where no other is kept. */
  readonly #former: ReadonlySet<ItemHash>;

  constructor(previous: PublishedBefore | undefined) {
    this.#byHash = publishedBefore(previous);
    this.#former = new Set(previous?.former);
  }

  of({ hash, publishedId }: Pick<Copy['entry'], 'hash' | 'publishedId'>): PublishedId | undefined {
    return this.#byHash.get(hash) ?? (this.#former.has(hash) ? publishedId : undefined);
  }

  /** Copies of which this says something else than `other`; perhaps a few more. */
  differences(other: PublishedIds): ReadonlySet<ItemHash> {
    const changed = this.#former.symmetricDifference(other.#former);
    const differ = [...this.#byHash, ...other.#byHash]
      .map(([hash]) => hash)
      .filter((hash) => this.#byHash.get(hash) !== other.#byHash.get(hash));
    return changed.union(new Set(differ));
  }
}

/** By item hash: the id that each was last published under, where that is not its own or it stood there last. */
export function publishedBefore(previous: PublishedBefore | undefined): ReadonlyMap<ItemHash, PublishedId> {
  const items = [...(previous?.absent ?? []), ...(previous?.items ?? [])];
  return new Map([
    ...(Object.entries(previous?.keptIds ?? {}) as [ItemHash, PublishedId][]),
    ...items.flatMap((item) => item.members.map((member) => [member.hash, item.publishedId] as const)),
  ]);
}

/** So many ids are kept beside those of ten windows. */
const KEPT_MIN = 2000;

/**
 * The ids to be kept with the next edition (see EditionRecord): those of the stories that stand in it first, then of those
 * that stood there last. Bounded: what left so long ago must come back past ten windows of others to be missed.
 */
export function idsToKeep(
  clusters: readonly (Group & { readonly publishedId: PublishedId })[],
  previous: PublishedBefore | undefined,
  limit: number,
): Readonly<Record<string, PublishedId>> {
  const kept = new Map<string, PublishedId>(
    clusters.flatMap(({ publishedId, lead, others }) =>
      [lead, ...others]
        .filter(({ entry }) => entry.publishedId !== publishedId)
        .map(({ entry }) => [entry.hash, publishedId] as const),
    ),
  );
  for (const [hash, id] of Object.entries(previous?.keptIds ?? {})) if (!kept.has(hash)) kept.set(hash, id);
  return Object.fromEntries([...kept].slice(0, KEPT_MIN + 10 * limit));
}
