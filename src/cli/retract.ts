// `tributary retract`: takes an item out of every feed, or one; `--undo` lets it back in. It writes to the store, where a
// running service sees it within seconds.
import { existsSync } from 'node:fs';
import { isActive } from '../core/filter/retractions.ts';
import { canonicalUrl } from '../core/identify/canonical-url.ts';
import { retractionUnderPresentRules } from '../core/identify/present-pages.ts';
import { selectSources } from '../core/merge/select-sources.ts';
import { systemClock } from '../edge/ops/clock.ts';
import { openStore } from '../edge/store/open-store.ts';
import type { Config } from '../model/config.ts';
import type { FeedId } from '../model/ids.ts';
import type { RetractionRecord } from '../model/retraction-record.ts';
import { timestampOfClock } from '../model/timestamp.ts';
import { findArchivedItem, retractionOfArchived } from '../pipeline/archive/archived-item.ts';
import { activeOf, changeRetractions, retractionOf, undone } from '../pipeline/retract-story.ts';
import { findStories, readStories, type Story } from '../pipeline/stories.ts';
import { type Command, type ExitCode, UsageError } from './command.ts';
import { loadKnownConfig } from './known-config.ts';
import {
  ambiguous,
  fail,
  listRetractions,
  sourcesOf,
  type Task,
  tell,
  unknown,
  type Wish,
  whereOf,
} from './retract-answers.ts';

const REASON_CHARS_MAX = 1000;

export const retractCommand: Command = {
  name: 'retract',
  usage: 'retract ID-or-URL [--feed FEED] [--reason TEXT] [--undo] | --list  [--json]',
  summary: 'takes an item out of every feed, or one, and tells its readers',
  details: `ID-or-URL is the id that the item is published under, its publisher's own id, or the address of its page.
Every copy of the item goes, whichever source carries it, now and later. In its place stand a tombstone
(Atom, 30 days) and a notice with the reason (RSS and JSON Feed, 7 days). A running service takes it up
within 10 seconds; the next \`once\` does, too.

  --feed FEED    out of this feed only
  --reason TEXT  is published
  --undo         lets it back in, under the same id and dates
  --list         what is retracted now
  --json         for programs`,
  examples: [
    'tributary retract https://harbour.example/2026/ferry',
    `tributary retract https://harbour.example/2026/ferry --reason "Withdrawn at the author's request"`,
    'tributary retract urn:uuid:0190d5c2-7e5f-5c3a-9d7e-0c6f9e1b2a3d --feed city',
    'tributary retract https://harbour.example/2026/ferry --undo',
  ],
  options: {
    feed: { type: 'string' },
    reason: { type: 'string' },
    undo: { type: 'boolean' },
    list: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  operandsMax: 1,
  async run({ configFile, options, operands, terminal }) {
    const name = operands[0]?.trim() ?? '';
    const wish = readWish(name, options);
    const config = await loadKnownConfig(configFile, terminal);
    const feedId = readFeed(options['feed'], config);
    const problem = problemOfStore(config.store);
    if (problem !== undefined) return fail(terminal, problem);
    const store = await openStore(config.store);
    const task: Task = { ...wish, name, feedId, config, store, terminal, json: options['json'] === true };
    try {
      if (wish.list) return await listRetractions(task);
      return wish.undo ? await undo(task) : await retract(task);
    } finally {
      await store.close();
    }
  },
};

function readWish(name: string, options: Parameters<Command['run']>[0]['options']): Wish {
  const { reason, undo, list } = options;
  if (list === true) {
    if (name !== '' || undo === true || reason !== undefined)
      throw new UsageError('--list: goes with --feed and --json only');
    return { reason: undefined, undo: false, list: true };
  }
  if (name === '') throw new UsageError('say which item: its id or the address of its page');
  if (undo === true && reason !== undefined) throw new UsageError('--reason: does not go with --undo');
  const text = typeof reason === 'string' ? reason.replace(/\s+/g, ' ').trim() : '';
  if (reason !== undefined && text === '') throw new UsageError('--reason TEXT: say why');
  if (text.length > REASON_CHARS_MAX)
    throw new UsageError(`--reason: at most ${REASON_CHARS_MAX} characters`);
  return { reason: text === '' ? undefined : text, undo: undo === true, list: false };
}

function readFeed(feed: string | boolean | undefined, { feeds }: Config): FeedId | undefined {
  if (feed === undefined) return undefined;
  const found = feeds.find(({ id }) => id === feed);
  if (found === undefined)
    throw new UsageError(`--feed: ${feeds.map(({ id }) => id).join(' or ')}, not ${feed}`);
  return found.id;
}

/** Undefined where another process can share it. */
function problemOfStore(store: string): string | undefined {
  if (store.startsWith('memory:'))
    return 'the store is `memory:`, which ends with its process: nothing can be retracted in it from here. Set `store` to sqlite:FILE, or exclude the item by a rule (`exclude:`) in the configuration';
  const file = store.startsWith('sqlite:') ? store.slice('sqlite:'.length) : undefined;
  if (file !== undefined && !existsSync(file))
    return `there is no store at ${file} yet, so no item is known: start the service first, or see that --config names its configuration`;
  return undefined;
}

async function retract(task: Task): Promise<ExitCode> {
  const { name, feedId, reason, config, store } = task;
  const stories = await readStories(store, config, feedId);
  const [story, ...others] = findStories(name, stories);
  if (story === undefined) return retractArchived(task, stories);
  if (others.length > 0) return ambiguous(task, [story, ...others]);
  if (feedId !== undefined && !carries(config, feedId, story))
    return fail(task.terminal, `${name}: none of its sources (${sourcesOf(story)}) is in the feed ${feedId}`);
  const now = timestampOfClock(systemClock.now());
  const all = stories.flatMap(({ copies }) => copies);
  const written = await changeRetractions(store, now, (records) => {
    const record = retractionOf(story, all, records, { feedId, reason, now });
    return record === undefined ? [] : [record];
  });
  return tell(task, story, written.length === 0 ? 'already retracted' : 'retracted');
}

/** No source has it any more: it may stand in an archive. */
async function retractArchived(task: Task, stories: readonly Story[]): Promise<ExitCode> {
  const { name, feedId, reason, config, store } = task;
  const archived = await findArchivedItem(name, feedId, store, config);
  if (archived === undefined) return unknown(task, stories);
  const now = timestampOfClock(systemClock.now());
  const [record] = await changeRetractions(store, now, (records) => {
    const made = retractionOfArchived(archived, records, { feedId, reason, now });
    return made === undefined ? [] : [made];
  });
  return record === undefined
    ? fail(task.terminal, `${name}: is retracted already`)
    : tell(task, record, 'retracted');
}

function carries(config: Config, feedId: FeedId, story: Story): boolean {
  const feed = config.feeds.find(({ id }) => id === feedId);
  const sources = feed === undefined ? [] : selectSources(feed, config.sources);
  return story.copies.some(({ source }) => sources.some(({ id }) => id === source.id));
}

async function undo(task: Task): Promise<ExitCode> {
  const { name, feedId, config, store } = task;
  const stories = await readStories(store, config, feedId);
  const found = findStories(name, stories);
  const now = timestampOfClock(systemClock.now());
  let meant: readonly RetractionRecord[] = [];
  const written = await changeRetractions(store, now, (records) => {
    meant = [
      ...new Set([...recordsNamed(name, records), ...found.flatMap((story) => activeOf(story, records))]),
    ];
    const ids = new Set(meant.map((record) => record.publishedId));
    const isOutAnyway = feedId !== undefined && meant.some((record) => record.feedId === undefined);
    if (ids.size > 1 || isOutAnyway) return [];
    return meant
      .filter((record) => feedId === undefined || record.feedId === feedId)
      .map((record) => undone(record, now));
  });
  const [record] = written;
  if (record !== undefined) return tell(task, found[0] ?? record, 'no longer retracted');
  if (meant.length === 0) {
    const byPublisher = found.some(({ copies }) => copies.some(({ entry }) => entry.withdrawn !== undefined));
    if (byPublisher)
      return fail(
        task.terminal,
        `${name}: its publisher took it back, not you; it returns when they publish it again`,
      );
    return found.length > 0 ? fail(task.terminal, `${name}: is not retracted`) : unknown(task, stories);
  }
  if (new Set(meant.map((one) => one.publishedId)).size > 1)
    return fail(
      task.terminal,
      `${name}: may be any of\n${meant.map((one) => `  ${one.publishedId}`).join('\n')}`,
    );
  const where = meant.map(whereOf).join(', ');
  return fail(
    task.terminal,
    `${name}: is retracted in ${where}: what --feed ${feedId} names is not what keeps it out`,
  );
}

/** Its item may be forgotten meanwhile. */
function recordsNamed(name: string, records: readonly RetractionRecord[]): readonly RetractionRecord[] {
  const page = canonicalUrl(name);
  return records.filter(
    (record) =>
      isActive(record) &&
      (record.publishedId === name ||
        record.guidUri === name ||
        (page !== undefined && retractionUnderPresentRules(record).canonicalUrl === page)),
  );
}
