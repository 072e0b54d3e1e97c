// The places of a feed's sources among each other, by which equals are ordered: who stays keeps its number when others come and go,
// so that what was ordered by it stands.
import type { SourceId } from '../../model/ids.ts';

export type SourcePlaces = ReadonlyMap<SourceId, number>;

export function placesOf(ids: readonly SourceId[]): SourcePlaces {
  return new Map(ids.map((id, place) => [id, place]));
}

/**
 * Places for `ids`, in this order: those in `before` as they were, the others between. Undefined where that cannot be: those that stay
 * are in another order now, or there is no number left between two of them.
 */
export function placesAfter(before: SourcePlaces, ids: readonly SourceId[]): SourcePlaces | undefined {
  const places = new Map<SourceId, number>();
  let last = Number.NEGATIVE_INFINITY;
  for (let start = 0; start < ids.length; ) {
    let end = start;
    while (end < ids.length && !before.has(ids[end] as SourceId)) end += 1;
    const next = before.get(ids[end] as SourceId) ?? (Number.isFinite(last) ? last : -1) + 1 + end - start;
    const low = Number.isFinite(last) ? last : next - 1 - (end - start);
    for (let index = start; index <= end && index < ids.length; index += 1) {
      const place = index === end ? next : low + ((next - low) * (index - start + 1)) / (end - start + 1);
      if (place <= last) return undefined;
      places.set(ids[index] as SourceId, place);
      last = place;
    }
    start = end + 1;
  }
  return places;
}
