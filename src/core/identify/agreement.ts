// Where an item and a known entry agree, and where they contradict each other, beyond their names.
import type { ItemIndexEntry } from '../../model/item-index.ts';
import type { Line } from './document-lines.ts';
import { isOfSentences, NEAR, nearness } from './text-sketch.ts';

/** Below, two texts have no more in common than any two of one site. */
const FAR = 0.2;

export function hasSamePage({ page }: Line, entry: ItemIndexEntry): boolean {
  return page !== undefined && page === entry.canonicalUrl;
}

/** As their publisher gives it. */
export function hasSameDate({ item }: Line, { publishedAt }: ItemIndexEntry): boolean {
  return publishedAt !== undefined && item.publishedAt === publishedAt;
}

export function hasOtherDate({ item }: Line, { publishedAt }: ItemIndexEntry): boolean {
  return publishedAt !== undefined && item.publishedAt !== undefined && item.publishedAt !== publishedAt;
}

/** Both have one, and it is the same. */
export function hasSameText(line: Line, { textSketch }: ItemIndexEntry): boolean {
  return textSketch !== undefined && line.sketch === textSketch;
}

export function hasNearText(line: Line, { textSketch }: ItemIndexEntry): boolean {
  return textSketch !== undefined && isOfSentences(textSketch) && nearness(line.sketch, textSketch) >= NEAR;
}

/** Both have one, and they have nothing in common. */
export function hasOtherText(line: Line, { textSketch }: ItemIndexEntry): boolean {
  return textSketch !== undefined && line.sketch !== undefined && nearness(line.sketch, textSketch) < FAR;
}

/** Another date and another text: another story, be it at the same page under the same title. */
export function isAnotherStory(line: Line, entry: ItemIndexEntry): boolean {
  return hasOtherDate(line, entry) && hasOtherText(line, entry);
}

/** Page and date are others, and so is the text; under another title it is enough that it is not near. The id is another story's now. */
export function isIdReused(line: Line, entry: ItemIndexEntry): boolean {
  const hasOtherPage =
    line.page !== undefined && entry.canonicalUrl !== undefined && line.page !== entry.canonicalUrl;
  if (!hasOtherPage || !hasOtherDate(line, entry)) return false;
  if (line.title === entry.titleHash) return hasOtherText(line, entry);
  return !hasNearText(line, entry);
}
