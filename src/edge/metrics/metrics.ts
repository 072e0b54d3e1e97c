// Every metric of ours, and what it is counted from. docs/OPERATING.md tells what each means; a test holds the two together.
import { counter, type Family, gauge, histogram } from './tallies.ts';

/** What is looked up at the moment of asking. */
export interface Readings {
  readonly version: string;
  readonly nodeVersion: string;
  /** Sources by how they are. */
  sources(): ReadonlyMap<string, number>;
  /** Items that are known of all sources. */
  items(): number;
  polls(): { readonly running: number; readonly queued: number; readonly restingHosts: number };
  feeds(): { readonly configured: number; readonly missing: number };
  /** Documents that are served from memory. */
  documents(): readonly DocumentReading[];
  /** Seconds since 1970; undefined where nothing is published. */
  newestEditionAt(): number | undefined;
  isStoreUp(): boolean;
  isConfigSound(): boolean;
  /** Seconds since 1970. */
  configAppliedAt(): number;
  /** Open connections, idle ones included. */
  connections(): number;
}

export interface DocumentReading {
  readonly format: string;
  readonly count: number;
  /** In every encoding that is kept. */
  readonly bytes: number;
}

export interface PollTally {
  readonly kind: 'source' | 'list';
  readonly outcome: string;
  readonly reason: string | undefined;
  readonly ms: number;
  readonly newItems: number;
  readonly changedItems: number;
}

export interface PublishTally {
  readonly outcome: string;
  readonly ms: number;
  readonly droppedItems: number;
}

/** What happens, told as it happens. */
export interface Meter {
  polled(poll: PollTally): void;
  /** A poll began so long after it was due. */
  pollStarted(lateMs: number): void;
  /** Of a body, as they travelled. */
  received(bytes: number): void;
  stored(verb: string, outcome: string, ms: number): void;
  published(publish: PublishTally): void;
  answered(route: string, status: number): void;
  /** A message of `alerts:`. */
  alerted(outcome: 'sent' | 'failed' | 'dropped'): void;
}

const POLL_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60];
const LAG_SECONDS = [0.1, 1, 5, 15, 60, 300, 900, 3600];
const STORE_SECONDS = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2];
const PUBLISH_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15];

export interface Metrics extends Meter {
  /** All of them, with what `readings` has. */
  families(readings: Readings): readonly Family[];
}

export function createMetrics(): Metrics {
  const polls = counter({
    name: 'tributary_polls_total',
    help: 'Polls that ended, of sources and of lists (OPML), by what came of them',
    labels: ['kind', 'outcome', 'reason'],
  });
  const pollSeconds = histogram({
    name: 'tributary_poll_duration_seconds',
    help: 'From the beginning of a poll to its commit',
    bounds: POLL_SECONDS,
  });
  const lag = histogram({
    name: 'tributary_poll_lag_seconds',
    help: 'How long after it was due a poll began',
    bounds: LAG_SECONDS,
  });
  const receivedBytes = counter({
    name: 'tributary_received_bytes_total',
    help: 'Bytes of bodies as they travelled, of everything that was asked for over HTTP',
  });
  const newItems = counter({ name: 'tributary_new_items_total', help: 'Items that polls found new' });
  const changedItems = counter({
    name: 'tributary_changed_items_total',
    help: 'Items that polls found changed',
  });
  const storeCalls = counter({
    name: 'tributary_store_calls_total',
    help: 'Calls of the store, by what was asked and what came of it',
    labels: ['verb', 'outcome'],
  });
  const storeSeconds = histogram({
    name: 'tributary_store_call_duration_seconds',
    help: 'How long calls of the store took',
    labels: ['verb'],
    bounds: STORE_SECONDS,
  });
  const publishes = counter({
    name: 'tributary_publishes_total',
    help: 'Feeds, and the pages of the site, that were due, by what came of it',
    labels: ['outcome'],
  });
  const publishSeconds = histogram({
    name: 'tributary_publish_duration_seconds',
    help: 'How long a feed took that was published anew: merge, render, check, store, disk',
    bounds: PUBLISH_SECONDS,
  });
  const droppedItems = counter({
    name: 'tributary_dropped_items_total',
    help: 'Items that were left out since their documents would not read back',
  });
  const requests = counter({
    name: 'tributary_http_requests_total',
    help: 'Requests that were answered, by kind of document and status',
    labels: ['route', 'status'],
  });
  const alerts = counter({
    name: 'tributary_alert_messages_total',
    help: 'Messages to the receiver of alerts, by what came of them',
    labels: ['outcome'],
  });
  const told = [
    ...[polls, pollSeconds, lag, receivedBytes, newItems, changedItems, storeCalls, storeSeconds],
    ...[publishes, publishSeconds, droppedItems, requests, alerts],
  ];

  return {
    polled({ kind, outcome, reason, ms, ...items }) {
      polls.add(1, kind, outcome, reason ?? '');
      pollSeconds.observe(ms / 1000);
      newItems.add(items.newItems);
      changedItems.add(items.changedItems);
    },
    pollStarted: (lateMs) => lag.observe(Math.max(0, lateMs) / 1000),
    received: (bytes) => receivedBytes.add(bytes),
    stored(verb, outcome, ms) {
      storeCalls.add(1, verb, outcome);
      storeSeconds.observe(ms / 1000, verb);
    },
    published({ outcome, ms, droppedItems: dropped }) {
      publishes.add(1, outcome);
      droppedItems.add(dropped);
      if (outcome === 'published') publishSeconds.observe(ms / 1000);
    },
    answered: (route, status) => requests.add(1, route, String(status)),
    alerted: (outcome) => alerts.add(1, outcome),
    families: (readings) => [...told, ...gaugesOf(readings)],
  };
}

function gaugesOf(readings: Readings): readonly Family[] {
  const one = (name: string, help: string, read: () => number | undefined) =>
    gauge({ name: `tributary_${name}`, help }, () => {
      const value = read();
      return value === undefined ? [] : [[value]];
    });
  const formats = (name: string, help: string, read: (document: DocumentReading) => number) =>
    gauge({ name: `tributary_${name}`, help, labels: ['format'] }, () =>
      readings.documents().map((document) => [read(document), document.format]),
    );
  return [
    gauge({ name: 'tributary_build_info', help: 'Always 1', labels: ['version', 'node'] }, () => [
      [1, readings.version, readings.nodeVersion],
    ]),
    gauge({ name: 'tributary_sources', help: 'Sources by their health', labels: ['health'] }, () =>
      Array.from(readings.sources(), ([health, count]) => [count, health]),
    ),
    one('items', 'Items that are known of all sources', readings.items),
    one('polls_running', 'Polls under way', () => readings.polls().running),
    one(
      'polls_queued',
      'Polls that are due and wait for a slot or for their host',
      () => readings.polls().queued,
    ),
    one(
      'resting_hosts',
      'Hosts and domains that asked us to come less often',
      () => readings.polls().restingHosts,
    ),
    one('feeds', 'Feeds of the configuration', () => readings.feeds().configured),
    one('feeds_missing', 'Feeds that have no document yet', () => readings.feeds().missing),
    formats('documents', 'Documents served from memory', ({ count }) => count),
    formats('document_bytes', 'Bytes of them, in every encoding', ({ bytes }) => bytes),
    one('newest_edition_timestamp_seconds', 'When the newest edition was made', readings.newestEditionAt),
    one('store_up', '1 while the store answers', () => Number(readings.isStoreUp())),
    one('config_valid', '0 while the file has mistakes: what was read before goes on', () =>
      Number(readings.isConfigSound()),
    ),
    one('config_applied_timestamp_seconds', 'When what is in force was put there', readings.configAppliedAt),
    one('http_connections', 'Open connections of readers, idle ones included', readings.connections),
  ];
}
