// The language of a page: its words, its dates and numbers, its direction. Words and dates go together, in English where we have
// no words for a feed's language; what publishers and the operator say keeps its own.
import { dayInWords } from '../../model/day-in-words.ts';
import { defaultWordingFor } from '../../model/default-wording.ts';
import { lookupLanguage } from '../../model/language-lookup.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { isRightToLeft, languageTag } from './language-tag.ts';
import { PAGE_LANGUAGES } from './words/page-languages.ts';
import type { Counted, PageWords } from './words/page-words.ts';

const FALLBACK = 'en';

export interface PageVoice {
  readonly words: PageWords;
  /** Of the page's own words, a tag of RFC 5646. */
  readonly language: string;
  /** Of what the feed says, where that is another language than our words are in. */
  readonly feedLanguage: string | undefined;
  readonly direction: 'ltr' | 'rtl';
  readonly timezone: string;
}

/** `language`: of the feed. `timezone`: an IANA name. */
export function voiceOf({
  language,
  timezone,
}: {
  readonly language: string | undefined;
  readonly timezone?: string | undefined;
}): PageVoice {
  const tag = languageTag(language);
  const isSpoken = tag !== undefined && lookupLanguage(tag, PAGE_LANGUAGES) !== undefined;
  return {
    words: wordsFor(tag),
    language: isSpoken ? tag : FALLBACK,
    feedLanguage: isSpoken ? undefined : tag,
    direction: isRightToLeft(tag) ? 'rtl' : 'ltr',
    timezone: timezone ?? 'UTC',
  };
}

export function wordsFor(language: string | undefined): PageWords {
  return PAGE_LANGUAGES[lookupLanguage(language ?? FALLBACK, PAGE_LANGUAGES) ?? FALLBACK];
}

/** A text with its {placeholders} filled in. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

export function dayWords({ language, timezone }: PageVoice, at: Timestamp): string {
  return dayInWords(at, language, timezone);
}

/** As in `3 items`. */
export function counted({ language }: PageVoice, words: Counted, n: number): string {
  const { rules, numbers } = formatsFor(language);
  return filled(words[rules.select(n)] ?? words.other, { n: numbers.format(n) });
}

const BYTES_UNITS = [
  ['megabyte', 1_000_000],
  ['kilobyte', 1000],
  ['byte', 1],
] as const;

/** As in `18.3 MB`. */
export function bytesWords({ language }: PageVoice, bytes: number): string {
  const [unit, size] = BYTES_UNITS.find(([, each]) => bytes >= each) ?? BYTES_UNITS[2];
  const { units } = formatsFor(language);
  return plainSpaces((units.get(unit) as Intl.NumberFormat).format(bytes / size));
}

/** Between names, and around the two of a source that another passed on. */
export function namePhrases({ language }: PageVoice): { readonly comma: string; readonly via: string } {
  return defaultWordingFor(language).phrases;
}

interface Formats {
  readonly rules: Intl.PluralRules;
  readonly numbers: Intl.NumberFormat;
  readonly units: ReadonlyMap<string, Intl.NumberFormat>;
}

/** They cost much to make and little to use. Languages are those of the configuration. */
const formats = new Map<string, Formats>();
const FORMATS_MAX = 500;

/** Locales are looked up and digits fixed, so that the same page comes of every machine. */
function formatsFor(language: string): Formats {
  const known = formats.get(language);
  if (known !== undefined) return known;
  if (formats.size >= FORMATS_MAX) formats.clear();
  const fixed = { localeMatcher: 'lookup', numberingSystem: 'latn' } as const;
  const made = {
    rules: new Intl.PluralRules(language, { localeMatcher: 'lookup' }),
    numbers: new Intl.NumberFormat(language, fixed),
    units: new Map(
      BYTES_UNITS.map(([unit]) => [
        unit,
        new Intl.NumberFormat(language, { ...fixed, style: 'unit', unit, maximumFractionDigits: 1 }),
      ]),
    ),
  };
  formats.set(language, made);
  return made;
}

/** Releases of CLDR keep changing between kinds of white space and marks of direction. */
function plainSpaces(text: string): string {
  return text
    .replace(/[\u061c\u200e\u200f]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
