// What is told of each copy beside its verdict: title, page, dates, and whether it stands in what is published now.
import type { Copy } from '../core/merge/order.ts';
import { publishedBefore } from '../core/merge/published-ids.ts';
import type { EditionRecord } from '../model/edition-record.ts';
import type { ItemHash, PublishedId } from '../model/ids.ts';
import { effectivePublishedAt } from '../model/item-dates.ts';
import type { ItemIndexEntry } from '../model/item-index.ts';
import type { Timestamp } from '../model/timestamp.ts';
import type { CopyExplanation } from './explain-copies.ts';
import type { ItemDates, ItemExplanation } from './explanation.ts';
import type { ItemReader } from './prepare-items.ts';

interface Told {
  readonly told: ReadonlyMap<ItemHash, CopyExplanation>;
  readonly previous: EditionRecord | undefined;
  readonly read: ItemReader;
}

export async function tellItems(
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
export function remembered(
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
