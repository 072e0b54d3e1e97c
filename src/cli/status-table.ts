// The status as a table for a terminal: a line for each source, what is to be looked at below it.
import { styleText } from 'node:util';
import { durationWords } from '../core/render/duration-words.ts';
import { reasonWords } from '../model/reason-words.ts';
import type {
  Health,
  ListStatus,
  PushStatus,
  RestingHost,
  SiteStatus,
  SourceStatus,
  StoreAlarm,
} from '../model/status.ts';
import { storeTroubleWords } from '../model/store-trouble.ts';
import { msFromTimestamp, type Timestamp } from '../model/timestamp.ts';
import { counted } from './command.ts';

export interface TableTarget {
  /** Colours only where it is a terminal and the environment does not forbid them. */
  readonly stream: NodeJS.WriteStream;
}

type Colour = Parameters<typeof styleText>[0];

const COLOURS: Readonly<Record<Health, Colour>> = {
  gone: 'red',
  failing: 'red',
  attention: 'yellow',
  waiting: 'gray',
  ok: 'green',
  off: 'gray',
};
const NAME_CHARS_MAX = 32;

export function statusTable(
  { at, storeAlarm, hosts, lists, refusedFeeds, sources }: SiteStatus,
  { stream }: TableTarget,
): string {
  const nowMs = msFromTimestamp(at);
  const columns = COLUMNS.filter(({ isShown }) => isShown?.(sources) ?? true);
  const heads = columns.map(({ head }) => head);
  const rows = sources.map((source) => columns.map(({ cell }) => cell(source, nowMs)));
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => [...(row[column] ?? '')].length)),
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - [...cell].length)));
  const paint = (colour: Colour, text: string) => styleText(colour, text, { stream });
  const body = sources.map((source, place) => {
    const cells = line(rows[place] ?? []);
    const state = paint(COLOURS[source.health], cells[1] ?? '');
    return [cells.with(1, state).join('  ').trimEnd(), ...remarks(source)].join('\n');
  });
  const head = paint('bold', line(heads).join('  ').trimEnd());
  const below = [
    ...(storeAlarm === undefined ? [] : [paint('red', storeWords(storeAlarm, nowMs))]),
    ...lists.map((list) => listWords(list, nowMs)),
    ...refusedFeeds,
    ...hosts.map((host) => restWords(host, nowMs)),
  ];
  return `${[head, ...body, '', ...below, totals(sources)].join('\n')}\n`;
}

interface Column {
  readonly head: string;
  readonly cell: (source: SourceStatus, nowMs: number) => string;
  /** Always unless told otherwise. */
  readonly isShown?: (sources: readonly SourceStatus[]) => boolean;
}

const COLUMNS: readonly Column[] = [
  {
    head: 'SOURCE',
    cell: ({ id }) => (id.length > NAME_CHARS_MAX ? `${id.slice(0, NAME_CHARS_MAX - 1)}…` : id),
  },
  { head: 'STATE', cell: ({ health }) => health },
  { head: 'LAST', cell: ({ lastPoll }, nowMs) => ago(lastPoll, nowMs) },
  { head: 'NEXT', cell: ({ nextPoll }, nowMs) => (nextPoll === undefined ? '-' : dueIn(nextPoll, nowMs)) },
  { head: 'WHY', cell: ({ why }) => why ?? '-' },
  { head: 'EVERY', cell: ({ intervalMs }) => (intervalMs ? durationWords(intervalMs) : '-') },
  {
    head: 'PUSH',
    isShown: (sources) => sources.some(({ push }) => push !== undefined),
    cell: ({ push }, nowMs) => (push === undefined ? '-' : pushWords(push, nowMs)),
  },
  { head: 'ITEMS', cell: ({ items }) => String(items) },
  { head: 'LAST 30 DAYS', cell: ({ rhythm }) => sparkline(rhythm) },
];

function pushWords({ state, lastPush }: PushStatus, nowMs: number): string {
  return state === 'verified' && lastPush !== undefined ? ago(lastPush, nowMs) : state;
}

function storeWords({ staleSince, trouble }: StoreAlarm, nowMs: number): string {
  const forMs = Math.max(0, nowMs - msFromTimestamp(staleSince));
  return `the store is away since ${staleSince} (${durationWords(forMs)}): ${storeTroubleWords(trouble)}; nothing is polled until it is back`;
}

function restWords({ name, scope, until, status, told }: RestingHost, nowMs: number): string {
  const who = name === undefined ? 'A host that is not shown' : scope === 'domain' ? `All of ${name}` : name;
  const leftMs = Math.max(0, msFromTimestamp(until) - nowMs);
  return `${who} rests for ${durationWords(leftMs)} more: HTTP ${status} to ${told}`;
}

function listWords(
  { name, health, feeds, lost, lastPoll, nextPoll, reason }: ListStatus,
  nowMs: number,
): string {
  return [
    `list ${name}: ${health}`,
    `${counted(feeds, 'feed')}${lost === undefined ? '' : ` (${lost.before} before it last changed)`}`,
    ...(lastPoll === undefined ? [] : [`read ${ago(lastPoll, nowMs)}`]),
    ...(nextPoll === undefined ? [] : [`next ${dueIn(nextPoll, nowMs)}`]),
    ...(reason === undefined ? [] : [`${reasonWords(reason)} (${reason})`]),
  ].join(', ');
}

function dueIn(nextPoll: Timestamp, nowMs: number): string {
  const waitMs = msFromTimestamp(nextPoll) - nowMs;
  return waitMs <= 0 ? 'due' : `in ${durationWords(waitMs)}`;
}

function ago(at: Timestamp | undefined, nowMs: number): string {
  return at === undefined ? '-' : `${durationWords(Math.max(0, nowMs - msFromTimestamp(at)))} ago`;
}

const BARS = [...'▁▂▃▄▅▆▇█'];

/** A bar for each day, a dot for one without items. */
export function sparkline(counts: readonly number[]): string {
  const most = Math.max(...counts, 1);
  return counts
    .map((count) => (count === 0 ? '·' : BARS[Math.ceil((count / most) * BARS.length) - 1]))
    .join('');
}

function remarks({ reason, failures, notices }: SourceStatus): readonly string[] {
  const trouble =
    reason === undefined
      ? []
      : [`${reasonWords(reason)} (${reason})${failures > 1 ? `, ${failures} times in a row` : ''}`];
  const told = notices.map(({ text, yaml }) => (yaml === undefined ? text : `${text} ${yaml}`));
  return [...trouble, ...told].map((remark) => `    ${remark}`);
}

function totals(sources: readonly SourceStatus[]): string {
  const needed = sources.filter(
    ({ health }) => health === 'gone' || health === 'failing' || health === 'attention',
  );
  const well = needed.length === 0 ? 'nothing to look at' : `${needed.length} to look at`;
  return `${counted(sources.length, 'source')}, ${well}`;
}
