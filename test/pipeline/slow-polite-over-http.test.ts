// Fifty sources of forty characters over real HTTP, the clock ours: the server's own log of what it was asked is held
// against the rules.
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { CHARACTERS, type Character, DAY_MS, HOUR_MS, MINUTE_MS } from '../../bench/year/characters.ts';
import { YEAR_MS } from '../../bench/year/compare.ts';
import { brokenRules, type LoggedPoll } from '../../bench/year/polite-rules.ts';
import { createRandom } from '../../bench/year/random.ts';
import { type Answer, createServer, type SimulatedServer } from '../../bench/year/simulated-server.ts';
import { openStore } from '../../src/edge/store/open-store.ts';
import type { Source } from '../../src/model/config.ts';
import type { Validators } from '../../src/model/fetch-outcome.ts';
import { loadKnownSources } from '../../src/pipeline/known-sources.ts';
import { pollSource } from '../../src/pipeline/poll-source.ts';
import { createUntrustedWork } from '../../src/pipeline/untrusted-work.ts';
import { buildSource } from '../core/build-item.ts';
import { fetcherFor } from '../edge/fetch/fetching.ts';
import { answer, type LoggedRequest, startEvilSource } from '../rig/evil-source.ts';
import { buildConfig } from './rig.ts';

const SOURCES = 50;
const DAYS = 16;
const bounds = { minMs: 15 * MINUTE_MS, maxMs: DAY_MS };

interface Polled {
  readonly source: Source;
  readonly character: Character;
  readonly server: SimulatedServer;
  readonly log: LoggedPoll[];
  dueMs: number;
}

it('fifty sources are polled politely over real HTTP for sixteen days, and no item is missed', async () => {
  await using http = await startEvilSource();
  await using polls = fetcherFor(http);
  const store = await openStore('memory:');
  let nowMs = YEAR_MS;
  const all = Array.from({ length: SOURCES }, (_, index) => polledSource(index));
  for (const one of all) {
    http.on(`/${one.source.id}`, (socket, request) => {
      const sent = validatorsOf(request);
      const said = one.server.answer({ atMs: nowMs, validators: sent });
      one.log.push(logged(nowMs, sent, said));
      answer(httpAnswer(said, one, nowMs))(socket, request);
    });
  }
  const known = await loadKnownSources(
    store,
    all.map(({ source }) => source),
  );
  const { network } = buildConfig([]);
  const work = createUntrustedWork({ nowMs: () => nowMs, inner: 'refused' });
  const signal = new AbortController().signal;
  const deps = { store, known, fetcher: polls.fetcher, network, work, now: () => nowMs, signal };
  for (let next = soonest(all); next.dueMs < YEAR_MS + DAYS * DAY_MS; next = soonest(all)) {
    nowMs = Math.max(nowMs, next.dueMs);
    const report = await pollSource(next.source, deps);
    next.dueMs = report.nextPollAtMs;
  }
  work.close();
  await store.close();

  expect(all.flatMap(({ character, log }) => brokenRules(character, bounds, log))).toEqual([]);
  const answers = new Set(all.flatMap(({ log }) => log.map((poll) => poll.answer)));
  expect(answers).toEqual(new Set(['document', 'not-modified', 'refusal', 'failure']));
  for (const { source, server, log } of all) {
    const state = known.of(source.id);
    const last = log.findLast((poll) => poll.answer === 'document')?.atMs ?? 0;
    const visible = server.visibleMs.filter((ms) => ms <= last && ms > YEAR_MS).length;
    const seen = state.kind === 'known' ? state.record.items : [];
    expect([source.id, seen.length >= Math.min(visible, 500)]).toEqual([source.id, true]);
  }
});

function polledSource(index: number): Polled {
  const character = CHARACTERS[index % CHARACTERS.length] as Character;
  const id = `s${index}`;
  const url = `http://public.test/${id}`;
  const place = createRandom(index + 7001).next();
  return {
    source: buildSource(id, {
      feedUrl: url,
      address: url,
      schedule: { kind: 'adaptive', ...bounds },
    }),
    character: { ...character, goneOnDay: 400, outages: character.outages === undefined ? [] : [[5, 9]] },
    server: createServer(
      { ...character, goneOnDay: 400, outages: character.outages === undefined ? [] : [[5, 9]] },
      YEAR_MS,
      DAYS * DAY_MS,
      createRandom(index + 1),
    ),
    log: [],
    dueMs: Math.floor(YEAR_MS + place * HOUR_MS),
  };
}

function soonest(all: readonly Polled[]): Polled {
  return all.reduce((first, one) => (one.dueMs < first.dueMs ? one : first));
}

function validatorsOf({ headers }: LoggedRequest): Validators {
  const [etag, lastModified] = [headers['if-none-match'], headers['if-modified-since']];
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

function logged(atMs: number, sent: Validators, said: Answer): LoggedPoll {
  return {
    atMs,
    sent,
    answer: said.kind,
    validators: said.kind === 'document' || said.kind === 'not-modified' ? said.validators : undefined,
    retryAfter: said.kind === 'refusal' ? said.retryAfter : undefined,
  };
}

function httpAnswer(said: Answer, { character, server }: Polled, nowMs: number) {
  switch (said.kind) {
    case 'document': {
      const headers = { 'content-type': 'application/rss+xml', 'content-encoding': 'gzip', ...said.headers };
      const body = gzipSync(feed(character, server, said.items, nowMs), { level: 1 });
      return { headers: { ...headers, ...validatorHeaders(said.validators) }, body };
    }
    case 'not-modified':
      return { status: 304, headers: { ...said.headers, ...validatorHeaders(said.validators) } };
    case 'refusal':
      return { status: said.status, headers: { 'retry-after': said.retryAfter } };
    case 'gone':
      return { status: 410 };
    case 'failure':
      return { status: 500, body: 'down' };
  }
}

function validatorHeaders({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { 'last-modified': lastModified }),
  };
}

function feed(character: Character, server: SimulatedServer, items: number, nowMs: number): string {
  const { ttlMinutes, skipHours = [], skipDays = [], updateSeconds, updateBaseMs } = character;
  const count = Math.min(items, character.window ?? 20);
  const item = (index: number) => {
    const claimedMs = server.claimedMs(index, nowMs);
    const date = claimedMs === undefined ? '' : `<pubDate>${new Date(claimedMs).toUTCString()}</pubDate>`;
    return `<item><guid isPermaLink="false">i${index}</guid><title>Item ${index}</title>${date}</item>`;
  };
  return [
    '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>',
    `<title>${character.name}</title><link>http://public.test/</link><description/>`,
    ttlMinutes === undefined ? '' : `<ttl>${ttlMinutes}</ttl>`,
    skipHours.length === 0
      ? ''
      : `<skipHours>${skipHours.map((hour) => `<hour>${hour}</hour>`).join('')}</skipHours>`,
    skipDays.length === 0
      ? ''
      : `<skipDays>${skipDays.map((day) => `<day>${day}</day>`).join('')}</skipDays>`,
    updateSeconds === undefined
      ? ''
      : `<sy:updatePeriod>${updateSeconds === 86_400 ? 'daily' : 'hourly'}</sy:updatePeriod>`,
    updateBaseMs === undefined
      ? ''
      : `<sy:updateBase>${new Date(updateBaseMs).toISOString()}</sy:updateBase>`,
    ...Array.from({ length: count }, (_, back) => item(items - 1 - back)),
    '</channel></rss>',
  ].join('');
}
