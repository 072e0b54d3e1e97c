// Where a text is cut: after a word, as its language has words (Intl.Segmenter knows those of Thai, Chinese and Japanese,
// which put no space between them), and never within a character as people see it.

/** Of folded text: how much of it is looked at beyond the cut. A word that is longer is cut as if it were none. */
export const LOOK_AHEAD_CHARS = 256;
/** Of what may stay: if the last whole word leaves less, it is a word without end, such as an address. */
const WORD_LOSS_MAX = 0.4;
const SEGMENTERS_MAX = 100;

/** What may not end a text: brackets and quotes that open, and what joins two parts of a sentence. */
const LOOSE = /^[\s\p{Ps}\p{Pi},;:–—-]$/u;

const segmenters = new Map<string, Intl.Segmenter>();

/** Characters (UTF-16 units) of `text` to keep, at most `max`; all of it where it is no longer. */
export function cutPlace(text: string, max: number, language: string | undefined): number {
  if (text.length <= max) return text.length;
  const seen = text.slice(0, max + LOOK_AHEAD_CHARS);
  const word = lastBoundary(seen, max, segmenterOf(language, 'word'));
  const place =
    word >= max * (1 - WORD_LOSS_MAX) ? word : lastBoundary(seen, max, segmenterOf(language, 'grapheme'));
  return withoutLooseEnd(seen, place);
}

function withoutLooseEnd(text: string, place: number): number {
  let end = place;
  while (end > 0 && LOOSE.test(text.charAt(end - 1))) end -= 1;
  return end;
}

function lastBoundary(text: string, max: number, segmenter: Intl.Segmenter): number {
  let place = 0;
  for (const { index, segment } of segmenter.segment(text)) {
    if (index + segment.length > max) break;
    place = index + segment.length;
  }
  return place;
}

function segmenterOf(language: string | undefined, granularity: 'word' | 'grapheme'): Intl.Segmenter {
  const name = `${granularity} ${language ?? ''}`;
  const known = segmenters.get(name);
  if (known !== undefined) return known;
  const segmenter = createSegmenter(language, granularity);
  if (segmenters.size < SEGMENTERS_MAX) segmenters.set(name, segmenter);
  return segmenter;
}

/** Feeds name languages that are none: the rules for all languages hold then. */
function createSegmenter(language: string | undefined, granularity: 'word' | 'grapheme'): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language ?? 'und', { granularity });
  } catch {
    return new Intl.Segmenter('und', { granularity });
  }
}
