// What `probe` found, for people.
import { LEVEL_WORDS, rslWords, shownBecause } from '../core/render/credit-words.ts';
import type { SourceCredit } from '../model/credits.ts';
import type { EditionItem } from '../model/edition.ts';
import { reasonWords } from '../model/reason-words.ts';
import type { TriedCandidate } from '../pipeline/find-feeds.ts';
import type { BestFeed, Probe } from '../pipeline/probe-address.ts';
import { counted } from './command.ts';
import { formatWords, nextPollWords, noteLines } from './feed-words.ts';
import { printable } from './printable.ts';

const TITLES_MAX = 3;
const LISTED_MAX = 20;

/** What was found, all but the YAML, which stands as it is at the end; `nowMs`: milliseconds since 1970. */
export function probeText(probe: Probe, best: BestFeed, nowMs: number): string {
  return [
    ...headLines(probe),
    '',
    ...feedLines(best, nowMs),
    '',
    ...noteExample(best.preview.items),
    ...writtenLines(best),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function headLines({ address, page, failure, tried, left, requests }: Probe): readonly string[] {
  const what =
    page !== undefined
      ? `is a page${page.title === undefined ? '' : `: ${printable(page.title)}`}`
      : failure !== undefined
        ? `could not be read: ${reasonWords(failure.reason)} (${failure.reason})`
        : 'is a feed';
  const head = `${printable(address)} ${what}`;
  if (page === undefined && failure === undefined) return [head];
  const listed = tried.filter(({ found, by }) => found !== undefined || by !== 'path');
  return [
    head,
    `${counted(tried.filter(({ found }) => found !== undefined).length, 'feed')} found with ${counted(requests, 'request')}:`,
    ...listed.slice(0, LISTED_MAX).flatMap(candidateLines),
    ...(left.length === 0
      ? []
      : [`  ${left.length} more were not tried; the first: ${printable(left[0]?.url ?? '')}`]),
  ];
}

const BY_WORDS: Readonly<Record<TriedCandidate['by'], string>> = {
  given: 'the address itself',
  header: 'declared in the header Link',
  link: 'declared by the page',
  site: 'where this site has it',
  anchor: 'linked in the page',
  path: 'where feeds often are',
};

function candidateLines({
  url,
  by,
  title,
  isComments,
  found,
  sameAs,
  failure,
}: TriedCandidate): readonly string[] {
  const how = by === 'site' && title !== undefined ? `where ${title} has it` : BY_WORDS[by];
  const head = `  ${printable(url)}`;
  if (found === undefined)
    return [
      head,
      `      no feed: ${reasonWords(failure?.reason ?? 'internal')} (${failure?.reason}); ${how}`,
    ];
  const { feed } = found;
  const latest = latestDay(feed.items.map(({ publishedAt, updatedAt }) => publishedAt ?? updatedAt));
  const facts = [
    formatWords(feed.format),
    counted(feed.items.length, 'item'),
    ...(latest === undefined ? [] : [`latest ${latest}`]),
    ...(feed.title === undefined ? [] : [`“${printable(feed.title, 80)}”`]),
    ...(isComments ? ['comments'] : []),
    how,
    ...(sameAs === undefined ? [] : [`the same feed as ${printable(sameAs)}`]),
  ];
  return [head, `      ${facts.join(', ')}`];
}

function latestDay(dates: readonly (string | undefined)[]): string | undefined {
  return dates
    .filter((date) => date !== undefined)
    .sort()
    .at(-1)
    ?.slice(0, 10);
}

function feedLines(
  { candidate, preview, configuredAs, written }: BestFeed,
  nowMs: number,
): readonly string[] {
  const { record, report, poll, credit, items } = preview;
  const feed = record?.feed;
  const config = preview.source;
  const reading = candidate.found?.feed;
  const hubs = record?.push?.hubUrls ?? [];
  const notes = noteLines(reading?.notes ?? []);
  const latest = items
    .slice(0, TITLES_MAX)
    .map(
      ({ publishedAt, title }) => `  ${publishedAt.slice(0, 10)}  ${printable(title || '(no title)', 90)}`,
    );
  const facts: readonly (readonly [string, readonly string[]])[] = [
    [
      'feed',
      [
        `${printable(config.feedUrlIsSecret ? candidate.url : config.feedUrl)}, ${reading === undefined ? '' : formatWords(reading.format)}`,
      ],
    ],
    ['site', [printable(feed?.siteUrl ?? 'it names none')]],
    ['language', [printable(feed?.language ?? 'it names none')]],
    ['items', [counted(report.items, 'item'), ...latest]],
    ['reading', notes.length === 0 ? ['nothing had to be mended'] : notes.map((line) => printable(line))],
    ...rightsFacts(credit),
    ['shown', [shownWords(credit)]],
    ['polled', [poll === undefined ? '' : nextPollWords(poll, nowMs)]],
    [
      'pushed',
      [
        hubs.length === 0
          ? 'no, it names no hub'
          : `yes, by ${hubs.map((url) => printable(url)).join(', ')}, where server.publicUrl is set`,
      ],
    ],
    ...(configuredAs === undefined ? [] : [['configured', [`already, as ${configuredAs}`]] as const]),
  ];
  return [
    printable(feed?.title ?? written.id),
    ...facts.flatMap(([name, lines]) =>
      lines.map((line, at) => `  ${(at === 0 ? `${name}:` : '').padEnd(12)}${line}`),
    ),
  ];
}

function rightsFacts(credit: SourceCredit | undefined): readonly (readonly [string, readonly string[]])[] {
  if (credit === undefined) return [];
  const { rights, licenses, terms } = credit;
  const tdm =
    terms.tdm &&
    `${terms.tdm.reserved ? 'reserved' : 'not reserved'}${terms.tdm.policyUrl === undefined ? '' : `, see ${printable(terms.tdm.policyUrl)}`}`;
  return [
    [
      'rights',
      [
        rights === undefined
          ? 'none declared; `rights:` in the configuration can say them'
          : printable(rights),
      ],
    ],
    ...(licenses.length === 0
      ? []
      : [['licence', licenses.map(({ name, url }) => printable(`${name} (${url})`))] as const]),
    ...(terms.termsUrl === undefined ? [] : [['terms', [printable(terms.termsUrl)]] as const]),
    ...(tdm === undefined ? [] : [['mining', [`text and data mining is ${tdm}`]] as const]),
    ...(terms.rsl ?? []).map(
      (rsl) =>
        [
          'RSL',
          [printable(`${rslWords(rsl)} ${rsl.documentUrl ?? rsl.termsUrl ?? ''}`) || 'declared'],
        ] as const,
    ),
    ...(terms.access === 'deny' || terms.indexing === 'no'
      ? [['search', ['asks to be in no search engine']] as const]
      : []),
  ];
}

/** Of the items that were looked at, and for one that declares nothing of its own. */
function shownWords(credit: SourceCredit | undefined): string {
  const [feed] = credit?.feeds ?? [];
  if (feed === undefined) return '';
  const counts = feed.shown.map(({ shown, items }) => `${items} ${LEVEL_WORDS[shown]}`).join(', ');
  return `${LEVEL_WORDS[feed.decision.shown]}${shownBecause(feed.decision.because[0])}${counts === '' ? '' : ` (${counts})`}`;
}

function noteExample(items: readonly EditionItem[]): readonly string[] {
  const [item] = items;
  if (item?.note === undefined) return [];
  return [
    'Credit under each item, with the default wording; under the latest:',
    ...item.note.text.split('\n').map((line) => `  ${printable(line, 1000)}`),
    '',
  ];
}

function writtenLines({ written }: BestFeed): readonly string[] {
  const names = Object.keys(written.env);
  return [
    'To be pasted into the configuration:',
    ...(names.length === 0
      ? []
      : [`(${names.join(' and ')} in the environment: what stands there in the address)`]),
    '',
  ];
}

/** What was tried, and what to do. */
export function nothingText({ address, page, failure, tried, requests }: Probe): string {
  const what =
    failure !== undefined
      ? failure.message
      : page === undefined
        ? 'no feed'
        : `a page${page.title === undefined ? '' : ` (${printable(page.title)})`} that names no feed that can be read`;
  const lines = [
    `${printable(address)}: ${printable(what)}`,
    ...tried.map(
      ({ url, failure: why }) =>
        `  ${printable(url)}: ${reasonWords(why?.reason ?? 'internal')} (${why?.reason})`,
    ),
    `nothing found with ${counted(requests, 'request')}. ${adviceFor(failure?.reason)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function adviceFor(reason: string | undefined): string {
  switch (reason) {
    case 'address-refused':
      return 'A private address is asked only where network.allow in the configuration names it.';
    case 'dns':
    case 'connect':
    case 'tls':
    case 'timeout':
      return 'Look whether the address opens in a browser.';
    case 'http-429':
    case 'http-503':
      return 'Try again later: the server asked for a pause.';
    case 'unauthorized':
    case 'forbidden':
      return 'It may want a login, or refuse programs: ask its publisher for the address of the feed.';
    default:
      return 'Look for “RSS”, “Feed” or “Subscribe” on the page and probe that address, or ask its publisher.';
  }
}
