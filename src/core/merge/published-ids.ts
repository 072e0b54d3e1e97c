// Under which id each story is published: once it is, under that one for good.
import type { PublishedId } from '../../model/ids.ts';
import { mintedId } from '../../model/minted-id.ts';
import type { EditionRecord } from '../../model/records.ts';
import type { Group } from './group.ts';
import type { Copy } from './order.ts';

/** What was published before. */
export type PublishedBefore = Pick<EditionRecord, 'items' | 'absent' | 'keptIds'>;

/** The id under which any of its copies was published, else the lead's own; minted anew where another item has that one. */
export function assignIds(
  ranked: readonly Group[],
  previous: PublishedBefore | undefined,
): ReadonlyMap<Group, PublishedId> {
  const published = publishedBefore(previous);
  const taken = new Set<PublishedId>();
  const claim = (group: Group): PublishedId | undefined =>
    [group.lead, ...group.others]
      .map((copy) => published.get(copy.entry.hash))
      .find((id) => id !== undefined && !taken.has(id));
  const ids = new Map<Group, PublishedId>();
  for (const group of ranked) {
    const id = claim(group);
    if (id === undefined) continue;
    taken.add(id);
    ids.set(group, id);
  }
  for (const group of ranked) {
    if (ids.has(group)) continue;
    const id = freeId(group.lead, taken);
    taken.add(id);
    ids.set(group, id);
  }
  return ids;
}

/** By item hash: the id that each was last published under, where that is not its own or it stood there last. */
export function publishedBefore(previous: PublishedBefore | undefined): ReadonlyMap<string, PublishedId> {
  const items = [...(previous?.absent ?? []), ...(previous?.items ?? [])];
  return new Map([
    ...Object.entries(previous?.keptIds ?? {}),
    ...items.flatMap((item) => item.members.map((member) => [member.hash, item.publishedId] as const)),
  ]);
}

/** The ids to be kept with the next edition: see EditionRecord. `isKnown` tells whether an item is known still. */
export function idsToKeep(
  clusters: readonly (Group & { readonly publishedId: PublishedId })[],
  previous: PublishedBefore | undefined,
  isKnown: (hash: string) => boolean,
): Readonly<Record<string, PublishedId>> {
  const before = Object.entries(previous?.keptIds ?? {}).filter(([hash]) => isKnown(hash));
  const now = clusters.flatMap(({ publishedId, lead, others }) =>
    [lead, ...others]
      .filter(({ entry }) => entry.publishedId !== publishedId)
      .map(({ entry }) => [entry.hash, publishedId] as const),
  );
  return Object.fromEntries([...before, ...now]);
}

function freeId({ entry, firstAddress }: Copy, taken: ReadonlySet<PublishedId>): PublishedId {
  let id = entry.publishedId;
  while (taken.has(id)) id = mintedId(firstAddress, id) as PublishedId;
  return id;
}
