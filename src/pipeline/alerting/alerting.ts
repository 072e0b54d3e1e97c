// Tells whoever runs the service what went wrong and what is well again, once for each change. What is told follows from what stands
// and from what was told before, so that a restart repeats nothing; what is not delivered is tried again, and holds up nobody.
import { createFetcher, type Fetcher, type FetcherOptions } from '../../edge/fetch/fetcher.ts';
import type { Meter } from '../../edge/metrics/metrics.ts';
import type { Log } from '../../edge/ops/log.ts';
import { retryAfterMs } from '../../edge/schedule/retry-after.ts';
import type { AlertFile } from '../../edge/store/alert-file.ts';
import type { StoreWatch } from '../../edge/store/store-watch.ts';
import type { AlertLedger } from '../../model/alert.ts';
import type { AlertsConfig } from '../../model/config.ts';
import type { KnownSources } from '../known-sources.ts';
import type { PublishReport } from '../publisher.ts';
import type { RunningConfig } from '../running-config.ts';
import { ALERTS_MAX, alertBody } from './alert-body.ts';
import { decideAlerts } from './decide-alerts.ts';
import { sightingOf } from './sighting.ts';

export interface AlertingOptions {
  readonly running: Pick<RunningConfig, 'now' | 'userAgent' | 'polled'>;
  readonly known: Pick<KnownSources, 'pollOf'>;
  readonly watch: Pick<StoreWatch, 'outage'>;
  readonly file: AlertFile;
  readonly network?: Pick<FetcherOptions, 'resolve' | 'dial'> | undefined;
  readonly meter?: Pick<Meter, 'alerted'> | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  /** Aborts what is under way at a stop. */
  readonly signal: AbortSignal;
}

export interface Alerting {
  /** Looks and tells what is due; returns at once. */
  turn(): void;
  /** To be told how each publishing went. */
  published(report: Pick<PublishReport, 'feedId' | 'outcome' | 'isStoreAway'>): void;
  /** Resolves when what the last turn began is done. */
  settled(): Promise<void>;
  /** The same, and closes its connections. */
  stop(): Promise<void>;
}

const LOOK_MS = 5_000;
const TIMEOUT_MS = 10_000;
const RETRY_MS_MIN = 10_000;
const RETRY_MS_MAX = 10 * 60_000;
/** About an hour: what nobody takes until then is dropped, and the log has it. */
const ATTEMPTS_MAX = 10;

export function createAlerting(options: AlertingOptions): Alerting {
  const { running, known, watch, file, now, log, meter, signal } = options;
  const publishes = new Map<string, 'published' | 'failed'>();
  let ledger: AlertLedger | undefined;
  let lookedMs = Number.NEGATIVE_INFINITY;
  let working: Promise<void> | undefined;
  let retry = { failures: 0, atMs: Number.NEGATIVE_INFINITY };
  let sender: { readonly key: string; readonly fetcher: Fetcher } | undefined;

  const sighting = () =>
    sightingOf({
      sources: running.polled(),
      pollOf: ({ id }) => known.pollOf(id),
      storeTrouble: watch.outage()?.error.trouble,
      feedIds: running.now().feeds.map(({ id }) => id),
      publishes,
    });

  async function keep(next: AlertLedger): Promise<void> {
    if (next === ledger) return;
    ledger = next;
    await file.write(next).catch((error: unknown) => log.error('alerts-not-kept', { error }));
  }

  async function work(alerts: AlertsConfig): Promise<void> {
    ledger ??= await readLedger();
    const decided = decideAlerts(ledger, sighting(), { nowMs: now(), afterMs: alerts.afterMs });
    if (decided.dropped > 0) meter?.alerted('dropped');
    await keep(decided.ledger);
    const isTime = retry.atMs <= now() || retry.atMs - now() > RETRY_MS_MAX;
    if (decided.ledger.waiting.length > 0 && isTime && !signal.aborted) await deliver(alerts, decided.ledger);
  }

  async function readLedger(): Promise<AlertLedger> {
    const { ledger: kept, problem } = await file.read();
    if (problem !== undefined) log.warn('document-damaged', { problem });
    return kept;
  }

  async function deliver(alerts: AlertsConfig, { open, waiting }: AlertLedger): Promise<void> {
    const told = waiting.slice(0, ALERTS_MAX);
    const events = told.map(({ event, id }) => (id === undefined ? event : `${event} ${id}`));
    const problem = await send(alerts, alertBody(told, running.now().server.publicUrl));
    if (signal.aborted) return;
    if (problem === undefined) {
      retry = { failures: 0, atMs: Number.NEGATIVE_INFINITY };
      meter?.alerted('sent');
      log.info('alert', { outcome: 'sent', events });
      return keep({ open, waiting: waiting.slice(told.length) });
    }
    const failures = retry.failures + 1;
    const waitMs = Math.max(RETRY_MS_MIN * 2 ** (failures - 1), problem.retryAfterMs);
    retry = { failures, atMs: now() + Math.min(waitMs, RETRY_MS_MAX) };
    meter?.alerted('failed');
    log.warn('alert', { outcome: 'failed', failures, message: problem.message });
    if (failures < ATTEMPTS_MAX) return;
    retry = { failures: 0, atMs: retry.atMs };
    meter?.alerted('dropped');
    log.error('alert', { outcome: 'dropped', events, message: `nobody took it in ${failures} attempts` });
    await keep({ open, waiting: waiting.slice(told.length) });
  }

  async function send(
    { url, headers }: AlertsConfig,
    json: string,
  ): Promise<{ readonly message: string; readonly retryAfterMs: number } | undefined> {
    const outcome = await fetcherFor(url).post({ url, json, headers, timeoutMs: TIMEOUT_MS, signal });
    if (outcome.kind === 'failed') return { message: outcome.error.message, retryAfterMs: 0 };
    if (outcome.status >= 200 && outcome.status < 300) return undefined;
    const message = `the receiver of alerts answers with status ${outcome.status}`;
    return { message, retryAfterMs: retryAfterMs(outcome.retryAfter, now()) ?? 0 };
  }

  /** Its host was named by the operator and may be private; where it redirects to may not. */
  function fetcherFor(url: string): Fetcher {
    const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
    const { allow, proxy } = running.now().network;
    const key = JSON.stringify([host, allow, proxy]);
    if (sender?.key !== key) {
      void sender?.fetcher.close();
      const network = { allow: [...allow, host], proxy };
      sender = {
        key,
        fetcher: createFetcher(network, { userAgent: running.userAgent(), ...options.network }),
      };
    }
    return sender.fetcher;
  }

  return {
    turn() {
      const { alerts } = running.now();
      const sinceMs = now() - lookedMs;
      if (alerts === undefined || signal.aborted || (sinceMs >= 0 && sinceMs < LOOK_MS)) return;
      lookedMs = now();
      working ??= work(alerts)
        .catch((error: unknown) => log.error('alert', { outcome: 'failed', error }))
        .finally(() => {
          working = undefined;
        });
    },
    published({ feedId, outcome, isStoreAway }) {
      if (feedId === undefined || outcome === 'waiting' || isStoreAway) return;
      publishes.set(feedId, outcome === 'failed' ? 'failed' : 'published');
    },
    async settled() {
      await working;
    },
    async stop() {
      await working;
      await sender?.fetcher.close();
    },
  };
}
