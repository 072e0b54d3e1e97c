// Metrics of a service in which nothing, or a little of everything, has happened.
import { createMetrics, type Metrics, type Readings } from '../../../src/edge/metrics/metrics.ts';

export const NOTHING: Readings = {
  version: '1.2.3',
  nodeVersion: 'v24.0.0',
  sources: () => new Map([['ok', 2]]),
  items: () => 7,
  polls: () => ({ running: 1, queued: 0, restingHosts: 0 }),
  feeds: () => ({ configured: 3, missing: 1 }),
  documents: () => [{ format: 'rss', count: 3, bytes: 3000 }],
  newestEditionAt: () => undefined,
  isStoreUp: () => true,
  isConfigSound: () => false,
  configAppliedAt: () => 1_795_726_274,
  connections: () => 5,
};

/** Everything has been counted once: every label shows. */
export function usedMetrics(): Metrics {
  const metrics = createMetrics();
  metrics.polled({ kind: 'source', outcome: 'failed', reason: 'dns', ms: 1, newItems: 1, changedItems: 1 });
  metrics.pollStarted(1);
  metrics.received(1);
  metrics.stored('read_source', 'hit', 1);
  metrics.published({ outcome: 'published', ms: 1, droppedItems: 0 });
  metrics.answered('feed', 200);
  metrics.alerted('sent');
  return metrics;
}
