// What an origin reserves: asked for politely beside the polls, kept, and followed when publishing.
import { describe, expect, it } from 'vitest';
import type { FetchRequest } from '../../src/edge/fetch/fetch-request.ts';
import type { Fetcher } from '../../src/edge/fetch/fetcher.ts';
import type { FetchOutcome } from '../../src/model/fetch-outcome.ts';
import type { OriginTdm } from '../../src/model/rights.ts';
import { createOriginTdms } from '../../src/pipeline/origin-tdm.ts';
import { buildSource } from '../core/build-item.ts';
import { buildConfig, fetched, type PipelineRig, pipelineRig, START_MS } from './rig.ts';

const DAY_MS = 86_400_000;
const FILE = 'https://a.example/.well-known/tdmrep.json';
const RESERVED = JSON.stringify([
  { location: '/', 'tdm-reservation': 0 },
  { location: '/news/', 'tdm-reservation': 1, 'tdm-policy': 'https://a.example/tdm' },
]);
const FEED = `<rss version="2.0"><channel><title>A</title><link>https://a.example/</link><description>d</description>
<item><title>News</title><link>https://a.example/news/1</link><guid>1</guid><description>${'Words of news. '.repeat(40)}</description></item>
<item><title>Blog</title><link>https://a.example/blog/1</link><guid>2</guid><description>${'Words of a blog. '.repeat(40)}</description></item></channel></rss>`;

const NOT_FOUND: FetchOutcome = { kind: 'failed', error: { code: 'not-found', message: 'no', status: 404 } };
const DOWN: FetchOutcome = { kind: 'failed', error: { code: 'connect', message: 'nobody answers' } };
const source = buildSource('a');

function fetcherOf(
  answers: ReadonlyMap<string, FetchOutcome>,
  requests: FetchRequest[],
): Pick<Fetcher, 'fetch' | 'close'> {
  return {
    async fetch(request) {
      requests.push(request);
      return answers.get(request.url) ?? DOWN;
    },
    close: async () => undefined,
  };
}

function tdmsOf(answers: ReadonlyMap<string, FetchOutcome>, known: readonly OriginTdm[] = []) {
  const requests: FetchRequest[] = [];
  let nowMs = START_MS;
  const tdms = createOriginTdms({
    fetcher: fetcherOf(answers, requests),
    network: { timeoutMs: 20_000 },
    now: () => nowMs,
    signal: new AbortController().signal,
    known: () => known,
  });
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { tdms, requests, pass };
}

describe('the file of an origin', () => {
  it('is asked for once a day, however many sources the origin has and however often they are polled', async () => {
    const { tdms, requests, pass } = tdmsOf(new Map([[FILE, fetched(RESERVED)]]));
    const others = [source, buildSource('b', { feedUrl: 'https://a.example/other' })];
    await Promise.all(others.map((other) => tdms.of(other)));
    pass(DAY_MS - 1);
    await Promise.all(others.map((other) => tdms.of(other)));
    expect(requests.map(({ url }) => url)).toEqual([FILE]);
    pass(1);
    await tdms.of(source);
    expect(requests).toHaveLength(2);
  });

  it('is asked for without the headers and validators of the source, within small bounds', async () => {
    const { tdms, requests } = tdmsOf(new Map());
    await tdms.of(buildSource('a', { headers: { authorization: 'Bearer t0ken' } }));
    expect(requests[0]).toMatchObject({ validators: {}, timeoutMs: 5_000, bodyBytesMax: 262_144 });
    expect(Object.keys(requests[0]?.headers ?? {})).toEqual(['accept']);
  });

  it('is not asked for again after a restart within a day', async () => {
    const first = tdmsOf(new Map([[FILE, fetched(RESERVED)]]));
    const tdm = await first.tdms.of(source);
    const again = tdmsOf(new Map(), tdm && [tdm]);
    expect((await again.tdms.of(source))?.rules).toHaveLength(2);
    expect(again.requests).toEqual([]);
  });

  it('that is not there reserves nothing; a server that is down takes nothing back', async () => {
    const answers = new Map<string, FetchOutcome>([[FILE, fetched(RESERVED)]]);
    const { tdms, pass } = tdmsOf(answers);
    const rules = async () => (await tdms.of(source))?.rules.length;
    expect(await rules()).toBe(2);
    for (const [answer, expected] of [
      [DOWN, 2],
      [NOT_FOUND, 0],
      [DOWN, 0],
      [{ kind: 'gone' }, 0],
    ] as const) {
      answers.set(FILE, answer);
      pass(DAY_MS);
      expect(await rules()).toBe(expected);
    }
  });

  it('is asked for no source that is a file', async () => {
    const { tdms, requests } = tdmsOf(new Map());
    expect(await tdms.of(buildSource('f', { feedUrl: 'file:///srv/a.xml' }))).toBeUndefined();
    expect(requests).toEqual([]);
  });
});

describe('what an origin reserves', () => {
  async function pollWith(rig: PipelineRig, feed: FetchOutcome, file: FetchOutcome) {
    const answers = new Map([
      [source.feedUrl, feed],
      [FILE, file],
    ]);
    const fetcher = fetcherOf(answers, []);
    const signal = new AbortController().signal;
    const now = () => rig.nowMs;
    const state = rig.known.of(source.id);
    const known = () => (state.kind === 'known' && state.record.tdm ? [state.record.tdm] : []);
    const tdms = createOriginTdms({ fetcher, network: { timeoutMs: 1_000 }, now, signal, known });
    return rig.poll(source, { fetcher, tdms });
  }

  const shownOf = (items: readonly { readonly [name: string]: unknown }[]) =>
    Object.fromEntries(
      items.map((item) => [
        item['title'],
        [String(item['content_html']).length > 600, Object(item['_tributary']).tdm],
      ]),
    );

  it('makes excerpts of the pages it is about, from the first publishing on, and says so', async () => {
    const config = buildConfig([source]);
    await using rig = await pipelineRig(config);
    await pollWith(rig, fetched(FEED), fetched(RESERVED));
    const publisher = await rig.restart(config);
    await publisher.publishDue();
    expect(shownOf(rig.json(publisher))).toEqual({
      News: [false, { reservation: 1, policy: 'https://a.example/tdm' }],
      Blog: [true, { reservation: 0 }],
    });
  });

  it('is followed when it changes, though the feed did not', async () => {
    const config = buildConfig([source]);
    await using rig = await pipelineRig(config);
    await pollWith(rig, fetched(FEED, { etag: '"1"' }), NOT_FOUND);
    const publisher = await rig.restart(config);
    await publisher.publishDue();
    expect(shownOf(rig.json(publisher))).toEqual({ News: [true, undefined], Blog: [true, undefined] });
    rig.nowMs += DAY_MS;
    const unchanged = { kind: 'notModified', validators: { etag: '"1"' }, movedTo: undefined } as const;
    const { outcome } = await pollWith(rig, unchanged, fetched(RESERVED));
    expect(outcome).toBe('not-modified');
    await publisher.publishDue();
    expect(shownOf(rig.json(publisher))['News']).toEqual([
      false,
      { reservation: 1, policy: 'https://a.example/tdm' },
    ]);
  });

  it('costs a poll nothing where the file cannot be had', async () => {
    await using rig = await pipelineRig(buildConfig([source]));
    expect(await pollWith(rig, fetched(FEED), DOWN)).toMatchObject({ outcome: 'updated', items: 2 });
  });
});
