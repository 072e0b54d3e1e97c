// Text to RawFeed: bounds, then the first input format that recognizes the document.
import { ReadError } from '../../model/errors.ts';
import type { RawFeed } from '../../model/raw-feed.ts';
import { INPUT_FORMATS } from './input-formats.ts';
import { DEFAULT_LIMITS, type ParseLimits } from './limits.ts';
import { notAFeed } from './not-a-feed.ts';

export interface ParseOptions {
  /** Lower bounds than the defaults, or higher ones. */
  readonly limits?: Partial<ParseLimits> | undefined;
}

/**
 * Reads any known feed format, well-formed or not. What the document is decides, not what its media type says, which is
 * wrong too often. Throws ReadError `empty-body`, `not-a-feed`, `too-deep` or `too-large`; its message has nothing of
 * the document in it. `text` has no lone surrogates: decoding leaves none.
 */
export async function parseFeed(text: string, options: ParseOptions = {}): Promise<RawFeed> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  if (text.length > limits.documentCharsMax) {
    throw new ReadError(
      'too-large',
      `the document has ${text.length} characters, more than the ${limits.documentCharsMax} that are read`,
    );
  }
  const start = firstCharacter(text);
  if (start === text.length) throw new ReadError('empty-body', 'the document is empty');
  const document = start === 0 ? text : text.slice(start);
  const format = INPUT_FORMATS.find((candidate) => candidate.recognizes(document));
  if (format === undefined) throw notAFeed(document);
  return format.read(document, limits);
}

/** Past white space, byte order marks and NULs. */
function firstCharacter(text: string): number {
  let index = 0;
  while (index < text.length && /[\s\0\ufeff\ufffe]/.test(text.charAt(index))) index += 1;
  return index;
}
