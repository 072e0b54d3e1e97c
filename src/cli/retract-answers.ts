// What `retract` answers: results on stdout, as text or JSON; what could not be done on stderr.
import { isActive } from '../core/filter/retractions.ts';
import type { Store } from '../edge/store/store.ts';
import type { Config } from '../model/config.ts';
import type { FeedId, ItemHash } from '../model/ids.ts';
import type { RetractionRecord } from '../model/retraction-record.ts';
import { nearStories, type Story } from '../pipeline/stories.ts';
import { counted, EXIT, type ExitCode, type Terminal } from './command.ts';

const LISTED_MAX = 10;

export interface Wish {
  readonly reason: string | undefined;
  readonly undo: boolean;
  readonly list: boolean;
}

export interface Task extends Wish {
  readonly name: string;
  readonly feedId: FeedId | undefined;
  readonly config: Config;
  readonly store: Store;
  readonly terminal: Terminal;
  readonly json: boolean;
}

export async function listRetractions({ store, feedId, json, terminal }: Task): Promise<ExitCode> {
  const answer = await store.readRetractions();
  if (answer.kind === 'unavailable') throw answer.error;
  if (answer.kind === 'unreadable') return fail(terminal, `one of them cannot be read: ${answer.reason}`);
  const records = (answer.kind === 'hit' ? answer.value : [])
    .filter((record) => isActive(record) && (feedId === undefined || (record.feedId ?? feedId) === feedId))
    .toSorted((a, b) => (a.retractedAt < b.retractedAt ? 1 : -1));
  if (json) terminal.stdout.write(`${JSON.stringify(records.map(plainRecord), null, 2)}\n`);
  else if (records.length === 0) terminal.stdout.write('nothing is retracted\n');
  else for (const record of records) terminal.stdout.write(`${lineOf(record)}\n`);
  return EXIT.done;
}

function plainRecord({ publishedId, feedId, retractedAt, reason }: RetractionRecord) {
  return { id: publishedId, feed: feedId ?? null, retractedAt, reason: reason ?? null };
}

function lineOf(record: RetractionRecord): string {
  const why = record.reason === undefined ? '' : `: ${record.reason}`;
  return `${record.publishedId}  ${whereOf(record)}, ${record.retractedAt.slice(0, 10)}${why}`;
}

export function whereOf({ feedId }: Pick<RetractionRecord, 'feedId'>): string {
  return feedId === undefined ? 'every feed' : `the feed ${feedId}`;
}

export type Done = 'retracted' | 'already retracted' | 'no longer retracted';

export async function tell(task: Task, what: Story | RetractionRecord, done: Done): Promise<ExitCode> {
  const { terminal, json, feedId, store } = task;
  const story = 'copies' in what ? what : undefined;
  const id = story?.publishedIds[0] ?? (what as RetractionRecord).publishedId;
  const [title] = story === undefined ? [] : await titlesOf([story], store);
  if (json) {
    const copies =
      story?.copies.map(({ source, entry }) => ({ source: source.id, id: entry.publishedId })) ?? [];
    terminal.stdout.write(
      `${JSON.stringify({ done, id, feed: feedId ?? null, title: title ?? null, copies }, null, 2)}\n`,
    );
    return EXIT.done;
  }
  const lines = [
    `${done} (${whereOf({ feedId })}): ${title ?? id}`,
    ...(story === undefined ? [] : [`  id:      ${story.publishedIds.join('\n           ')}`]),
    ...(story === undefined ? [] : [`  sources: ${sourcesOf(story)}`]),
    ...(done === 'already retracted'
      ? []
      : ['a running service takes it up within 10 seconds, the next `once` too']),
  ];
  terminal.stdout.write(`${lines.join('\n')}\n`);
  return EXIT.done;
}

export async function unknown({ name, store, terminal }: Task, stories: readonly Story[]): Promise<ExitCode> {
  const near = nearStories(name, stories);
  const items = stories.reduce((sum, { copies }) => sum + copies.length, 0);
  const meant = near.length === 0 ? '' : `; near it:\n${await linesOf(near, store)}`;
  return fail(terminal, `${name}: no item of that id or page among ${counted(items, 'known item')}${meant}`);
}

export async function ambiguous(
  { name, store, terminal }: Task,
  stories: readonly Story[],
): Promise<ExitCode> {
  const more = stories.length > LISTED_MAX ? `\n  and ${stories.length - LISTED_MAX} more` : '';
  const lines = await linesOf(stories.slice(0, LISTED_MAX), store);
  return fail(terminal, `${name}: ${stories.length} items have it; name one by its id:\n${lines}${more}`);
}

async function linesOf(stories: readonly Story[], store: Store): Promise<string> {
  const titles = await titlesOf(stories, store);
  return stories
    .map(
      (story, place) => `  ${story.publishedIds[0]}  ${titles[place] ?? '(no title)'}  (${sourcesOf(story)})`,
    )
    .join('\n');
}

/** Undefined where an item has none, or its text cannot be read. */
async function titlesOf(stories: readonly Story[], store: Store): Promise<readonly (string | undefined)[]> {
  const hashes = stories.map(({ copies: [lead] }): ItemHash => lead.entry.hash);
  const answer = await store.readItems(hashes);
  return hashes.map((hash) =>
    answer.kind === 'hit' ? answer.value.get(hash)?.item.title || undefined : undefined,
  );
}

export function sourcesOf({ copies }: Story): string {
  return [...new Set(copies.map(({ source }) => source.id))].join(', ');
}

export function fail({ stderr }: Terminal, message: string): ExitCode {
  stderr.write(`${message}\n`);
  return EXIT.failed;
}
