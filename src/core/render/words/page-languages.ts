// The languages of our pages, by tag (RFC 5646, lower case).
import { ARABIC } from './ar.ts';
import { CZECH } from './cs.ts';
import { DANISH } from './da.ts';
import { GERMAN } from './de.ts';
import { ENGLISH } from './en.ts';
import { SPANISH } from './es.ts';
import { FINNISH } from './fi.ts';
import { FRENCH } from './fr.ts';
import { HEBREW } from './he.ts';
import { ITALIAN } from './it.ts';
import { JAPANESE } from './ja.ts';
import { KOREAN } from './ko.ts';
import { NORWEGIAN } from './nb.ts';
import { DUTCH } from './nl.ts';
import type { PageWords } from './page-words.ts';
import { POLISH } from './pl.ts';
import { PORTUGUESE } from './pt.ts';
import { RUSSIAN } from './ru.ts';
import { SWEDISH } from './sv.ts';
import { TURKISH } from './tr.ts';
import { UKRAINIAN } from './uk.ts';
import { CHINESE_SIMPLIFIED } from './zh-hans.ts';
import { CHINESE_TRADITIONAL } from './zh-hant.ts';

export const PAGE_LANGUAGES = {
  ar: ARABIC,
  cs: CZECH,
  da: DANISH,
  de: GERMAN,
  en: ENGLISH,
  es: SPANISH,
  fi: FINNISH,
  fr: FRENCH,
  he: HEBREW,
  it: ITALIAN,
  ja: JAPANESE,
  ko: KOREAN,
  nb: NORWEGIAN,
  nl: DUTCH,
  pl: POLISH,
  pt: PORTUGUESE,
  ru: RUSSIAN,
  sv: SWEDISH,
  tr: TURKISH,
  uk: UKRAINIAN,
  'zh-hans': CHINESE_SIMPLIFIED,
  'zh-hant': CHINESE_TRADITIONAL,
} as const satisfies Readonly<Record<string, PageWords>>;
