// Who runs the service is told of each change once: over restarts, over receivers that are away, and never of a secret.
import { expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../../src/edge/config/load-config.ts';
import { createLog } from '../../../src/edge/ops/log.ts';
import { openAlertFile } from '../../../src/edge/store/alert-file.ts';
import { StoreError } from '../../../src/model/errors.ts';
import type { FeedId, SourceId } from '../../../src/model/ids.ts';
import type { PollRecord } from '../../../src/model/poll-record.ts';
import { RECORD_VERSION } from '../../../src/model/record-version.ts';
import { timestampOfClock } from '../../../src/model/timestamp.ts';
import { createAlerting } from '../../../src/pipeline/alerting/alerting.ts';
import { digestOf } from '../../../src/pipeline/source-address.ts';
import { temporaryFolder } from '../../e2e/tributary.ts';
import { collector, type LogLine } from '../../rig/log-lines.ts';
import { startReceiver } from '../../rig/receiver.ts';

const HOUR_MS = 3_600_000;

async function rig() {
  const receiver = await startReceiver();
  const folder = await temporaryFolder();
  onTestFinished(async () => {
    await receiver[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });
  const yaml = `server: { publicUrl: https://feeds.example/ }
alerts: { url: "${receiver.url}/hook/\${HOOK}", headers: { Authorization: "Bearer \${TOKEN}" }, after: 6h }
sources:
  - { id: harbour, url: https://harbour.example/feed, name: Harbour News }
  - { id: secret, url: "https://secret.example/feed?key=\${TOKEN}" }
feeds: [{ id: city, title: City }]
`;
  const config = parseConfig(yaml, {
    file: 'tributary.yaml',
    env: { HOOK: 'pl4nted-hook', TOKEN: 'pl4nted-token' },
    cwd: folder.path,
  });
  let nowMs = Date.UTC(2026, 10, 26);
  let outage: { sinceMs: number; error: StoreError } | undefined;
  const polls = new Map<string, PollRecord>();
  const lines: LogLine[] = [];
  const log = createLog({ level: 'debug', pretty: false, secrets: [], destination: collector(lines) });
  const start = () => {
    const abort = new AbortController();
    const alerting = createAlerting({
      running: { now: () => config, userAgent: () => 'Tributary/test', polled: () => config.sources },
      known: { pollOf: (id: SourceId) => polls.get(id) },
      watch: { outage: () => outage },
      file: openAlertFile(folder.path),
      now: () => nowMs,
      log,
      signal: abort.signal,
    });
    return {
      ...alerting,
      async stop() {
        abort.abort();
        await alerting.stop();
      },
    };
  };
  let alerting = start();
  onTestFinished(() => alerting.stop());
  /** As a tick that many milliseconds later. Resolves when everything of it is done. */
  const lookAfter = async (ms: number) => {
    nowMs += ms;
    alerting.turn();
    await alerting.settled();
  };
  const poll = (id: string, record: Partial<PollRecord>) =>
    polls.set(id, {
      version: RECORD_VERSION,
      polledAt: timestampOfClock(nowMs),
      nextPollAt: timestampOfClock(nowMs + HOUR_MS),
      outcome: 'updated',
      failures: 0,
      ...record,
    });
  return {
    receiver,
    config,
    lines,
    poll,
    lookAfter,
    published: (outcome: 'published' | 'failed') => alerting.published({ feedId: 'city' as FeedId, outcome }),
    loseStore(trouble: 'away' | undefined) {
      outage = trouble && {
        sinceMs: nowMs,
        error: new StoreError('store-unavailable', 'redis://u:p@h', { trouble }),
      };
    },
    async restart() {
      await alerting.stop();
      alerting = start();
    },
    events: () => receiver.received.flatMap(({ body }) => body.alerts.map(({ event }) => event)),
  };
}

test('a source that fails for long is told once, and once when it is well; one that fails for a while is not', async () => {
  const { poll, lookAfter, receiver, events } = await rig();
  poll('harbour', { outcome: 'failed', reason: 'timeout', failures: 1 });
  await lookAfter(0);
  await lookAfter(5 * HOUR_MS);
  poll('harbour', {});
  await lookAfter(HOUR_MS);
  poll('harbour', { outcome: 'failed', reason: 'timeout', failures: 1 });
  await lookAfter(HOUR_MS);
  await lookAfter(5 * HOUR_MS);
  expect(events()).toEqual([]);
  for (const failures of [2, 3, 4]) {
    poll('harbour', { outcome: 'failed', reason: 'dns', failures });
    await lookAfter(HOUR_MS);
  }
  expect(receiver.received).toMatchObject([
    {
      path: '/hook/pl4nted-hook',
      headers: { 'content-type': 'application/json', authorization: 'Bearer pl4nted-token' },
      body: {
        text: 'Tributary, https://feeds.example/\nharbour (Harbour News) has failed for 6 h: the name of its host is unknown',
        service: 'https://feeds.example/',
        alerts: [
          {
            event: 'source-failing',
            state: 'firing',
            at: '2026-11-26T13:00:00.000Z',
            since: '2026-11-26T07:00:00.000Z',
            source: { id: 'harbour', name: 'Harbour News' },
            reason: 'dns',
          },
        ],
      },
    },
  ]);
  poll('harbour', {});
  await lookAfter(HOUR_MS);
  await lookAfter(HOUR_MS);
  expect(events()).toEqual(['source-failing', 'source-recovered']);
});

test('each kind of trouble is told when it comes and when it goes; what comes together in one message', async () => {
  const { poll, lookAfter, receiver, events, loseStore, published, config } = await rig();
  const [harbour, secret] = config.sources;
  const moved = (source: typeof harbour, feedUrl: string) =>
    source && { feedUrl, sightings: 3, saidBy: digestOf(source) };
  poll('harbour', { outcome: 'gone', failures: 1, reason: 'gone' });
  poll('secret', { movedTo: moved(secret, 'https://new.example/?key=other-key') });
  loseStore('away');
  published('failed');
  await lookAfter(0);
  expect(receiver.received).toHaveLength(1);
  expect(events()).toEqual(['source-gone', 'source-moved', 'store-lost', 'feed-failing']);
  expect(JSON.stringify(receiver.received[0]?.body)).not.toMatch(/pl4nted|other-key|redis:|secret\.example/);
  poll('harbour', { movedTo: moved(harbour, 'https://b.example/feed') });
  loseStore(undefined);
  published('published');
  await lookAfter(HOUR_MS);
  expect(events().slice(4)).toEqual(['source-moved', 'source-recovered', 'store-back', 'feed-published']);
  expect(receiver.received[1]?.body.text).toContain('moved for good, to https://b.example/feed');
  await lookAfter(HOUR_MS);
  expect(receiver.received).toHaveLength(2);
});

test('a restart repeats nothing, and forgets nothing', async () => {
  const { poll, lookAfter, events, restart } = await rig();
  poll('harbour', { outcome: 'failed', reason: 'dns', failures: 1 });
  await lookAfter(0);
  await restart();
  await lookAfter(6 * HOUR_MS);
  await restart();
  await lookAfter(HOUR_MS);
  expect(events()).toEqual(['source-failing']);
  poll('harbour', {});
  await restart();
  await lookAfter(HOUR_MS);
  expect(events()).toEqual(['source-failing', 'source-recovered']);
});

test('a receiver that is away is tried again, ever later, then given up; what came meanwhile is told with it', async () => {
  const { lookAfter, receiver, loseStore, lines } = await rig();
  receiver.answerWith(500);
  loseStore('away');
  await lookAfter(0);
  for (let seconds = 0; seconds < 70; seconds += 5) await lookAfter(5_000);
  // After 10, 30 and 70 seconds.
  expect(receiver.received).toHaveLength(4);
  loseStore(undefined);
  for (let minutes = 0; minutes < 120; minutes += 1) await lookAfter(60_000);
  expect(receiver.received).toHaveLength(10);
  expect(receiver.received.at(-1)?.body.alerts.map(({ event }) => event)).toEqual([
    'store-lost',
    'store-back',
  ]);
  const outcomes = lines.filter(({ event }) => event === 'alert').map(({ outcome }) => outcome);
  expect(outcomes).toEqual([...new Array(10).fill('failed'), 'dropped']);
});

test('headers do not follow a redirect to another origin; a private one is not gone to', async () => {
  const { lookAfter, receiver, loseStore, lines } = await rig();
  await using other = await startReceiver();
  receiver.answerWith(307, other.url.replace('127.0.0.1', '127.0.0.2'));
  loseStore('away');
  await lookAfter(0);
  expect(receiver.received).toHaveLength(1);
  expect(other.received).toHaveLength(0);
  expect(lines.at(-1)).toMatchObject({ event: 'alert', outcome: 'failed' });
  receiver.answerWith(307, `${other.url}/there`);
  await lookAfter(HOUR_MS);
  expect(other.received).toMatchObject([{ path: '/there' }]);
  expect(other.received[0]?.headers['authorization']).toBeUndefined();
});
