// Which copies of a feed tell one story, by their texts. Each text is read and worked up once, when its copy comes or changes,
// and kept as its signature, in memory alone: ADR 17 has what a restart costs.
import type { FeedMerger } from '../core/merge/feed-merger.ts';
import type { Copy } from '../core/merge/order.ts';
import { packSignature, signatureOf } from '../core/merge/similar/signature.ts';
import { createSimilarIndex, type SimilarItem } from '../core/merge/similar/similar-index.ts';
import { excerptText, plainText } from '../core/sanitize/plain-text.ts';
import type { ItemHash } from '../model/ids.ts';
import type { Html, Item } from '../model/item.ts';
import { effectivePublishedAt } from '../model/item-dates.ts';
import { msFromTimestamp } from '../model/timestamp.ts';
import type { ItemReader } from './prepare-items.ts';

const DEFAULT_WITHIN_MS = 14 * 86_400_000;
/** Of a feed's copies no more are compared: about 250 MB. */
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
  settle(merger: Pick<FeedMerger, 'link' | 'unlink'>): Promise<void>;
}

export function createSimilarCopies(read: ItemReader, withinMs: number = DEFAULT_WITHIN_MS): SimilarCopies {
  const index = createSimilarIndex({ windowMs: withinMs });
  /** What each signature was made of. */
  const states = new Map<ItemHash, string>();
  const waiting = new Map<ItemHash, Copy>();

  function remove(hash: ItemHash): void {
    waiting.delete(hash);
    states.delete(hash);
    index.remove(hash);
  }

  function takeUp(copy: Copy, item: Item | undefined, merger: Pick<FeedMerger, 'link' | 'unlink'>): void {
    const { hash } = copy.entry;
    if (states.has(hash)) merger.unlink(hash);
    remove(hash);
    // Without its text it is near to nobody; its source brings it again, with another fingerprint.
    if (item === undefined || index.size >= COPIES_MAX) return;
    states.set(hash, stateOf(copy));
    index.add(similarItem(copy, item));
    for (const near of index.near(hash)) merger.link(hash, near.hash as ItemHash, near.nearness);
  }

  return {
    put(copy) {
      if (states.get(copy.entry.hash) !== stateOf(copy)) waiting.set(copy.entry.hash, copy);
      else waiting.delete(copy.entry.hash);
    },
    remove,
    async settle(merger) {
      while (waiting.size > 0) {
        const some = [...waiting.values().take(AT_ONCE)];
        const records = await read(some.map(({ entry }) => entry));
        for (const copy of some) takeUp(copy, records.get(copy.entry.hash)?.item, merger);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

/** What a signature and its place in time are made of. */
function stateOf({ entry }: Copy): string {
  return `${entry.fingerprint} ${entry.revision} ${effectivePublishedAt(entry)}`;
}

function similarItem({ source, entry }: Copy, item: Item): SimilarItem {
  return {
    hash: entry.hash,
    sourceId: source.id,
    atMs: msFromTimestamp(effectivePublishedAt(entry)),
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
