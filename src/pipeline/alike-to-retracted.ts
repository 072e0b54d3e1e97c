// What says nearly the same as something that the operator took out is out with it, whenever it came.
import type { FeedMerger } from '../core/merge/feed-merger.ts';
import type { Copy } from '../core/merge/order.ts';
import type { ItemHash } from '../model/ids.ts';
import type { RetractionRecord } from '../model/retraction-record.ts';
import type { OutCopy } from './retracted-items.ts';

/** Out by `operator`, which does not name it. */
export interface OutByText extends OutCopy {
  readonly operator: RetractionRecord;
}

export interface AlikeToRetracted {
  /** A retraction names this copy: what is near to it is out. */
  addNamed(hash: ItemHash): void;
  /** It changed, or is known no more. */
  delete(hash: ItemHash): void;
  /** It is out by its text. */
  has(hash: ItemHash): boolean;
  /** Takes out what is near to what is named; gives back what is not any more, to be placed anew. */
  settle(): readonly Copy[];
  unnamed(): readonly OutByText[];
}

/** `out`: what stands in no story; written here for what is alike. */
export function createAlikeToRetracted(
  merger: Pick<FeedMerger, 'nearTo' | 'copyOf' | 'setAside'>,
  out: Map<ItemHash, OutCopy>,
): AlikeToRetracted {
  const named = new Set<ItemHash>();
  const alike = new Set<ItemHash>();

  /** Only by what is named: what is near to what is near may be another story. */
  function found(): ReadonlyMap<ItemHash, RetractionRecord> {
    const all = new Map<ItemHash, RetractionRecord>();
    for (const hash of named) {
      const operator = out.get(hash)?.operator;
      if (operator === undefined) continue;
      for (const near of merger.nearTo(hash)) {
        if (merger.copyOf(near) !== undefined || alike.has(near)) all.set(near, all.get(near) ?? operator);
      }
    }
    return all;
  }

  return {
    addNamed: (hash) => void named.add(hash),
    delete(hash) {
      named.delete(hash);
      alike.delete(hash);
    },
    has: (hash) => alike.has(hash),
    settle() {
      const near = found();
      const released = [...alike].flatMap((hash) => {
        if (near.has(hash)) return [];
        const { operator: _no, ...copy } = out.get(hash) as OutCopy;
        return [copy];
      });
      for (const [hash, operator] of near) {
        const copy = merger.copyOf(hash) ?? (out.get(hash) as OutCopy);
        merger.setAside(hash);
        out.set(hash, { ...copy, operator });
        alike.add(hash);
      }
      return released;
    },
    unnamed: () =>
      [...alike].flatMap((hash) => {
        const copy = out.get(hash);
        return copy?.operator === undefined ? [] : [{ ...copy, operator: copy.operator }];
      }),
  };
}
