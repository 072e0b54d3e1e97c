// What hubs deliver: checked, counted, bounded, and read one after the other for each source. Whatever is not read here is left
// to a poll soon, which brings it all: a push that is lost costs time, never an item. WebSub, section 7.
import type { Log } from '../../edge/ops/log.ts';
import { signatureVerdict } from '../../edge/websub/signature.ts';
import { isActive, isHttps } from '../../edge/websub/subscription.ts';
import { type Allowance, afterWork } from '../../edge/websub/work-allowance.ts';
import type { Source } from '../../model/config.ts';
import type { SourceId } from '../../model/ids.ts';
import type { HubSubscription } from '../../model/subscription-record.ts';
import { msFromTimestamp, timestampOfClock } from '../../model/timestamp.ts';
import type { KnownSources } from '../known-sources.ts';
import type { PushedDocument, PushReport } from './read-push.ts';
import type { SubscriptionShelf } from './subscription-shelf.ts';

export interface InboxOptions {
  readonly shelf: SubscriptionShelf;
  readonly known: KnownSources;
  readonly sourceOf: (id: SourceId) => Source | undefined;
  /** Of one delivery. */
  readonly bodyBytesMax: () => number;
  /** Not while a poll of the source runs. */
  readonly read: (source: Source, document: PushedDocument) => Promise<PushReport>;
  readonly pollNow: (id: SourceId) => void;
  readonly now: () => number;
  readonly log: Log;
}

export interface Delivered {
  /** Undefined where it was too large. */
  readonly body: Uint8Array | undefined;
  readonly contentType: string | undefined;
  readonly signature: string | undefined;
}

export interface Inbox {
  bytesMaxOf(name: string): number | undefined;
  deliver(name: string, delivered: Delivered): void;
  afterPoll(id: SourceId, newItems: number): void;
  /** Polls that were put off a little. */
  turn(): void;
  /** Takes nothing more; resolves when what is being read is done. */
  stop(): Promise<void>;
}

/** Documents that wait to be read: of one source, and bytes of all. */
const WAITING_MAX = 8;
const WAITING_BYTES_MAX = 64 * 1024 * 1024;
/** Between two polls that pushes ask for; of a source that fails. */
const POLL_GAP_MS = 60_000;
const FAILING_POLL_GAP_MS = 15 * 60_000;
/** A push may come so much later than the poll that found what it brings. */
const LATE_MS = 15 * 60_000;
/** Pushes that are not read are told of once in so long, with their count. */
const IGNORED_REPORT_MS = 60_000;

/** What is remembered of one source while we run; nothing is lost with it. */
interface Tray {
  allowance?: Allowance | undefined;
  waiting: number;
  /** Polls that a push asked for: the last, and one that is put off until its time. */
  polledAtMs?: number;
  pollAtMs?: number | undefined;
  isPinged?: boolean;
  ignored: number;
  ignoredToldMs?: number;
}

export function createInbox(options: InboxOptions): Inbox {
  const { shelf, known, now, log } = options;
  const trays = new Map<SourceId, Tray>();
  const reading = new Set<Promise<void>>();
  let waitingBytes = 0;
  let stopped = false;

  const trayOf = (id: SourceId): Tray => {
    const tray = trays.get(id) ?? { waiting: 0, ignored: 0 };
    trays.set(id, tray);
    return tray;
  };

  function mark(id: SourceId, facts: Partial<HubSubscription>): void {
    const { wanted, leaving } = shelf.of(id);
    if (wanted !== undefined) shelf.put(id, { wanted: { ...wanted, ...facts }, leaving });
  }

  /** Its old callbacks are still good for a hint while a new one is asked for. */
  function isReplaced(id: SourceId | undefined): boolean {
    return id !== undefined && shelf.of(id).wanted !== undefined;
  }

  function ignore(id: SourceId, reason: string): void {
    const tray = trayOf(id);
    tray.ignored += 1;
    if (now() - (tray.ignoredToldMs ?? Number.NEGATIVE_INFINITY) < IGNORED_REPORT_MS) return;
    log.warn('push', { source: id, outcome: 'ignored', reason, count: tray.ignored });
    tray.ignored = 0;
    tray.ignoredToldMs = now();
  }

  /** At once, or when the gap since the last one is over: hubs cannot make us poll without end. */
  function pollSoon(id: SourceId): void {
    const poll = known.pollOf(id);
    const nextMs = poll === undefined ? 0 : msFromTimestamp(poll.nextPollAt);
    // A server that asked us to stay away is not asked because of what somebody else says.
    if (poll?.outcome === 'rate-limited' && nextMs > now()) return;
    const gapMs = (poll?.failures ?? 0) > 0 ? FAILING_POLL_GAP_MS : POLL_GAP_MS;
    const tray = trayOf(id);
    // A clock that was set back puts nothing off.
    const lastMs = Math.min(tray.polledAtMs ?? Number.NEGATIVE_INFINITY, now());
    const atMs = Math.max(now(), lastMs + gapMs);
    tray.pollAtMs = Math.min(tray.pollAtMs ?? atMs, atMs);
    pollIfDue(id, tray);
  }

  function pollIfDue(id: SourceId, tray: Tray): void {
    if (tray.pollAtMs === undefined || tray.pollAtMs > now()) return;
    tray.pollAtMs = undefined;
    tray.polledAtMs = now();
    tray.isPinged = true;
    options.pollNow(id);
  }

  function deliver(name: string, delivered: Delivered): void {
    const found = shelf.named(name);
    const source = found === undefined ? undefined : options.sourceOf(found.sourceId);
    if (stopped || source === undefined) return;
    // To one that is given up, as where our address changed: nothing is read of it, but that there is something new is believed.
    if (found?.wanted === undefined) pollSoon(source.id);
    else take(source, found.wanted, delivered);
  }

  function take(source: Source, wanted: HubSubscription, { body, contentType, signature }: Delivered): void {
    // Too large: its signature cannot be checked, but that there is something new is believed as far as a poll goes.
    const verdict = body === undefined ? 'too-large' : signatureVerdict(signature, wanted.secret, body);
    if (verdict !== 'valid') ignore(source.id, verdict);
    if (body === undefined) pollSoon(source.id);
    else if (verdict === 'valid') accept(source, wanted, { body, contentType });
  }

  function accept(source: Source, wanted: HubSubscription, document: PushedDocument): void {
    mark(source.id, { pushedAt: timestampOfClock(now()) });
    const bytes = document.body.length;
    const tray = trayOf(source.id);
    const allowance = afterWork(tray.allowance, bytes, now());
    const hasRoom =
      tray.waiting < WAITING_MAX && (waitingBytes === 0 || waitingBytes + bytes <= WAITING_BYTES_MAX);
    const isRead = bytes > 0 && isTrusted(source, wanted) && hasRoom && allowance !== undefined;
    tray.allowance = allowance ?? tray.allowance;
    if (isRead) read(source, document, tray);
    else pollSoon(source.id);
  }

  function read(source: Source, document: PushedDocument, tray: Tray): void {
    const startedMs = now();
    tray.waiting += 1;
    waitingBytes += document.body.length;
    const work = options.read(source, document).then((report) => {
      tray.waiting -= 1;
      waitingBytes -= document.body.length;
      reading.delete(work);
      told(source.id, report, now() - startedMs);
      if (report.outcome === 'left') pollSoon(source.id);
      else if (provesPushes(source.id, report)) mark(source.id, { provenAt: timestampOfClock(now()) });
    });
    reading.add(work);
  }

  /** It brought something new, or what a poll had just found: then it was late, not lost. */
  function provesPushes(id: SourceId, report: PushReport): boolean {
    if (report.new > 0) return true;
    const { missedAt, provenAt } = shelf.of(id).wanted ?? {};
    if (missedAt === undefined || (provenAt !== undefined && provenAt >= missedAt)) return false;
    const missedMs = msFromTimestamp(missedAt);
    return now() - missedMs <= LATE_MS && report.latestSeenMs >= missedMs - LATE_MS;
  }

  function told(id: SourceId, report: PushReport, ms: number): void {
    const { outcome, reason, message, items, changed } = report;
    const fields = { source: id, outcome, reason, ms: Math.round(ms), items, new: report.new, message };
    if (outcome === 'left') log.warn('push', fields);
    else log.info('push', { ...fields, changed: changed || undefined });
  }

  return {
    bytesMaxOf(name) {
      const found = shelf.named(name);
      const isOver =
        found?.wanted === undefined ? !isReplaced(found?.sourceId) : found.wanted.state === 'denied';
      return isOver ? undefined : options.bodyBytesMax();
    },
    deliver,
    afterPoll(id, newItems) {
      const tray = trays.get(id);
      const wasPinged = tray?.isPinged === true;
      if (tray !== undefined) tray.isPinged = false;
      if (newItems === 0) return;
      const at = timestampOfClock(now());
      if (wasPinged) mark(id, { provenAt: at });
      else if (isActive(shelf.of(id).wanted, now())) mark(id, { missedAt: at });
    },
    turn() {
      for (const [id, tray] of trays) {
        if (shelf.of(id).wanted === undefined && tray.waiting === 0) trays.delete(id);
        else pollIfDue(id, tray);
      }
    },
    async stop() {
      stopped = true;
      await Promise.all(reading);
    },
  };
}

/** Over http anybody on the way can sign: what an https source says is then only polled for. */
function isTrusted({ feedUrl }: Source, { hubUrl }: HubSubscription): boolean {
  return isHttps(hubUrl) || !isHttps(feedUrl);
}
