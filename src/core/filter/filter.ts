// Rules and verdicts: whether an item may pass, and which rule of the configuration said so.
import type { Filter, FilterRule } from '../../model/config.ts';
import { assertNever } from '../../model/errors.ts';
import { msFromTimestamp, type Timestamp, timestampFromMs } from '../../model/timestamp.ts';
import { foldText } from './fold-text.ts';
import { matchesPattern } from './pattern.ts';
import type { Subject } from './subject.ts';

export type Verdict =
  | { readonly kind: 'passes'; readonly rule: FilterRule | undefined }
  | { readonly kind: 'excluded'; readonly rule: FilterRule }
  /** None of `rules` matches. */
  | { readonly kind: 'not-included'; readonly rules: readonly FilterRule[] };

/** Judges an item: an exclude rule that matches decides; else, where there are include rules, one of them must match. */
export function judge(subject: Subject, filter: Filter, now: Timestamp): Verdict {
  const matching = (rule: FilterRule) => matches(subject, rule, now);
  const excluding = filter.exclude.find(matching);
  if (excluding !== undefined) return { kind: 'excluded', rule: excluding };
  if (filter.include.length === 0) return { kind: 'passes', rule: undefined };
  const including = filter.include.find(matching);
  return including === undefined
    ? { kind: 'not-included', rules: filter.include }
    : { kind: 'passes', rule: including };
}

export function isFiltering(filter: Filter): boolean {
  return filter.include.length > 0 || filter.exclude.length > 0;
}

/** They may take long over one text. */
export function hasPatterns(filter: Filter): boolean {
  return [...filter.include, ...filter.exclude].some((rule) => rule.kind === 'pattern');
}

/** Languages that nobody says must be guessed. */
export function asksForLanguage(filter: Filter): boolean {
  return [...filter.include, ...filter.exclude].some((rule) => rule.kind === 'language');
}

/** When a rule about age next says something else of an item of that date; undefined where none will. */
export function nextAgeChange(filter: Filter, publishedAt: Timestamp, now: Timestamp): Timestamp | undefined {
  const published = msFromTimestamp(publishedAt);
  const ages = [...filter.include, ...filter.exclude].flatMap((rule) =>
    rule.kind === 'age' ? [published + rule.ms + 1] : [],
  );
  const coming = ages.filter((at) => at > msFromTimestamp(now));
  return coming.length === 0 ? undefined : timestampFromMs(Math.min(...coming));
}

function matches(subject: Subject, rule: FilterRule, now: Timestamp): boolean {
  switch (rule.kind) {
    case 'words': {
      const wanted = foldText(rule.text);
      return subject.foldedTexts(rule.field).some((text) => text.includes(wanted));
    }
    case 'pattern':
      return subject.texts(rule.field).some((text) => matchesPattern(rule.pattern, text));
    case 'language':
      return isWithin(subject.language(), rule.range);
    case 'age':
      return isOlder(subject.judged.publishedAt, rule.ms, now) === (rule.than === 'older');
    case 'enclosure':
      return subject.judged.item.enclosures.some(({ type }) => isOfType(type, rule.mediaType));
    default:
      return assertNever(rule);
  }
}

/** By basic filtering (RFC 4647, section 3.3.1): `en` finds `en` and `en-GB`, never `eng`. */
function isWithin(language: string | undefined, range: string): boolean {
  return `${language?.toLowerCase() ?? ''}-`.startsWith(`${range.toLowerCase()}-`);
}

/** Exactly so old is not older. */
function isOlder(publishedAt: Timestamp, ms: number, now: Timestamp): boolean {
  return msFromTimestamp(now) - msFromTimestamp(publishedAt) > ms;
}

/** `audio` finds `audio/mpeg`; parameters (`; codecs=…`) aside. */
function isOfType(type: string | undefined, wanted: string): boolean {
  const essence = (type ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return wanted.includes('/') ? essence === wanted : essence.startsWith(`${wanted}/`);
}
