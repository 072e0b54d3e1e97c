// What `explain` prints: a table of all items, or everything about some.
import type { Config } from '../model/config.ts';
import { reasonWords } from '../model/reason-words.ts';
import { isSameSite, siteHost } from '../model/same-site.ts';
import type { NamedItems } from '../pipeline/explain-feed.ts';
import type { Explanation, ItemExplanation, SourceState } from '../pipeline/explanation.ts';
import { aligned } from './aligned.ts';
import { counted } from './command.ts';
import {
  alsoWords,
  dateWords,
  groupWords,
  KNOWN_BY_WORDS,
  leadWords,
  type PlaceOf,
  shownWords,
  verdictWords,
} from './explain-words.ts';

const TITLE_CHARS_MAX = 60;
const SOURCE_CHARS_MAX = 24;

export function tableOf({ items, ...of }: Explanation, placeOf: PlaceOf): string {
  const rows = items.map(({ dates, sourceId, title, publishedId, hash, verdict, stands, archive }) => [
    verdict.kind === 'in' ? String(verdict.place) : '-',
    dates?.shown.slice(0, 16).replace('T', ' ') ?? '-',
    cut(sourceId ?? '-', SOURCE_CHARS_MAX),
    cut(plain(title ?? publishedId ?? hash), TITLE_CHARS_MAX),
    `${verdict.kind === 'in' ? 'in the feed' : plain(verdictWords(verdict, placeOf))}${pendingWords(verdict, stands)}${archive === undefined ? '' : `; in the archive ${archive}`}`,
  ]);
  const lines = aligned([['PLACE', 'DATE', 'SOURCE', 'ITEM', 'WHY'], ...rows]);
  return `${[...lines, ...of.sources.flatMap(sourceRemark), '', countsLine(items, placeOf)].join('\n')}\n`;
}

/** What is published now is a little behind, or ahead of what would be. */
function pendingWords({ kind }: ItemExplanation['verdict'], stands: boolean): string {
  if (kind === 'in') return stands ? '' : ', with the next publishing';
  return stands && kind !== 'duplicate' ? '; stands there until the next publishing' : '';
}

function sourceRemark({ id, state, reason }: SourceState): readonly string[] {
  const failed = reason === undefined ? '' : `; its last poll failed: ${reasonWords(reason)} (${reason})`;
  switch (state) {
    case 'read':
      return [];
    case 'not-read':
      return [`${id}: not read yet${failed}`];
    case 'disabled':
      return [`${id}: disabled`];
    case 'unreadable':
      return [`${id}: what the store has of it is damaged; it is read anew with its next poll`];
  }
}

function countsLine(items: readonly ItemExplanation[], placeOf: PlaceOf): string {
  return Object.entries(countsOf(items))
    .map(([group, count]) => {
      const rules = group === groupWords('filtered') ? ruleCounts(items, placeOf) : '';
      return `${group} ${count}${rules}`;
    })
    .join(', ');
}

/** By groups of verdicts; the largest first, what is in before all. */
export function countsOf(items: readonly ItemExplanation[]): Readonly<Record<string, number>> {
  const counts = new Map([[groupWords('in'), 0]]);
  for (const { verdict } of items) {
    const group = groupWords(verdict.kind);
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const [first, ...rest] = counts;
  return Object.fromEntries([
    ...(first ? [first] : []),
    ...rest.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
  ]);
}

function ruleCounts(items: readonly ItemExplanation[], placeOf: PlaceOf): string {
  const counts = new Map<string, number>();
  for (const { verdict } of items) {
    if (verdict.kind !== 'filtered' || verdict.verdict.kind === 'passes') continue;
    const rules = verdict.verdict.kind === 'excluded' ? [verdict.verdict.rule] : verdict.verdict.rules;
    const name = `${verdict.verdict.kind === 'excluded' ? 'exclude' : 'include'} ${placeOf(rules[0]?.line)}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const told = [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name}: ${count}`);
  return ` (${told.join(', ')})`;
}

/** All that is known about one copy. */
export function aboutItem(item: ItemExplanation, placeOf: PlaceOf): string {
  const { title, url, publishedId, sourceId, verdict, dates, knownBy, stands, archive } = item;
  const facts: (readonly [string, string | undefined])[] = [
    ['verdict', `${verdictWords(verdict, placeOf)}${pendingWords(verdict, stands)}`],
    ['archive', archive],
    ['id', publishedId],
    ['page', url],
    ['source', sourceId],
    ['dated', dates && dateWords(dates)],
    ['first seen', verdict.kind === 'in' ? verdict.since : dates?.firstSeenAt],
    ...(verdict.kind === 'in'
      ? ([
          ['leads', verdict.ledBy && leadWords(verdict.ledBy)],
          ['also at', verdict.also.map(alsoWords).join(', ') || undefined],
          ...(verdict.shown?.because ?? []).map(
            (reason, place) => [place === 0 ? 'shown' : '', shownWords(reason, placeOf)] as const,
          ),
        ] as const)
      : []),
    ['known by', knownBy && KNOWN_BY_WORDS[knownBy]],
  ];
  const lines = facts.flatMap(([name, said]) =>
    said === undefined ? [] : [`  ${`${name}${name && ':'}`.padEnd(12)}${plain(said)}`],
  );
  return [plain(title ?? '(no title)'), ...lines].join('\n');
}

/** Of a name that means nothing: what may have been meant, and why it may be unknown. */
export function unknownWords(name: string, { explanation, near }: NamedItems, config: Config): string {
  const nearLines = near.map(
    ({ publishedId, title, sourceId }) =>
      `  ${publishedId}  ${plain(title ?? '(no title)')}  (${sourceId ?? '-'})`,
  );
  return [
    `not known: ${name}`,
    ...(nearLines.length === 0 ? [] : ['near it:', ...nearLines]),
    'what may be the reason:',
    ...reasonsForUnknown(name, explanation, config).map((line) => `  ${line}`),
  ].join('\n');
}

function reasonsForUnknown(name: string, { sources }: Explanation, config: Config): readonly string[] {
  const host = siteHost(name);
  const atHost = config.sources.filter(
    (source) => host !== undefined && isSameSite(siteHost(source.feedUrl), host),
  );
  const asked = sources.filter(({ id }) => atHost.some((source) => source.id === id));
  if (host !== undefined && asked.length === 0 && atHost.length === 0)
    return [`no source is polled at ${host}`];
  if (host !== undefined && asked.length === 0)
    return [`sources at ${host} are not of this feed: ${atHost.map(({ id }) => id).join(', ')}`];
  return (asked.length > 0 ? asked : sources).map(sourceWords);
}

function sourceWords({ id, state, lastPoll, items, itemsMax, reason }: SourceState): string {
  if (state === 'disabled') return `${id}: is disabled`;
  if (lastPoll === undefined) return `${id}: has not been polled yet`;
  const failed = reason === undefined ? '' : `, which failed (${reason})`;
  const kept =
    items >= itemsMax
      ? `older ones than its newest ${itemsMax} are forgotten (items: ${itemsMax})`
      : `${counted(items, 'item')} known, and this was in none of its documents that we read`;
  return `${id}: last polled ${lastPoll}${failed}; ${kept}`;
}

function cut(text: string, charsMax: number): string {
  const chars = [...text];
  return chars.length > charsMax ? `${chars.slice(0, charsMax - 1).join('')}…` : text;
}

/** What publishers write does nothing to a terminal. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
