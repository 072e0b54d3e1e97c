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

/** As many of the newest as fit into a document of each format; measured by writing each of them alone. */
export function itemsThatFit(
  edition: Edition,
  writers: readonly OutputWriter[],
  bytesMax: number = DOCUMENT_BYTES_MAX,
): readonly EditionItem[] {
  const sizeOf = ({ render }: OutputWriter, items: readonly EditionItem[]) =>
    Buffer.byteLength(render({ ...edition, items }));
  const counts = writers.map((writer) => {
    const frame = sizeOf(writer, []);
    let bytes = frame;
    const end = edition.items.findIndex((item) => {
      // A line break between two items, and digits of a place on a page.
      bytes += sizeOf(writer, [item]) - frame + SEAM_BYTES;
      return bytes > bytesMax;
    });
    return end === -1 ? edition.items.length : end;
  });
  return edition.items.slice(0, Math.min(...counts));
}

const SEAM_BYTES = 8;
