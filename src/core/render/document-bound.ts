// How long a document may become: readers poll it whole. The oldest items are left out, the same of every format, and no
// item is ever cut.
import type { Edition, EditionItem } from '../../model/edition.ts';
import type { OutputWriter } from './output-formats.ts';

/** Bytes of one document, before compression. */
export const DOCUMENT_BYTES_MAX = 5_000_000;

/** Items, newest first, up to where their HTML alone is too long: what follows need not be written to know it. */
export function itemsThatMayFit(
  items: readonly EditionItem[],
  bytesMax: number = DOCUMENT_BYTES_MAX,
): readonly EditionItem[] {
  let chars = 0;
  const end = items.findIndex((item) => {
    chars += item.contentHtml?.length ?? 0;
    return chars > bytesMax;
  });
  return end === -1 ? items : items.slice(0, end);
}

/**
 * As many of the newest as fit into a document of each format; measured by writing each of them alone. What the whole document
 * says for the sake of items (their vocabularies, a podcast's channel) is reckoned once, as long as any one of them needs it:
 * where several need different things a document may still be a little too long.
 */
export function itemsThatFit(
  edition: Edition,
  writers: readonly OutputWriter[],
  bytesMax: number = DOCUMENT_BYTES_MAX,
): readonly EditionItem[] {
  const counts = writers.map(({ render }) => {
    const sizeOf = (...items: readonly EditionItem[]) => Buffer.byteLength(render({ ...edition, items }));
    const frame = sizeOf();
    let bytes = frame;
    let forItems = 0;
    const end = edition.items.findIndex((item) => {
      const alone = sizeOf(item) - frame;
      const own = sizeOf(item, item) - frame - alone;
      forItems = Math.max(forItems, alone - own);
      // A line break between two items, and digits of a place on a page.
      bytes += own + SEAM_BYTES;
      return bytes + forItems > bytesMax;
    });
    return end === -1 ? edition.items.length : end;
  });
  return edition.items.slice(0, Math.min(...counts));
}

const SEAM_BYTES = 8;
