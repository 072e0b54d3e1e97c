// What becomes of deliveries: which are read, which are polled for, and how much of either.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/edge/ops/log.ts';
import { openStore } from '../../../src/edge/store/open-store.ts';
import { newSubscription } from '../../../src/edge/websub/subscription.ts';
import type { PollRecord } from '../../../src/model/poll-record.ts';
import { RECORD_VERSION } from '../../../src/model/record-version.ts';
import { timestampOfClock } from '../../../src/model/timestamp.ts';
import { loadKnownSources } from '../../../src/pipeline/known-sources.ts';
import { createInbox } from '../../../src/pipeline/push/inbox.ts';
import type { PushReport } from '../../../src/pipeline/push/read-push.ts';
import { loadSubscriptions } from '../../../src/pipeline/push/subscription-shelf.ts';
import { buildSource } from '../../core/build-item.ts';

const SECRET = 'secret';
const READ: PushReport = { outcome: 'updated', items: 1, new: 1, changed: 0, latestSeenMs: 0 };

async function rig({ feedUrl = 'https://a.example/feed', hubUrl = 'https://hub.example/' } = {}) {
  const source = buildSource('a', { feedUrl, address: feedUrl });
  const store = await openStore('memory:');
  const shelf = await loadSubscriptions(store);
  if (shelf === undefined) throw new Error('the store answers');
  const known = await loadKnownSources(store, [source]);
  let nowMs = Date.UTC(2026, 0, 1);
  const push = { hubUrls: [hubUrl], topicUrl: feedUrl, documentUrl: feedUrl };
  const callbackUrl = 'https://feeds.example/websub/name';
  shelf.put(source.id, {
    wanted: newSubscription({ push, hubUrl, callbackUrl, secret: SECRET, nowMs }),
    leaving: [],
  });
  const reads: (() => void)[] = [];
  const polls: number[] = [];
  const inbox = createInbox({
    shelf,
    known,
    sourceOf: () => source,
    bodyBytesMax: () => 1000,
    read: () => new Promise((resolve) => reads.push(() => resolve(READ))),
    pollNow: () => void polls.push(nowMs),
    now: () => nowMs,
    log: createLog({ level: 'silent', pretty: false, secrets: [] }),
  });
  const deliver = (text: string) =>
    inbox.deliver('name', {
      body: Buffer.from(text),
      contentType: undefined,
      signature: `sha256=${createHmac('sha256', SECRET).update(text).digest('hex')}`,
    });
  const remember = (said: Partial<PollRecord>) =>
    known.rememberPoll(source.id, {
      version: RECORD_VERSION,
      polledAt: timestampOfClock(nowMs),
      nextPollAt: timestampOfClock(nowMs + 3_600_000),
      outcome: 'updated',
      failures: 0,
      ...said,
    });
  return {
    inbox,
    reads,
    polls,
    deliver,
    remember,
    pass(ms: number) {
      nowMs += ms;
      inbox.turn();
    },
  };
}

describe('a delivery', () => {
  it('of an https source by way of an http hub is polled for, never read', async () => {
    const http = await rig({ hubUrl: 'http://hub.example/' });
    http.deliver('text');
    expect([http.reads.length, http.polls.length]).toEqual([0, 1]);
    const both = await rig({ hubUrl: 'http://hub.example/', feedUrl: 'http://a.example/feed' });
    both.deliver('text');
    expect([both.reads.length, both.polls.length]).toEqual([1, 0]);
  });

  it('waits among a few; what is beyond them is polled for', async () => {
    const { deliver, reads, polls, inbox } = await rig();
    for (let each = 0; each < 20; each += 1) deliver(`text ${each}`);
    expect([reads.length, polls.length]).toEqual([8, 1]);
    for (const end of reads) end();
    await inbox.stop();
    deliver('after the stop');
    expect(reads).toHaveLength(8);
  });

  it('has a source that asked us to stay away left alone, and one that fails asked seldom', async () => {
    const { deliver, polls, remember, pass } = await rig();
    remember({ outcome: 'rate-limited', failures: 1 });
    deliver('');
    expect(polls).toEqual([]);
    remember({ outcome: 'failed', failures: 3 });
    deliver('');
    deliver('');
    pass(14 * 60_000);
    expect(polls).toHaveLength(1);
    pass(60_000);
    expect(polls).toHaveLength(2);
    pass(3_600_000);
    expect(polls).toHaveLength(2);
  });
});
