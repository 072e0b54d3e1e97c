// Items as an edition needs them: loaded from the store and made safe once, kept while they stand in the window.
import { plainExtensions } from '../core/sanitize/plain-extensions.ts';
import { SANITIZER_VERSION } from '../core/sanitize/sanitize.ts';
import type { Store } from '../edge/store/store.ts';
import { StoreError } from '../model/errors.ts';
import type { ItemHash } from '../model/ids.ts';
import type { Html, Item } from '../model/item.ts';
import type { ItemIndexEntry } from '../model/item-index.ts';
import type { ItemRecord } from '../model/source-record.ts';
import type { UntrustedWork } from './untrusted-work.ts';
import { yieldToOthers } from './yield-to-others.ts';

/** An item with safe HTML in place of what its publisher sent. */
export interface PreparedItem {
  readonly item: Item;
  readonly contentHtml: string | undefined;
  readonly summaryHtml: string | undefined;
}

export type ItemReader = (entries: readonly ItemIndexEntry[]) => Promise<ReadonlyMap<ItemHash, ItemRecord>>;

const READ_AT_ONCE = 500;

/** Reads items in bounded steps. Throws StoreError where the store does not answer; what it has no record of is absent. */
export function createItemReader(store: Store): ItemReader {
  return async (entries) => {
    const found = new Map<ItemHash, ItemRecord>();
    for (let from = 0; from < entries.length; from += READ_AT_ONCE) {
      const hashes = entries.slice(from, from + READ_AT_ONCE).map((entry) => entry.hash);
      const answer = await store.readItems(hashes);
      if (answer.kind === 'unavailable') throw answer.error;
      if (answer.kind === 'unreadable') throw new StoreError('store-unreadable', answer.reason);
      if (answer.kind === 'hit') for (const [hash, record] of answer.value) found.set(hash, record);
    }
    return found;
  };
}

export interface ItemPreparer {
  /** Prepares the items of the entries, from memory where nothing changed; forgets those not asked for. */
  prepare(entries: readonly ItemIndexEntry[]): Promise<ReadonlyMap<ItemHash, PreparedItem>>;
}

export function createItemPreparer(read: ItemReader, work: UntrustedWork): ItemPreparer {
  let kept = new Map<string, PreparedItem>();
  const nameOf = (entry: ItemIndexEntry) => `${entry.hash} ${entry.fingerprint} ${SANITIZER_VERSION}`;
  return {
    async prepare(entries) {
      const records = await read(entries.filter((entry) => !kept.has(nameOf(entry))));
      const next = new Map<string, PreparedItem>();
      const prepared = new Map<ItemHash, PreparedItem>();
      for (const entry of entries) {
        const name = nameOf(entry);
        const record = records.get(entry.hash);
        const item =
          kept.get(name) ?? (record === undefined ? undefined : await prepareItem(record.item, work));
        if (item === undefined) continue;
        next.set(name, item);
        prepared.set(entry.hash, item);
        await yieldToOthers();
      }
      kept = next;
      return prepared;
    },
  };
}

async function prepareItem(item: Item, work: UntrustedWork): Promise<PreparedItem> {
  const { content, summary, ...rest } = item;
  const safe = async (html: Html | undefined) => html && (await work.makeSafe(html.html));
  const extensions = item.extensions && plainExtensions(item.extensions);
  return {
    item: { ...rest, extensions },
    contentHtml: await safe(content),
    summaryHtml: await safe(summary),
  };
}
