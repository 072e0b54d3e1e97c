// One source through a stretch of time: the real decisions, a server that is a model, no sockets and no waiting.
import type { Source } from '../../src/model/config.ts';
import type { ExtensionElement } from '../../src/model/extension.ts';
import type { Validators } from '../../src/model/fetch-outcome.ts';
import type { ItemIndexEntry } from '../../src/model/item-index.ts';
import { SY_NS } from '../../src/model/namespaces.ts';
import type { PollRecord, PollWhy } from '../../src/model/poll-record.ts';
import { RECORD_VERSION } from '../../src/model/record-version.ts';
import type { SourceDescription, SourceRecord } from '../../src/model/source-record.ts';
import { msFromTimestamp, timestampFromMs, timestampOfClock } from '../../src/model/timestamp.ts';
import { nextPollRecord } from '../../src/pipeline/next-poll-record.ts';
import type { PollResult } from '../../src/pipeline/poll-report.ts';
import { isUnconditionalDue, validatorsToSend } from '../../src/pipeline/poll-validators.ts';
import { buildEntry } from '../../test/core/build-item.ts';
import { type Character, HOUR_MS } from './characters.ts';
import type { LoggedPoll } from './polite-rules.ts';
import type { Answer, SimulatedServer } from './simulated-server.ts';

export interface Run {
  readonly requests: number;
  /** Of each item of the stretch that was seen, from when it could be read to when it was. */
  readonly delaysMs: readonly number[];
  /** Items that had left the document before they were read. */
  readonly lost: number;
  readonly log: readonly LoggedPoll[];
  /** How often each word decided. */
  readonly whys: ReadonlyMap<PollWhy, number>;
}

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

const WINDOW = 20;
const KEPT_ITEMS = 60;
const DAY_SECONDS = 86_400;
/** What a source is asked for first, spread over an hour. */
const START_SPREAD_MS = HOUR_MS;

/** Polled as our own code decides. */
export function simulate(
  source: Source,
  server: SimulatedServer,
  { fromMs, toMs }: Stretch,
  place: number,
): Run {
  const reader = createReader(server, fromMs);
  const log: LoggedPoll[] = [];
  const whys = new Map<PollWhy, number>();
  let known: SourceRecord | undefined;
  let before: PollRecord | undefined;
  let atMs = Math.floor(fromMs + place * START_SPREAD_MS);
  while (atMs < toMs) {
    const sent = validatorsToSend(source, known, atMs);
    const answer = server.answer({ atMs, validators: sent });
    log.push(logged(atMs, sent, answer));
    const fresh = reader.read(answer, atMs);
    const result = resultOf(answer, fresh);
    known = nextKnown(
      source,
      server.character,
      known,
      answer,
      sent.etag === undefined && sent.lastModified === undefined,
      fresh,
      atMs,
    );
    before = nextPollRecord({ source, before, known, result, isPushed: false, startedMs: atMs, nowMs: atMs });
    if (before.why !== undefined) whys.set(before.why, (whys.get(before.why) ?? 0) + 1);
    atMs = msFromTimestamp(before.nextPollAt);
  }
  return { requests: log.length, ...reader.result(), log, whys };
}

/** Polled on the hour of its own, whatever anybody says. */
export function simulateFixed(
  server: SimulatedServer,
  { fromMs, toMs }: Stretch,
  place: number,
  everyMs: number,
): Run {
  const reader = createReader(server, fromMs);
  const log: LoggedPoll[] = [];
  let validators: Validators = {};
  let unconditionalMs = fromMs;
  for (let atMs = Math.floor(fromMs + place * START_SPREAD_MS); atMs < toMs; atMs += everyMs) {
    const isDue = atMs - unconditionalMs >= 6 * 24 * HOUR_MS;
    if (isDue) unconditionalMs = atMs;
    const sent = isDue ? {} : validators;
    const answer = server.answer({ atMs, validators: sent });
    log.push(logged(atMs, sent, answer));
    if (answer.kind === 'document') validators = answer.validators;
    reader.read(answer, atMs);
  }
  return { requests: log.length, ...reader.result(), log, whys: new Map() };
}

/** Keeps count of what was seen, and how late. */
function createReader(server: SimulatedServer, fromMs: number) {
  const { visibleMs, character } = server;
  const window = character.window ?? WINDOW;
  const delaysMs: number[] = [];
  let seen = 0;
  let lost = 0;
  return {
    read(answer: Answer, atMs: number): readonly ItemIndexEntry[] {
      if (answer.kind !== 'document') return [];
      const fresh: ItemIndexEntry[] = [];
      for (let item = seen; item < answer.items; item++) {
        const visible = visibleMs[item] ?? atMs;
        const isLost = item < answer.items - window;
        if (!isLost) fresh.push(entryOf(server.claimedMs(item, atMs), atMs));
        if (visible < fromMs) continue;
        if (isLost) lost += 1;
        else delaysMs.push(atMs - visible);
      }
      seen = answer.items;
      return fresh;
    },
    result: () => ({ delaysMs, lost }),
  };
}

function entryOf(claimedMs: number | undefined, atMs: number): ItemIndexEntry {
  return buildEntry({
    publishedAt: claimedMs === undefined ? undefined : timestampFromMs(claimedMs),
    firstSeenAt: timestampOfClock(atMs),
  });
}

function logged(atMs: number, sent: LoggedPoll['sent'], answer: Answer): LoggedPoll {
  return {
    atMs,
    sent,
    answer: answer.kind,
    validators: answer.kind === 'document' || answer.kind === 'not-modified' ? answer.validators : undefined,
    retryAfter: answer.kind === 'refusal' ? answer.retryAfter : undefined,
  };
}

function resultOf(answer: Answer, fresh: readonly ItemIndexEntry[]): PollResult {
  switch (answer.kind) {
    case 'document':
      return { outcome: fresh.length > 0 ? 'updated' : 'unchanged', headers: answer.headers };
    case 'not-modified':
      return { outcome: 'not-modified', headers: answer.headers };
    case 'refusal':
      return { outcome: 'rate-limited', retryAfter: answer.retryAfter };
    case 'gone':
      return { outcome: 'gone', reason: 'gone' };
    case 'failure':
      return { outcome: 'failed', reason: 'server-error' };
  }
}

/** As far as deciding when to poll, and what to send, looks at it. */
function nextKnown(
  source: Source,
  character: Character,
  known: SourceRecord | undefined,
  answer: Answer,
  unconditional: boolean,
  fresh: readonly ItemIndexEntry[],
  atMs: number,
): SourceRecord | undefined {
  if (answer.kind !== 'document' && answer.kind !== 'not-modified') return known;
  if (known === undefined && answer.kind !== 'document') return undefined;
  const isStamped =
    unconditional && (fresh.length > 0 || known === undefined || isUnconditionalDue(known, atMs));
  if (fresh.length === 0 && !isStamped && known?.validators === answer.validators) return known;
  return {
    ...(known ?? firstRecord(source, character)),
    validators: answer.validators,
    unconditionalAt: isStamped ? timestampOfClock(atMs) : known?.unconditionalAt,
    items: [...fresh.toReversed(), ...(known?.items ?? [])].slice(0, KEPT_ITEMS),
  };
}

function firstRecord(source: Source, character: Character): SourceRecord {
  return {
    version: RECORD_VERSION,
    sourceId: source.id,
    revision: 1,
    contentRevision: 1,
    firstAddress: source.address,
    address: source.address,
    validators: {},
    itemsMax: source.itemsMax,
    feed: describe(character),
    items: [],
    tombstones: [],
  };
}

/** What the source's document says of its rhythm. */
function describe(character: Character): SourceDescription {
  const { ttlMinutes, skipHours, skipDays } = character;
  return {
    format: 'rss-2.0',
    title: character.name,
    authors: [],
    contributors: [],
    categories: [],
    links: [],
    rights: { text: undefined, licenses: [] },
    ttlMinutes,
    skipHours,
    skipDays,
    extensions: syndication(character),
  };
}

function syndication({ updateSeconds, updateBaseMs }: Character): readonly ExtensionElement[] {
  const element = (name: string, text: string): ExtensionElement => ({
    name: `sy:${name}`,
    namespace: SY_NS,
    attributes: [],
    text,
    children: [],
  });
  return [
    ...(updateSeconds === undefined
      ? []
      : [element('updatePeriod', updateSeconds === DAY_SECONDS ? 'daily' : 'hourly')]),
    ...(updateBaseMs === undefined ? [] : [element('updateBase', new Date(updateBaseMs).toISOString())]),
  ];
}
