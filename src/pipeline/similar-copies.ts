// Which copies of a feed tell one story, by their texts. Each text is read and worked up once, when its copy comes or changes,
// and kept as its signature, in memory alone: ADR 17 has what a restart costs.
import type { FeedMerger } from '../core/merge/feed-merger.ts';
import { type Copy, compareText } from '../core/merge/order.ts';
import { packSignature, signatureOf } from '../core/merge/similar/signature.ts';
import { createSimilarIndex, type SimilarItem } from '../core/merge/similar/similar-index.ts';
import { SortedList } from '../core/merge/sorted-list.ts';
import { excerptText, plainText } from '../core/sanitize/plain-text.ts';
import type { ItemHash } from '../model/ids.ts';
import type { Html, Item } from '../model/item.ts';
import { effectivePublishedAt } from '../model/item-dates.ts';
import { msFromTimestamp } from '../model/timestamp.ts';
import type { ItemReader } from './prepare-items.ts';
import { yieldToOthers } from './yield-to-others.ts';

const DEFAULT_WITHIN_MS = 14 * 86_400_000;
/** About 250 MB. */
const COPIES_MAX = 100_000;
/** More of a text says nothing more of its story. UTF-16 units. */
const TEXT_CHARS_MAX = 6_000;
/** Texts held at once; others have their turn in between. */
const AT_ONCE = 100;

export interface SimilarCopies {
  /** A copy is new or changed. */
  put(copy: Copy): void;
  remove(hash: ItemHash): void;
  /** Tells the merger who is near to what came since the last time. Throws StoreError where the store does not answer; the next time goes on from there. */
  settle(merger: Linker): Promise<void>;
}

type Linker = Pick<FeedMerger, 'link' | 'unlink'>;

/** `copiesMax`: of the feed's copies only so many are compared, the latest by date. */
export function createSimilarCopies(
  read: ItemReader,
  withinMs: number = DEFAULT_WITHIN_MS,
  copiesMax: number = COPIES_MAX,
): SimilarCopies {
  const index = createSimilarIndex({ windowMs: withinMs });
  /** Those in the index, the oldest first; and what the signature of each was made of. */
  const oldestFirst = new SortedList<Dated>((a, b) => a.atMs - b.atMs || compareText(a.hash, b.hash));
  const taken = new Map<ItemHash, Dated & { readonly state: string }>();
  const waiting = new Map<ItemHash, Copy>();

  function remove(hash: ItemHash): void {
    waiting.delete(hash);
    const before = taken.get(hash);
    if (before !== undefined) oldestFirst.delete(before);
    taken.delete(hash);
    index.remove(hash);
  }

  /** So many later ones are there. */
  function isTooOld(copy: Copy): boolean {
    const [oldest] = oldestFirst;
    return oldest !== undefined && taken.size >= copiesMax && atMsOf(copy) < oldest.atMs;
  }

  function takeUp(copy: Copy, item: Item | undefined, merger: Linker): void {
    const { hash } = copy.entry;
    if (taken.has(hash)) merger.unlink(hash);
    remove(hash);
    // Without its text it is near to nobody; its source brings it again, with another fingerprint.
    if (item === undefined || isTooOld(copy)) return;
    const entry = { hash, atMs: atMsOf(copy), state: stateOf(copy) };
    taken.set(hash, entry);
    oldestFirst.add(entry);
    index.add(similarItem(copy, item));
    for (const near of index.near(hash)) merger.link(hash, near.hash as ItemHash, near.nearness);
    const [oldest] = oldestFirst;
    if (oldest === undefined || taken.size <= copiesMax) return;
    merger.unlink(oldest.hash);
    remove(oldest.hash);
  }

  /** What is too old costs no reading. Throws StoreError where the store does not answer. */
  async function takeUpSome(copies: readonly Copy[], merger: Linker): Promise<void> {
    const records = await read(copies.filter((copy) => !isTooOld(copy)).map(({ entry }) => entry));
    for (const copy of copies) takeUp(copy, records.get(copy.entry.hash)?.item, merger);
  }

  return {
    put(copy) {
      if (taken.get(copy.entry.hash)?.state !== stateOf(copy)) waiting.set(copy.entry.hash, copy);
      else waiting.delete(copy.entry.hash);
    },
    remove,
    async settle(merger) {
      if (waiting.size === 0) return;
      const latestFirst = [...waiting.values()].toSorted((a, b) => atMsOf(b) - atMsOf(a));
      for (let from = 0; from < latestFirst.length; from += AT_ONCE) {
        await takeUpSome(latestFirst.slice(from, from + AT_ONCE), merger);
        await yieldToOthers();
      }
    },
  };
}

interface Dated {
  readonly hash: ItemHash;
  readonly atMs: number;
}

function atMsOf({ entry }: Copy): number {
  return msFromTimestamp(effectivePublishedAt(entry));
}

/** What a signature and its place in time are made of. */
function stateOf({ entry }: Copy): string {
  return `${entry.fingerprint} ${entry.revision} ${effectivePublishedAt(entry)}`;
}

function similarItem(copy: Copy, item: Item): SimilarItem {
  return {
    hash: copy.entry.hash,
    sourceId: copy.source.id,
    atMs: atMsOf(copy),
    signature: packSignature(signatureOf({ title: item.title, text: textOf(item) })),
  };
}

/** The longer of content and summary, without the note that another Tributary declared. */
function textOf({ content, summary, declaredNote }: Item): string {
  const texts = [content, summary].map((html) => beginningOf(html));
  const [longer = ''] = texts.toSorted((a, b) => b.length - a.length);
  return declaredNote === undefined ? longer : longer.replace(plainText(declaredNote), '');
}

function beginningOf(html: Html | undefined): string {
  return html === undefined ? '' : excerptText(html.html, TEXT_CHARS_MAX);
}
