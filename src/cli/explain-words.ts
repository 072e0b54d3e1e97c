// The words for why an item is in a feed or is not: one place for all of them.
import { durationWords } from '../core/render/duration-words.ts';
import type { FilterRule } from '../model/config.ts';
import { assertNever } from '../model/errors.ts';
import type { KnownBy } from '../model/item-index.ts';
import type { ShownReason } from '../model/shown.ts';
import type { InVerdict, ItemDates, ItemVerdict } from '../pipeline/explanation.ts';

/** Where rules stand: `FILE:LINE`. */
export type PlaceOf = (line: number | undefined) => string;

/** Why, in one line. */
export function verdictWords(verdict: ItemVerdict, placeOf: PlaceOf): string {
  switch (verdict.kind) {
    case 'in':
      return `in the feed, at place ${verdict.place}${verdict.isKept ? ', which is kept for its source' : ''}`;
    case 'duplicate':
      return `${joinWords(verdict.joined)} ${verdict.of} of ${verdict.ofSource}, which leads${
        verdict.lead === 'in' ? ' and names it' : ` and is out itself (${groupWords(verdict.lead)})`
      }`;
    case 'limit':
      return `over the feed's limit: ${verdict.limit} newer ones stand there`;
    case 'fairShare':
      return `over the limit: ${verdict.sourceId} has ${verdict.shown} of the ${verdict.limit} places, others are kept for other sources`;
    case 'maxAge':
      return `too old: before ${verdict.oldestAt}, more than ${durationWords(verdict.maxAgeMs)} ago (maxAge)`;
    case 'perSource':
      return `over perSource.limit: ${verdict.limit} newer ones of ${verdict.sourceId} stand there`;
    case 'perDay':
      return `over perSource.perDay: ${verdict.perDay} newer ones of ${verdict.sourceId} and of ${verdict.day} (UTC) stand there`;
    case 'filtered':
      return filterWords(verdict, placeOf);
    case 'held-back':
      return heldWords(verdict);
    case 'withdrawn':
      return `withdrawn by its publisher${saidBy(verdict.by)}, ${verdict.when}${saidReason(verdict.reason)}`;
    case 'retracted':
      return `retracted from ${verdict.from}, ${verdict.when}${saidReason(verdict.reason)}${
        verdict.isAlike ? '; it says nearly the same as the story that was taken out' : ''
      }`;
    case 'text-lost':
      return 'its text is lost: it comes again when its source is next read';
    case 'output-gate':
      return `left out of every document, since one would not read back with it: ${verdict.problem}`;
    case 'document-bound':
      return `left out of every document: with it and older ones one would be over ${verdict.bytesMax} bytes`;
    case 'source-disabled':
      return 'its source is disabled (enabled: false)';
    case 'not-of-feed':
      return 'its source is not one of this feed';
    case 'source-left':
      return 'its source is not in the configuration any more';
    case 'awaited':
      return 'it stood in the feed; its source was not read again since the store was emptied';
    case 'forgotten':
      return 'it stood in the feed once, and none of its sources is known to have it any more';
    default:
      return assertNever(verdict);
  }
}

/** A heading for verdicts of a kind, in counts. */
export function groupWords(kind: ItemVerdict['kind']): string {
  return GROUPS[kind];
}

const GROUPS: Readonly<Record<ItemVerdict['kind'], string>> = {
  in: 'in',
  duplicate: 'duplicates',
  filtered: 'filtered',
  limit: 'over limit',
  fairShare: 'over fair share',
  maxAge: 'too old',
  perSource: 'over perSource.limit',
  perDay: 'over perSource.perDay',
  'held-back': 'held back',
  withdrawn: 'withdrawn',
  retracted: 'retracted',
  'text-lost': 'text lost',
  'output-gate': 'unwritable',
  'document-bound': 'document full',
  'source-disabled': 'source disabled',
  'not-of-feed': 'not of this feed',
  'source-left': 'source gone from the configuration',
  awaited: 'awaited',
  forgotten: 'forgotten',
};

type Filtered = Extract<ItemVerdict, { readonly kind: 'filtered' }>;

function filterWords({ verdict, by }: Filtered, placeOf: PlaceOf): string {
  switch (verdict.kind) {
    case 'passes':
      return 'passes';
    case 'excluded':
      return `filtered by the ${by}'s exclude: ${ruleWords(verdict.rule)} (${placeOf(verdict.rule.line)})`;
    case 'not-included': {
      const [first, ...more] = verdict.rules;
      const where = first === undefined ? '' : ` (${placeOf(first.line)})`;
      const count = more.length === 0 ? 'its rule' : `any of ${more.length + 1} rules`;
      return `filtered by the ${by}'s include: does not match ${count}${where}`;
    }
    default:
      return assertNever(verdict);
  }
}

function ruleWords(rule: FilterRule): string {
  switch (rule.kind) {
    case 'words':
      return `${fieldWords(rule.field)}${JSON.stringify(rule.text)}`;
    case 'pattern':
      return `${fieldWords(rule.field)}${rule.written}`;
    case 'language':
      return `language ${rule.range}`;
    case 'age':
      return `${rule.than} than ${durationWords(rule.ms)}`;
    case 'enclosure':
      return `enclosure ${rule.mediaType}`;
    default:
      return assertNever(rule);
  }
}

function fieldWords(field: string | undefined): string {
  return field === undefined ? '' : `${field} `;
}

function heldWords({ why, join }: Extract<ItemVerdict, { readonly kind: 'held-back' }>): string {
  if (why === 'new-site') return 'held back: it came with a whole new site at its source, and is no news';
  return `held back: it was there when its source was first read, beyond the ${join ?? 0} that join lets in`;
}

function saidBy(by: string | undefined): string {
  return by === undefined ? '' : ` (${by})`;
}

function saidReason(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}

type Joined = InVerdict['also'][number]['joined'];

function joinWords(joined: Joined): string {
  switch (joined?.by) {
    case 'id':
      return 'has the id of';
    case 'url':
      return 'has the page of';
    case 'similar':
      return `says nearly the same (${joined.nearness.toFixed(2)}) as`;
    case undefined:
      return 'tells the story of';
    default:
      return assertNever(joined);
  }
}

/** As in `harbour (same page)`. */
export function alsoWords({ sourceId, joined }: InVerdict['also'][number]): string {
  switch (joined?.by) {
    case 'id':
      return `${sourceId} (same id)`;
    case 'url':
      return `${sourceId} (same page)`;
    case 'similar':
      return `${sourceId} (nearly the same text: ${joined.nearness.toFixed(2)})`;
    case undefined:
      return sourceId;
    default:
      return assertNever(joined);
  }
}

export function leadWords(ledBy: NonNullable<InVerdict['ledBy']>): string {
  switch (ledBy) {
    case 'own-host':
      return "it is the copy from its page's own host";
    case 'weight':
      return 'its source has the greater weight';
    case 'first-seen':
      return 'it was seen first';
    case 'order':
      return 'its source stands first in the configuration';
    default:
      return assertNever(ledBy);
  }
}

export function dateWords({ shown, claimed, firstSeenAt, why }: ItemDates): string {
  switch (why) {
    case 'claimed':
      return `${shown}, as its publisher says`;
    case 'none':
      return `${shown}, when it was first seen: its publisher gives no date`;
    case 'later':
      return `${shown}, when it was first seen: its publisher says ${claimed}, which was still to come`;
    case 're-dated':
      return `${shown}: its source gave most of its items later dates at once, this one ${claimed}`;
    case 'story':
      return `${shown}, when its story was first seen; this copy at ${firstSeenAt}`;
    default:
      return assertNever(why);
  }
}

/** One of what `shown` comes to, as in `excerpt: content (tributary.yaml:12)`. */
export function shownWords({ rule, value, shown, declared, line }: ShownReason, placeOf: PlaceOf): string {
  const said = declared === undefined ? '' : `, declared: ${declared}`;
  switch (rule) {
    case 'content':
      return `${shown}: the source's content (${placeOf(line)})`;
    case 'show':
      return `${shown}: show.${value} (${placeOf(line)})${said}`;
    case 'no-derivatives':
      return `${shown}: ${value} lets it be passed on whole or not at all${said}`;
    default:
      return assertNever(rule);
  }
}

export const KNOWN_BY_WORDS: Readonly<Record<KnownBy, string>> = {
  id: 'its id',
  page: 'its page',
  words: 'its words',
  'page-and-title': 'page and title',
  'page-and-date': 'page and date',
  'page-and-text': 'page and text',
  'page-of-new-ids': 'its page, when all ids changed at once',
  'title-and-path': 'title and path, on another host',
  'title-and-text': 'title and text',
  'title-and-date': 'title and date',
};
