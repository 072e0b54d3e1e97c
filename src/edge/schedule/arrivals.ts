// When a source's items came, as far as we can tell: by their dates where those can be true, else by when we looked. Pure.
import { ARRIVALS_MAX, SLOT_MS } from './rhythm.ts';

export interface SeenItem {
  /** The publisher's claim, milliseconds since 1970. */
  readonly claimedMs: number | undefined;
  readonly seenMs: number;
}

/**
 * The slots of `before` and of new items, ascending, the latest kept. `lookedMs`: when we last looked and they were not
 * there; undefined where that is not known. A date before it, or after we saw the item, is not when it came.
 */
export function withArrivals(
  before: readonly number[],
  items: readonly SeenItem[],
  lookedMs: number | undefined,
): readonly number[] {
  if (items.length === 0) return before;
  const slots = items.map((item) => Math.floor(arrivalMs(item, lookedMs) / SLOT_MS));
  const all = new Set([...before, ...slots.filter((slot) => slot >= 0)]);
  return [...all].toSorted((a, b) => a - b).slice(-ARRIVALS_MAX);
}

function arrivalMs({ claimedMs, seenMs }: SeenItem, lookedMs: number | undefined): number {
  const isTrue = claimedMs !== undefined && claimedMs <= seenMs && claimedMs >= (lookedMs ?? claimedMs);
  if (isTrue) return claimedMs;
  return lookedMs === undefined || lookedMs > seenMs ? seenMs : (lookedMs + seenMs) / 2;
}
