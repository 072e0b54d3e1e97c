// Items as an edition needs them: loaded from the store and made safe once, kept while they stand in the window.
import { SANITIZER_VERSION, sanitizeHtml } from '../core/sanitize/sanitize.ts';
import type { Store } from '../edge/store/store.ts';
import { StoreError } from '../model/errors.ts';
import type { ItemHash } from '../model/ids.ts';
import type { Item } from '../model/item.ts';
import type { ItemIndexEntry, ItemRecord } from '../model/records.ts';

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

export function createItemPreparer(read: ItemReader): ItemPreparer {
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
        const item = kept.get(name) ?? (record === undefined ? undefined : prepareItem(record.item));
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

function prepareItem(item: Item): PreparedItem {
  const { content, summary, ...rest } = item;
  return {
    item: rest,
    contentHtml: content === undefined ? undefined : sanitizeHtml(content.html),
    summaryHtml: summary === undefined ? undefined : sanitizeHtml(summary.html),
  };
}

/** Making a large item safe takes milliseconds: requests and polls go in between. */
function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
