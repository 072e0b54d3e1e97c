// What has been published and stands in no archive, from one edition to the next.
import type { ArchivedItem } from '../../model/archive.ts';
import type { ItemHash, PublishedId } from '../../model/ids.ts';

/** What is known of a copy now. */
export interface CopyState {
  /** It is an item of the feed's sources, whatever becomes of it. */
  readonly isKnown: boolean;
  /** Its publisher or the operator took it out. */
  readonly isOut: boolean;
  /** The story that it is part of; undefined where filters keep it out. */
  readonly storyId: PublishedId | undefined;
}

export interface PendingInput {
  /** Of the edition before. */
  readonly before: readonly ArchivedItem[];
  /** Those of the edition, as they are in it. */
  readonly shown: readonly ArchivedItem[];
  /** Stories that no document showed, since too many came at once; they may never have one. */
  readonly beyond: readonly ArchivedItem[];
  readonly isArchived: (item: ArchivedItem) => boolean;
  readonly isArchivedId: (id: PublishedId) => boolean;
  readonly stateOf: (hash: ItemHash) => CopyState;
}

export interface Pending {
  /** In the subscription document. */
  readonly standing: readonly ArchivedItem[];
  /** In it no more. */
  readonly departed: readonly ArchivedItem[];
}

export function nextPending(input: PendingInput): Pending {
  const { isArchived } = input;
  const shownIds = new Set(input.shown.map(({ item }) => item.id));
  const hasPlace = (id: PublishedId) => shownIds.has(id) || input.isArchivedId(id);
  const departed = new Map(
    [...input.before.filter((item) => staysPublished(item, input, hasPlace)), ...input.beyond]
      .filter((archived) => !shownIds.has(archived.item.id) && !isArchived(archived))
      .map((archived) => [archived.item.id, archived] as const),
  );
  return {
    standing: input.shown.filter((archived) => !isArchived(archived)),
    departed: [...departed.values()],
  };
}

/**
 * What was taken out, or what a rule of the configuration keeps out by now, is not sealed; nor a story that became part of
 * another one. What its source has dropped, or the document has no room for, is.
 */
function staysPublished(
  { item, hashes }: ArchivedItem,
  { stateOf }: PendingInput,
  hasPlace: (id: PublishedId) => boolean,
): boolean {
  const [lead] = hashes;
  if (lead === undefined) return true;
  const { isKnown, isOut, storyId } = stateOf(lead);
  if (isOut) return false;
  if (!isKnown) return true;
  if (storyId === undefined) return false;
  return storyId === item.id || !hasPlace(storyId);
}
