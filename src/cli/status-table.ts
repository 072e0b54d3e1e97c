// The status as a table for a terminal: a line for each source, what is to be looked at below it.
import { styleText } from 'node:util';
import { durationWords } from '../core/render/duration-words.ts';
import { reasonWords } from '../model/reason-words.ts';
import type { Health, SiteStatus, SourceStatus } from '../model/status.ts';
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
const HEADS = ['SOURCE', 'STATE', 'LAST', 'NEXT', 'WHY', 'EVERY', 'ITEMS', 'LAST 30 DAYS'] as const;
const NAME_CHARS_MAX = 32;

export function statusTable({ at, sources }: SiteStatus, { stream }: TableTarget): string {
  const rows = sources.map((source) => cellsOf(source, msFromTimestamp(at)));
  const widths = HEADS.map((head, column) =>
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
  const head = paint('bold', line(HEADS).join('  ').trimEnd());
  return `${[head, ...body, '', totals(sources)].join('\n')}\n`;
}

function cellsOf(source: SourceStatus, nowMs: number): readonly string[] {
  const { id, health, lastPoll, nextPoll, why, intervalMs, items, rhythm } = source;
  return [
    id.length > NAME_CHARS_MAX ? `${id.slice(0, NAME_CHARS_MAX - 1)}…` : id,
    health,
    lastPoll === undefined ? '-' : `${ago(nowMs - msFromTimestamp(lastPoll))} ago`,
    nextPoll === undefined ? '-' : dueIn(nextPoll, nowMs),
    why ?? '-',
    intervalMs === undefined || intervalMs === 0 ? '-' : durationWords(intervalMs),
    String(items),
    sparkline(rhythm),
  ];
}

function dueIn(nextPoll: Timestamp, nowMs: number): string {
  const waitMs = msFromTimestamp(nextPoll) - nowMs;
  return waitMs <= 0 ? 'due' : `in ${durationWords(waitMs)}`;
}

function ago(ms: number): string {
  return durationWords(Math.max(0, ms));
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
