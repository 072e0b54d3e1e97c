// What polls and publishing tell the metrics, and what the metrics ask of them.
import type { Meter, Readings } from '../edge/metrics/metrics.ts';
import type { Clock } from '../edge/ops/clock.ts';
import type { Scheduler } from '../edge/schedule/scheduler.ts';
import type { Source } from '../model/config.ts';
import type { Rendition } from '../model/edition.ts';
import { isListId } from '../model/ids.ts';
import { HEALTHS, type SiteStatus } from '../model/status.ts';
import { msFromTimestamp } from '../model/timestamp.ts';
import { VERSION } from '../model/version.ts';
import type { PollReport } from './poll-report.ts';
import type { Publisher, PublishReport } from './publisher.ts';
import type { RunningConfig } from './running-config.ts';

export function meterPoll(meter: Meter, source: Source, report: PollReport): void {
  const { outcome, reason, ms } = report;
  const isList = isListId(source.id);
  meter.polled({
    kind: isList ? 'list' : 'source',
    outcome,
    reason,
    ms,
    newItems: isList ? 0 : report.new,
    changedItems: isList ? 0 : report.changed,
  });
}

export function meterPublish(meter: Meter, { outcome, ms, dropped }: PublishReport): void {
  meter.published({ outcome, ms, droppedItems: dropped.length });
}

export interface ReadingParts {
  readonly status: () => SiteStatus;
  readonly scheduler: Pick<Scheduler, 'status'>;
  readonly publisher: Pick<Publisher, 'site' | 'missing'>;
  readonly running: Pick<RunningConfig, 'now' | 'state'>;
  readonly connections: () => number;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** One asking reads every metric: what is worked out for one serves the others. */
const KEPT_MS = 1000;

export function readingsOf(parts: ReadingParts): Readings {
  const { publisher, running, clock, connections } = parts;
  const status = keptFor(KEPT_MS, clock.monotonic, parts.status);
  const scheduler = keptFor(KEPT_MS, clock.monotonic, parts.scheduler.status);
  return {
    version: VERSION,
    nodeVersion: process.version,
    sources() {
      const counts = new Map<string, number>(HEALTHS.map((health) => [health, 0]));
      for (const { health } of status().sources) counts.set(health, (counts.get(health) ?? 0) + 1);
      return counts;
    },
    items: () => status().sources.reduce((sum, { items }) => sum + items, 0),
    polls() {
      const { running, queued, pauses } = scheduler();
      return { running, queued, restingHosts: pauses.length };
    },
    feeds: () => ({ configured: running.now().feeds.length, missing: publisher.missing().length }),
    documents: () => documentsOf(publisher.site().values()),
    newestEditionAt() {
      const times = Array.from(publisher.site().values(), ({ changedAt }) => msFromTimestamp(changedAt));
      return times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b)) / 1000;
    },
    isStoreUp: () => status().storeAlarm === undefined,
    isConfigSound: () => running.state().problem === undefined,
    configAppliedAt: () => msFromTimestamp(running.state().appliedAt) / 1000,
    connections,
  };
}

function documentsOf(documents: Iterable<Rendition>) {
  const formats = new Map<string, { count: number; bytes: number }>();
  for (const { path, body, gzip } of documents) {
    const format = path.slice(path.lastIndexOf('.') + 1);
    const sum = formats.get(format) ?? { count: 0, bytes: 0 };
    formats.set(format, { count: sum.count + 1, bytes: sum.bytes + body.length + gzip.length });
  }
  return Array.from(formats, ([format, sum]) => ({ format, ...sum }));
}

function keptFor<T>(ms: number, monotonic: () => number, read: () => T): () => T {
  let kept: { readonly value: T; readonly atMs: number } | undefined;
  return () => {
    if (kept === undefined || monotonic() - kept.atMs >= ms) kept = { value: read(), atMs: monotonic() };
    return kept.value;
  };
}
