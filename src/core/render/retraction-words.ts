// How documents say that an item was taken out: by whom, of which source, why. In the language of the feed where we have its
// words, else in English. What the item said is nowhere in it.
import type { Edition, Retraction } from '../../model/edition.ts';
import { wordsFor } from './page-voice.ts';

export function retractionsHeading({ language }: Edition): string {
  return wordsFor(language).withdrawn.heading;
}

/** A title that does not repeat the item's: a title may be what had to go. */
export function retractionTitle({ takenOutBy }: Retraction, { language }: Edition): string {
  const { byPublisher, bySite } = wordsFor(language).withdrawn;
  return takenOutBy === 'publisher' ? byPublisher : bySite;
}

/** Plain text. */
export function retractionText(retraction: Retraction, edition: Edition): string {
  const { by, reason, sourceTitle } = retraction;
  const words = wordsFor(edition.language).withdrawn;
  const who = by === undefined || by === sourceTitle ? '' : ` (${by})`;
  const why = reason === undefined ? '' : ` ${words.reason} ${reason}`;
  return `${retractionTitle(retraction, edition)}${who}. ${words.source} ${sourceTitle}.${why}`;
}

/** Who took it out, for readers that are machines: undefined where the publisher did not say. */
export function retractedBy({ takenOutBy, by }: Retraction, edition: Edition): string | undefined {
  return by ?? (takenOutBy === 'operator' ? edition.title : undefined);
}
