// What was published says when things were first known whose records the store may have lost. Pure.
import type { EditionRecord } from '../model/edition-record.ts';
import type { ItemHash } from '../model/ids.ts';
import type { RetractionRecord } from '../model/retraction-record.ts';
import { earlier, type Timestamp } from '../model/timestamp.ts';

/** Items, by the editions and by what the operator took out of them. */
export function firstSeenBy(
  editions: readonly EditionRecord[],
  retractions: readonly RetractionRecord[],
): ReadonlyMap<ItemHash, Timestamp> {
  const firstSeen = new Map<ItemHash, Timestamp>();
  for (const member of retractions.flatMap((record) => record.members))
    firstSeen.set(member.hash, member.firstSeenAt);
  for (const item of editions.flatMap((edition) => [...edition.items, ...(edition.absent ?? [])])) {
    for (const member of item.members) {
      const at = member.firstSeenAt ?? item.firstSeenAt;
      firstSeen.set(member.hash, earlier(at, firstSeen.get(member.hash) ?? at));
    }
  }
  return firstSeen;
}

/** Sources, by their ids. */
export function firstReadBy(editions: readonly EditionRecord[]): ReadonlyMap<string, Timestamp> {
  const firstRead = new Map<string, Timestamp>();
  for (const [id, at] of editions.flatMap((edition) => Object.entries(edition.sourceReads ?? {})))
    firstRead.set(id, earlier(at, firstRead.get(id) ?? at));
  return firstRead;
}
