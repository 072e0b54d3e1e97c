// How long a document may become: readers poll it whole. Items are left out, the same of every format, and none is ever cut:
// the oldest, but a quarter of the room goes round the sources, so that the long texts of one push out nobody's newest.
import type { Edition, EditionItem } from '../../model/edition.ts';
import type { OutputWriter } from './output-formats.ts';

/** Bytes of one document, before compression. */
export const DOCUMENT_BYTES_MAX = 5_000_000;

/** Takes an item where it fits below so many bytes; tells whether it did. */
type Room = (item: EditionItem, bytesMax: number) => boolean;

/** As many items as their HTML alone allows: what is left out need not be written to know it. */
export function itemsThatMayFit(
  items: readonly EditionItem[],
  bytesMax: number = DOCUMENT_BYTES_MAX,
): readonly EditionItem[] {
  let chars = 0;
  return fill(items, bytesMax, (item, most) => {
    const next = chars + (item.contentHtml?.length ?? 0);
    if (next > most) return false;
    chars = next;
    return true;
  });
}

/** As many items as fit into a document of each format; measured by writing each of them alone. */
export function itemsThatFit(
  edition: Edition,
  writers: readonly OutputWriter[],
  bytesMax: number = DOCUMENT_BYTES_MAX,
): readonly EditionItem[] {
  const measures = writers.map((writer) => measureOf(edition, writer));
  return fill(edition.items, bytesMax, (item, most) => {
    const bytes = measures.map((measure) => measure.with(item));
    if (bytes.some((sum) => sum.bytes + sum.forItems > most)) return false;
    for (const [place, measure] of measures.entries()) measure.take(bytes[place]);
    return true;
  });
}

/** In their order. What does not fit ends the newest, so that nothing older stands in its place. */
function fill(items: readonly EditionItem[], bytesMax: number, takes: Room): readonly EditionItem[] {
  const taken = new Set<EditionItem>();
  const take = (item: EditionItem, most: number): boolean => {
    const isTaken = taken.has(item) || takes(item, most);
    if (isTaken) taken.add(item);
    return isTaken;
  };
  for (const round of inRounds(items)) {
    const fitting = round.filter((item) => take(item, bytesMax / 4));
    if (fitting.length < round.length) break;
  }
  for (const item of items) if (!take(item, bytesMax)) break;
  return items.filter((item) => taken.has(item));
}

/** The newest of each source, then the second newest of each, and so on. */
function inRounds(newestFirst: readonly EditionItem[]): readonly (readonly EditionItem[])[] {
  const told = new Map<string, number>();
  const rounds: EditionItem[][] = [];
  for (const item of newestFirst) {
    const { sourceId } = item.attribution;
    const round = told.get(sourceId) ?? 0;
    told.set(sourceId, round + 1);
    const ofRound = rounds[round];
    if (ofRound === undefined) rounds.push([item]);
    else ofRound.push(item);
  }
  return rounds;
}

interface Sum {
  readonly bytes: number;
  /** What the whole document says for the sake of items. */
  readonly forItems: number;
}

interface Measure {
  with(item: EditionItem): Sum;
  take(sum: Sum | undefined): void;
}

/**
 * What the whole document says for the sake of items (their vocabularies, a podcast's channel) is reckoned once, as long as any
 * one of them needs it: where several need different things a document may still be a little too long.
 */
function measureOf(edition: Edition, { render }: OutputWriter): Measure {
  const sizeOf = (...items: readonly EditionItem[]) => Buffer.byteLength(render({ ...edition, items }));
  const frame = sizeOf();
  let sum: Sum = { bytes: frame, forItems: 0 };
  return {
    with(item) {
      const alone = sizeOf(item) - frame;
      const own = sizeOf(item, item) - frame - alone;
      // A line break between two items, and digits of a place on a page.
      return { bytes: sum.bytes + own + SEAM_BYTES, forItems: Math.max(sum.forItems, alone - own) };
    },
    take(next) {
      sum = next ?? sum;
    },
  };
}

const SEAM_BYTES = 8;
