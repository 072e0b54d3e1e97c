import { describe, expect, it } from 'vitest';
import { isOneDomain, registrableDomain } from '../../../src/edge/schedule/host.ts';
import { Pauses, type Refusal } from '../../../src/edge/schedule/pauses.ts';
import { pausesOf, refusedUntilMs } from '../../../src/edge/schedule/refusal.ts';
import type { Source } from '../../../src/model/config.ts';
import type { PollRecord } from '../../../src/model/poll-record.ts';
import { timestampOfClock } from '../../../src/model/timestamp.ts';
import { buildSource } from '../../core/build-item.ts';
import { START, schedulerRig } from './scheduler-rig.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const refused = (host: string, said: Partial<Refusal> = {}): Refusal => ({
  sourceId: buildSource('a').id,
  host,
  status: 429,
  atMs: START,
  untilMs: START + 5 * HOUR,
  ...said,
});

describe('whose a host is', () => {
  it.each([
    ['feeds.example.org', 'example.org'],
    ['feeds.example.org:8080', 'example.org'],
    ['a.b.example.co.uk', 'example.co.uk'],
    ['one.github.io', 'one.github.io'],
    ['github.io', undefined],
    ['co.uk', undefined],
    ['intranet', undefined],
    ['localhost:80', undefined],
    ['127.0.0.1:8080', undefined],
    ['[2001:db8::1]:8080', undefined],
  ])('%s is of %s', (host, domain) => {
    expect(registrableDomain(host)).toBe(domain);
  });

  it('takes two guests of one provider for two', () => {
    expect(isOneDomain('one.github.io', 'two.github.io')).toBe(false);
    expect(isOneDomain('one.example.org', 'two.example.org')).toBe(true);
    expect(isOneDomain('10.0.0.1', '10.0.0.1')).toBe(true);
    expect(isOneDomain('10.0.0.1', '10.0.0.2')).toBe(false);
  });
});

describe('a refusal', () => {
  it.each([
    // refused host, polled host, status, asked host, whether it holds there
    ['one.example.org', 'one.example.org', 429, 'one.example.org', true],
    ['one.example.org', 'one.example.org', 429, 'two.example.org', true],
    ['one.example.org', 'one.example.org', 429, 'example.net', false],
    ['one.example.org', 'one.example.org', 503, 'one.example.org', true],
    ['one.example.org', 'one.example.org', 503, 'two.example.org', false],
    ['one.github.io', 'one.github.io', 429, 'two.github.io', false],
    ['10.0.0.1:80', '10.0.0.1:80', 429, '10.0.0.1:80', true],
    ['10.0.0.1:80', '10.0.0.1:80', 429, '10.0.0.2:80', false],
    ['intranet', 'intranet', 429, 'other', false],
    // A redirect led from one host of a domain to another: who answered rests.
    ['cdn.example.org', 'www.example.org', 503, 'cdn.example.org', true],
    ['cdn.example.org', 'www.example.org', 503, 'www.example.org', false],
    // It led to another's domain: neither of the two rests for it.
    ['victim.example', 'hostile.example', 429, 'victim.example', false],
    ['victim.example', 'hostile.example', 429, 'hostile.example', false],
  ])('of %s, met by a source of %s with %i, holds for %s: %s', (host, polled, status, asked, holds) => {
    const pauses = new Pauses();
    pauses.refuse(refused(host, { status }), polled);
    expect(pauses.opensAtMs(asked) > START).toBe(holds);
  });

  it.each([
    ['120', 1, 2 * MINUTE],
    ['86400', 1, 24 * HOUR],
    ['9999999999', 1, 24 * HOUR],
    [undefined, 1, 15 * MINUTE],
    [undefined, 3, HOUR],
    ['soon', 50, 24 * HOUR],
  ])('with Retry-After %s, the source’s %i. in a row, lasts %i ms', (retryAfter, failures, lasts) => {
    expect(refusedUntilMs(retryAfter, failures, START) - START).toBe(lasts);
  });

  it('lets one other source try after 15 minutes, then after twice the time each', () => {
    const pauses = new Pauses();
    pauses.refuse(refused('one.example.org', { untilMs: START + 3 * HOUR }), 'one.example.org');
    const tries: number[] = [];
    for (let nowMs = START; nowMs <= START + 4 * HOUR; nowMs += MINUTE) {
      if (pauses.opensAtMs('one.example.org') > nowMs) continue;
      tries.push((nowMs - START) / MINUTE);
      pauses.begin('one.example.org', nowMs);
      if (tries.length === 5) break;
    }
    // 15, and 30 and 60 later; at 180 it is over, and nothing holds.
    expect(tries).toEqual([15, 45, 105, 180, 181]);
  });

  it('is made longer by another, never shorter, and lets nobody try sooner', () => {
    const pauses = new Pauses();
    pauses.refuse(refused('h.example'), 'h.example');
    pauses.begin('h.example', START + 15 * MINUTE);
    pauses.refuse(refused('h.example', { atMs: START + 15 * MINUTE, untilMs: START + HOUR }), 'h.example');
    expect(pauses.list(START)).toMatchObject([
      {
        scope: 'host',
        name: 'h.example',
        untilMs: START + 5 * HOUR,
        probes: 1,
        probeAtMs: START + 45 * MINUTE,
      },
      { scope: 'domain', name: 'h.example', untilMs: START + 5 * HOUR },
    ]);
  });

  it('ends when a source of the host is answered that was asked after it', () => {
    const pauses = new Pauses();
    pauses.refuse(refused('h.example'), 'h.example');
    expect(pauses.welcome('h.example', START - 1)).toBe(false);
    expect(pauses.opensAtMs('h.example')).toBeGreaterThan(START);
    expect(pauses.welcome('h.example', START + 1)).toBe(true);
    expect(pauses.list(START)).toEqual([]);
  });

  it('ends for the domain when another host of it is answered, but not for the host that refused', () => {
    const pauses = new Pauses();
    pauses.refuse(refused('one.example.org'), 'one.example.org');
    expect(pauses.welcome('two.example.org', START - 1)).toBe(true);
    expect(pauses.list(START)).toMatchObject([{ scope: 'host', name: 'one.example.org' }]);
  });

  it('is forgotten when it is over', () => {
    const pauses = new Pauses();
    for (let n = 0; n < 1000; n++)
      pauses.refuse(
        refused(`h${n}.example`, { atMs: START + n * HOUR, untilMs: START + (n + 1) * HOUR }),
        `h${n}.example`,
      );
    expect(pauses.list(START + 999.5 * HOUR)).toHaveLength(2);
    expect(pauses.list(START + 1000 * HOUR)).toEqual([]);
  });
});

describe('refusals among sources', () => {
  const guest = (id: string, host = 'one.example.org') =>
    buildSource(id, { feedUrl: `https://${host}/${id}` });
  const said = (host: string, status = 429, inMs = 5 * HOUR, atMs = START) => ({
    isWelcome: false,
    refusal: { host, status, atMs, untilMs: atMs + inMs },
  });

  it('A13: nobody else of the domain is asked, until one that tries is answered', async () => {
    const sources = [guest('a'), guest('b'), guest('c', 'two.example.org'), guest('d', 'elsewhere.example')];
    const { scheduler, started, advance, end } = schedulerRig(sources, {
      limits: { concurrency: 1, perHost: { concurrency: 1, gapMs: 0 } },
    });
    scheduler.pump();
    await end('a', 5 * HOUR, said('one.example.org'));
    expect(started).toEqual(['a', 'd']);
    await end('d', 24 * HOUR);
    expect(scheduler.status()).toMatchObject({
      queued: 2,
      pauses: [
        { scope: 'host', name: 'one.example.org', sourceId: 'a', status: 429, untilMs: START + 5 * HOUR },
        { scope: 'domain', name: 'example.org', sourceId: 'a' },
      ],
    });
    advance(15 * MINUTE - 1);
    expect(started).toHaveLength(2);
    advance(1);
    expect(started).toEqual(['a', 'd', 'c']);
    // Another host of the domain says nothing of the one that refused.
    await end('c', 24 * HOUR);
    expect(scheduler.status().pauses).toMatchObject([{ scope: 'host' }]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(started).toEqual(['a', 'd', 'c', 'b']);
    await end('b', 24 * HOUR);
    expect(scheduler.status().pauses).toEqual([]);
    // Who was refused waits for what it was told, though its host answers others.
    advance(4 * HOUR);
    expect(started.filter((id) => id === 'a')).toHaveLength(1);
    advance(HOUR);
    expect(started.filter((id) => id === 'a')).toHaveLength(2);
  });

  it('keeps a pause while who tries fails, and lets the next try later', async () => {
    const { scheduler, started, advance, end } = schedulerRig([guest('a'), guest('b'), guest('c')]);
    scheduler.pump();
    await end('a', 24 * HOUR, said('one.example.org', 429, 24 * HOUR));
    advance(15 * MINUTE);
    await end('b', 24 * HOUR, { isWelcome: false });
    expect(started).toEqual(['a', 'b']);
    advance(30 * MINUTE - 1);
    expect(started).toEqual(['a', 'b']);
    advance(1);
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('holds against a poll out of turn', async () => {
    const { scheduler, started, advance, end, pollNow } = schedulerRig([guest('a', 'hostile.example')]);
    scheduler.pump();
    pollNow('a');
    await end('a', 5 * HOUR, said('victim.example'));
    pollNow('a');
    advance(4 * HOUR);
    expect(started).toHaveLength(1);
    expect(scheduler.status().pauses).toEqual([]);
    advance(HOUR);
    expect(started).toHaveLength(2);
  });

  it('leaves out of a single round who would have to be waited for too long', async () => {
    const sources = [guest('a'), guest('b'), guest('c', 'elsewhere.example')];
    let nowMs = START;
    const polled: string[] = [];
    const { scheduler } = schedulerRig(sources, {
      now: () => nowMs,
      poll: async ({ id }) => {
        polled.push(id);
        if (id === 'a') return { nextPollAtMs: nowMs, ...said('one.example.org', 503, HOUR) };
        return { nextPollAtMs: nowMs, isWelcome: true };
      },
    });
    const left = await scheduler.pollAll(async (ms) => {
      nowMs += ms;
    });
    expect(polled).toEqual(['a', 'c']);
    expect(left).toMatchObject([{ source: { id: 'b' }, untilMs: START + 15 * MINUTE }]);
  });
});

describe('refusals over a restart', () => {
  const poll = (agoMs: number, said: Partial<PollRecord> = {}): PollRecord => ({
    version: 1,
    polledAt: timestampOfClock(START - agoMs),
    nextPollAt: timestampOfClock(START + HOUR),
    outcome: 'unchanged',
    failures: 0,
    ...said,
  });
  const refusal = (untilMs: number, host = 'one.example.org') => ({
    outcome: 'rate-limited' as const,
    refusal: { host, status: 429, until: timestampOfClock(untilMs) },
  });
  const sources = ['a', 'b'].map((id) => buildSource(id, { feedUrl: `https://one.example.org/${id}` })) as [
    Source,
    Source,
  ];
  const pausesAfter = (a: PollRecord, b: PollRecord) =>
    pausesOf(
      sources,
      new Map([
        [sources[0].id, a],
        [sources[1].id, b],
      ]),
      START,
    ).list(START);

  it('hold on, with the time that was asked for and a try when it was due', () => {
    expect(pausesAfter(poll(MINUTE, refusal(START + 5 * HOUR)), poll(2 * MINUTE))).toMatchObject([
      {
        scope: 'host',
        name: 'one.example.org',
        sourceId: 'a',
        untilMs: START + 5 * HOUR,
        probeAtMs: START + 14 * MINUTE,
      },
      { scope: 'domain', name: 'example.org' },
    ]);
  });

  it('ended where a sibling was answered after them', () => {
    expect(pausesAfter(poll(2 * MINUTE, refusal(START + 5 * HOUR)), poll(MINUTE))).toEqual([]);
    expect(
      pausesAfter(poll(2 * MINUTE, refusal(START + 5 * HOUR)), poll(MINUTE, { outcome: 'failed' })),
    ).toHaveLength(2);
  });

  it('are over when their time is, and are not believed of a clock that was wrong', () => {
    expect(pausesAfter(poll(HOUR, refusal(START - 1)), poll(2 * HOUR))).toEqual([]);
    expect(pausesAfter(poll(-HOUR, refusal(START + 5 * HOUR)), poll(2 * HOUR))).toEqual([]);
    expect(pausesAfter(poll(HOUR, refusal(START + 500 * HOUR)), poll(2 * HOUR))[0]?.untilMs).toBe(
      START + 23 * HOUR,
    );
  });
});
