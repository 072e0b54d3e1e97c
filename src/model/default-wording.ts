// The wording of notes where the configuration gives none, in the language of the feed. Parts in [ … ] go when a value in
// them is missing.
import type { AttributionWording } from './config.ts';
import { lookupLanguage } from './language-lookup.ts';
import { NOTE_LANGUAGES, type NoteWords } from './note-languages.ts';

const FALLBACK = 'en';

/** For a feed in `language` (a tag of RFC 5646); in English where there is no wording in its language, or it states none. */
export function defaultWordingFor(language: string | undefined): AttributionWording {
  const tag = lookupLanguage(language ?? FALLBACK, NOTE_LANGUAGES);
  const words = wordsOf(tag ?? FALLBACK);
  const { source, author, published, copyright, also, via, comma, rightToLeft } = words;
  // Names of either direction stand beside each other: each is set apart, so that none turns its neighbours around.
  const open = rightToLeft ? '<p class="attribution" dir="rtl">' : '<p class="attribution">';
  const name = (value: string) => (rightToLeft ? `<bdi>${value}</bdi>` : value);
  return {
    position: 'after',
    template:
      `${open}[${name('{categories}')} · ]${source}<a href="{permalink}">${name('{source}')}</a>` +
      `[ · ${author}${name('{author}')}][ · ${published}{published}][<br>{rights}][<br>{copyright}]</p>`,
    copyright,
    timezone: 'UTC',
    // Never a date in one language within words of another.
    dateLocale: tag === undefined || language === undefined ? FALLBACK : language,
    phrases: { also, via, comma: comma ?? ', ' },
  };
}

export const DEFAULT_WORDING: AttributionWording = defaultWordingFor(FALLBACK);

function wordsOf(tag: string): NoteWords {
  return NOTE_LANGUAGES[tag] as NoteWords;
}
