// When hubs are asked, against a fetcher whose answers the test gives.
import { describe, expect, it } from 'vitest';
import type { PostOutcome } from '../../../src/edge/fetch/post-form.ts';
import { createLog } from '../../../src/edge/ops/log.ts';
import { openStore } from '../../../src/edge/store/open-store.ts';
import { newSubscription } from '../../../src/edge/websub/subscription.ts';
import { loadKnownSources } from '../../../src/pipeline/known-sources.ts';
import { createHubDesk } from '../../../src/pipeline/push/hub-desk.ts';
import { createSubscriber } from '../../../src/pipeline/push/subscriber.ts';
import { loadSubscriptions } from '../../../src/pipeline/push/subscription-shelf.ts';
import { buildSource } from '../../core/build-item.ts';

const GAP_MS = 2000;

/** Sources that are to be subscribed to at these hubs, one each. */
async function rig(hubUrls: readonly string[]) {
  const sources = hubUrls.map((_, place) => buildSource(`s${place}`));
  const store = await openStore('memory:');
  const shelf = await loadSubscriptions(store);
  if (shelf === undefined) throw new Error('the store answers');
  let nowMs = Date.UTC(2026, 0, 1);
  for (const [place, source] of sources.entries()) {
    const hubUrl = hubUrls[place] ?? '';
    const push = { hubUrls: [hubUrl], topicUrl: source.feedUrl, documentUrl: source.feedUrl };
    const callbackUrl = `https://feeds.example/websub/${source.id}`;
    const wanted = newSubscription({ push, hubUrl, callbackUrl, secret: 'secret', nowMs });
    shelf.put(source.id, { wanted, leaving: [] });
  }
  const open: { readonly url: string; readonly end: (outcome: PostOutcome) => void }[] = [];
  const asked: string[] = [];
  const post = ({ url }: { readonly url: string }) => {
    asked.push(url);
    return new Promise<PostOutcome>((end) => open.push({ url, end }));
  };
  const now = () => nowMs;
  const signal = new AbortController().signal;
  const desk = createHubDesk({
    fetcher: { post },
    network: { timeoutMs: 1000, perHost: { concurrency: 1, gapMs: GAP_MS } },
    now,
    signal,
  });
  const subscriber = createSubscriber({
    shelf,
    desk,
    known: await loadKnownSources(store, sources),
    sources: () => sources,
    publicUrl: () => 'https://feeds.example/',
    now,
    log: createLog({ level: 'silent', pretty: false, secrets: [] }),
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 10));
  return {
    asked,
    open,
    async turn(ms = 0) {
      nowMs += ms;
      void subscriber.turn();
      await settle();
    },
    async answer(status = 202) {
      for (const { end } of open.splice(0)) end({ kind: 'answered', status, retryAfter: undefined });
      await settle();
    },
  };
}

describe('a hub of many sources', () => {
  it('is asked one thing at a time, and left its rest in between', async () => {
    const { asked, open, turn, answer } = await rig(Array.from({ length: 20 }, () => 'https://hub.example/'));
    await turn();
    for (let each = 1; each <= 4; each += 1) {
      await turn();
      expect([asked.length, open.length]).toEqual([each, 1]);
      await answer();
      await turn(GAP_MS - 1);
      expect(asked).toHaveLength(each);
      await turn(1);
    }
  });

  it('is one of eight at most that are asked at once', async () => {
    const { asked, turn, answer } = await rig(
      Array.from({ length: 20 }, (_, place) => `https://hub${place}.example/`),
    );
    await turn();
    expect(asked).toHaveLength(8);
    await answer();
    await turn();
    expect(asked).toHaveLength(16);
  });
});
