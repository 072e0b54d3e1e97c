// What rules look at: an item's texts, each made once and only when a rule asks for it.
import type { TextField } from '../../model/config.ts';
import { assertNever } from '../../model/errors.ts';
import type { Item } from '../../model/item.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import type { LanguageDetector } from './detect-language.ts';
import { foldText, tidyText } from './fold-text.ts';

/** Of each text: rules look no further, so that no item costs more than that. */
export const TEXT_CHARS_MAX = 100_000;
const LANGUAGE_CHARS_MAX = 2_000;

export interface JudgedItem {
  readonly item: Item;
  /** As they are shown; the publisher's own names are looked at too. */
  readonly categories: readonly string[];
  /** The date that it is published under. */
  readonly publishedAt: Timestamp;
  /** What its feed says of its language. */
  readonly feedLanguage: string | undefined;
  /** The text of HTML, tags off, references decoded. */
  readonly textOf: (html: string) => string;
  /** Guesses the language of a text, where no one says it; undefined where it cannot tell. */
  readonly languageOf?: LanguageDetector | undefined;
}

export interface Subject {
  readonly judged: JudgedItem;
  texts(field: TextField | undefined): readonly string[];
  foldedTexts(field: TextField | undefined): readonly string[];
  language(): string | undefined;
}

const TEXT_FIELDS = [
  'title',
  'author',
  'category',
  'link',
  'content',
] as const satisfies readonly TextField[];

export function subjectOf(judged: JudgedItem): Subject {
  const texts = onceForEach((field: TextField | undefined): readonly string[] =>
    field === undefined
      ? TEXT_FIELDS.flatMap(texts)
      : rawTexts(judged, field).map((text) => tidyText(text.slice(0, TEXT_CHARS_MAX))),
  );
  const foldedTexts = onceForEach((field: TextField | undefined): readonly string[] =>
    field === undefined ? TEXT_FIELDS.flatMap(foldedTexts) : texts(field).map(foldText),
  );
  const languages = onceForEach((_: undefined) => languageOf(judged, texts));
  return { judged, texts, foldedTexts, language: () => languages(undefined) };
}

function onceForEach<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined || made.has(key)) return known as Value;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

function rawTexts({ item, categories, textOf }: JudgedItem, field: TextField): readonly string[] {
  switch (field) {
    case 'title':
      return [item.title];
    case 'author':
      return item.authors.flatMap((author) => [author.name ?? '', author.email ?? '']);
    case 'category':
      return [...categories, ...item.categories.flatMap((c) => [c.term, c.label ?? ''])];
    case 'link':
      return [item.permalink ?? ''];
    case 'content':
      return [item.content, item.summary].map((html) => (html === undefined ? '' : textOf(html.html)));
    default:
      return assertNever(field);
  }
}

/** As its publisher says it, of the item before its feed. */
export function saidLanguage(item: Item, feedLanguage: string | undefined): string | undefined {
  return item.language ?? item.content?.language ?? item.summary?.language ?? feedLanguage;
}

function languageOf({ item, feedLanguage, languageOf: guess }: JudgedItem, texts: Subject['texts']) {
  const said = saidLanguage(item, feedLanguage);
  if (said !== undefined || guess === undefined) return said;
  return guess([...texts('title'), ...texts('content')].join('\n').slice(0, LANGUAGE_CHARS_MAX));
}
