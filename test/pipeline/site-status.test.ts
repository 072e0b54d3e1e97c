import { describe, expect, it } from 'vitest';
import { statusTable } from '../../src/cli/status-table.ts';
import { readStatusJson, renderStatusJson } from '../../src/core/render/status-json.ts';
import { renderStatusPage } from '../../src/core/render/status-page.ts';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import type { MoveObstacle, PollRecord } from '../../src/model/poll-record.ts';
import type { SourceRecord } from '../../src/model/source-record.ts';
import type { SourceStatus } from '../../src/model/status.ts';
import { type Timestamp, timestampOfClock } from '../../src/model/timestamp.ts';
import { siteStatus } from '../../src/pipeline/site-status.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const DAY = 24 * 60 * 60 * 1000;
const at = (daysAgo: number) => timestampOfClock(NOW - daysAgo * DAY);

const CONFIG = parseConfig(
  `sources:
  - { id: harbour, url: "https://harbour.example/feed", name: Harbour }
  - { id: council, url: "https://council.example/feed" }
  - { id: private, url: "https://reader:\${PASSWORD}@private.example/feed", name: Private }
  - { id: off, url: "https://off.example/feed", enabled: false }
feeds:
  - { id: city, title: City }
`,
  { file: 'tributary.yaml', env: { PASSWORD: 'hunter2' }, cwd: '/' },
);

const poll = (with_: Partial<PollRecord>): PollRecord => ({
  version: 1,
  polledAt: at(0),
  nextPollAt: timestampOfClock(NOW + 3_600_000),
  outcome: 'updated',
  failures: 0,
  why: 'every',
  intervalMs: 3_600_000,
  ...with_,
});

/** A source that has an item of each of these ages, in days. */
const record = (...ages: readonly number[]) =>
  ({
    items: ages.map((age) => ({ publishedAt: at(age), firstSeenAt: at(age) })),
    feed: { title: 'The Council', siteUrl: 'https://council.example/' },
  }) as unknown as SourceRecord;

function statusWith(
  polls: Readonly<Record<string, PollRecord>>,
  records: Readonly<Record<string, SourceRecord>> = {},
) {
  return siteStatus({
    sources: CONFIG.sources,
    recordOf: ({ id }) => records[id],
    pollOf: ({ id }) => polls[id],
    subscriptionOf: () => undefined,
    configAlarm: undefined,
    storeAlarm: undefined,
    hosts: [],
    lists: [],
    refusedFeeds: [],
    nowMs: NOW,
  });
}

const of = (id: string, ...input: Parameters<typeof statusWith>): SourceStatus | undefined =>
  statusWith(...input).sources.find((source) => source.id === id);
const codes = (status: SourceStatus | undefined) => status?.notices.map(({ code }) => code);

describe('the status of a source', () => {
  it('has the names that the contract gives to its parts', () => {
    const status = statusWith({ council: poll({}) }, { council: record(0, 1) });
    const [first] = JSON.parse(renderStatusJson(status)).sources.filter(
      ({ id }: { id: string }) => id === 'council',
    );
    expect(first).toMatchObject({
      id: 'council',
      url: 'https://council.example/feed',
      lastPoll: '2026-11-26T12:00:00.000Z',
      nextPoll: '2026-11-26T13:00:00.000Z',
      outcome: 'updated',
      why: 'every',
      items: 2,
    });
  });

  it('has every name, also of what is not known', () => {
    const [waiting] = JSON.parse(renderStatusJson(statusWith({}))).sources;
    for (const name of ['lastPoll', 'nextPoll', 'outcome', 'reason', 'why', 'movedTo'])
      expect(waiting[name]).toBeNull();
  });

  it('puts those first that need somebody', () => {
    const polls = {
      harbour: poll({}),
      council: poll({ outcome: 'failed', reason: 'dns', failures: 1 }),
    };
    expect(statusWith(polls).sources.map(({ id, health }) => [id, health])).toEqual([
      ['council', 'failing'],
      ['private', 'waiting'],
      ['harbour', 'ok'],
      ['off', 'off'],
    ]);
  });

  it('tells the rhythm: items a day over thirty days, older ones not', () => {
    const rhythm = of('council', {}, { council: record(0, 0, 1, 29, 30, 400) })?.rhythm ?? [];
    expect(rhythm).toHaveLength(30);
    expect([rhythm[29], rhythm[28], rhythm[0]]).toEqual([2, 1, 1]);
    expect(rhythm.reduce((sum, count) => sum + count)).toBe(4);
  });

  it('gives no secret away: address, new address, whatever shows it', () => {
    const secret = 'https://reader:hunter2@private.example/new';
    const moved = { private: poll({ movedTo: { feedUrl: secret, sightings: 5 } }) };
    const status = statusWith(moved, { private: record(0) });
    const whole = renderStatusPage(status) + renderStatusJson(status);
    expect(whole).toContain('Private');
    expect(whole).toContain('moved for good');
    expect(whole).not.toContain('hunter2');
    expect(whole).not.toContain('private.example');
  });
});

describe('the status of a source with a secret address', () => {
  it('does not show where it moved to: that is a secret too, though another', () => {
    const moved = { private: poll({ movedTo: { feedUrl: 'https://new.example/f/s3cr3t', sightings: 5 } }) };
    const status = statusWith(moved);
    expect(renderStatusPage(status) + renderStatusJson(status)).not.toContain('s3cr3t');
  });

  it('shows no title that repeats it', () => {
    const site = (title: string) => ({ title, siteUrl: 'https://site.example/' });
    const becameAnotherSite = { at: at(1), before: site('Feed of hunter2'), now: site('Casino hunter2') };
    const status = statusWith({ private: poll({ becameAnotherSite }) });
    const whole = renderStatusPage(status) + renderStatusJson(status);
    expect(whole).toContain('It became another site: “Feed of …” (https://site.example/) is “Casino …”');
    expect(whole).not.toContain('hunter2');
  });
});

describe('notices', () => {
  it('D2: ids that its last document changed', () => {
    const churn = { kind: 'new-ids', items: 3, of: 4 } as const;
    const known = { council: { ...record(1), churn } };
    expect(of('council', { council: poll({}) }, known)?.notices).toMatchObject([
      { code: 'guid-churn', text: expect.stringContaining('3 of 4 known items came under other ids') },
    ]);
  });

  it('B9: no items three times in a row, where some are known', () => {
    const known = { council: record(1) };
    expect(codes(of('council', { council: poll({ emptyPolls: 2 }) }, known))).toEqual([]);
    const third = of('council', { council: poll({ emptyPolls: 3 }) }, known);
    expect(third).toMatchObject({ health: 'attention', notices: [{ code: 'empty' }] });
    expect(codes(of('council', { council: poll({ emptyPolls: 9 }) }, { council: record() }))).toEqual([]);
  });

  it('moved: without a line where there is nothing to write, with the reason where it is not polled there', () => {
    const movedTo = { feedUrl: 'https://new.example/feed', sightings: 3 };
    const noticeOf = (obstacle: MoveObstacle) =>
      of('harbour', { harbour: poll({ movedTo: { ...movedTo, obstacle } }) })?.notices[0];
    expect(noticeOf('known-source')).toMatchObject({
      text: expect.stringContaining('Another source is polled there'),
    });
    expect(noticeOf('known-source')).not.toHaveProperty('yaml');
    expect(noticeOf('own-feed')).not.toHaveProperty('yaml');
    expect(noticeOf('insecure')).toMatchObject({ yaml: 'url: https://new.example/feed' });
  });

  it('another-site: with what it was and is', () => {
    const becameAnotherSite = {
      at: at(7),
      before: { title: 'Harbour', siteUrl: 'https://harbour.example/' },
      now: { title: 'Casino', siteUrl: 'https://casino.example/' },
    };
    const harbour = of('harbour', { harbour: poll({ becameAnotherSite }) });
    expect(harbour).toMatchObject({ health: 'attention', notices: [{ code: 'another-site' }] });
    expect(harbour?.notices[0]?.text).toContain(
      '“Harbour” (https://harbour.example/) is “Casino” (https://casino.example/) since 2026-11-19',
    );
  });

  it('moved: after three sightings, with the line for the configuration', () => {
    const movedTo = { feedUrl: 'https://new.example/feed', sightings: 2 };
    expect(codes(of('harbour', { harbour: poll({ movedTo }) }))).toEqual([]);
    const third = of('harbour', { harbour: poll({ movedTo: { ...movedTo, sightings: 3 } }) });
    expect(third?.notices).toMatchObject([{ code: 'moved', yaml: 'url: https://new.example/feed' }]);
  });

  it('gone, and dead after a week without one good answer', () => {
    expect(of('harbour', { harbour: poll({ outcome: 'gone', reason: 'gone' }) })).toMatchObject({
      health: 'gone',
      notices: [{ code: 'gone' }],
    });
    const failing = (daysAgo: number) =>
      of('harbour', {
        harbour: poll({
          outcome: 'failed',
          reason: 'dns',
          failures: 9,
          days: [
            { day: at(daysAgo).slice(0, 10), polls: 3, failed: 1 },
            { day: at(0).slice(0, 10), polls: 2, failed: 2 },
          ],
        }),
      });
    expect(codes(failing(6))).toEqual([]);
    expect(codes(failing(8))).toEqual(['dead']);
    expect(failing(8)?.health).toBe('failing');
  });
});

describe('the page', () => {
  it('names each place of a configuration that could not be taken up', () => {
    const since = at(1) as Timestamp;
    const places = ['tributary.yaml:12:5: sources[3].every'];
    const page = renderStatusPage({
      at: at(0),
      sources: [],
      hosts: [],
      lists: [],
      refusedFeeds: [],
      configAlarm: { since, places },
      storeAlarm: undefined,
    });
    expect(page).toContain('The configuration on disk has mistakes');
    expect(page).toContain('<code>tributary.yaml:12:5: sources[3].every</code>');
    expect(
      renderStatusPage({
        at: at(0),
        sources: [],
        hosts: [],
        lists: [],
        refusedFeeds: [],
        configAlarm: undefined,
        storeAlarm: undefined,
      }),
    ).not.toContain('alert');
  });

  it('says that the store is away, since when, and why: here, as JSON, and on a terminal', () => {
    const storeAlarm = { staleSince: at(1) as Timestamp, trouble: 'full' } as const;
    const status = { ...statusWith({ harbour: poll({}) }), storeAlarm };
    const page = renderStatusPage(status);
    expect(page).toContain('The store is away');
    expect(page).toContain('it is full');
    expect(page).toContain(at(1));
    expect(JSON.parse(renderStatusJson(status)).store).toEqual({
      stale_since: at(1),
      reason: 'full',
      message: 'the store is away: it is full',
    });
    expect(statusTable(status, { stream: process.stdout })).toContain(
      `the store is away since ${at(1)} (24 h): it is full`,
    );
    expect(renderStatusPage(statusWith({}))).not.toContain('The store is away');
    expect(JSON.parse(renderStatusJson(statusWith({}))).store).toBeNull();
  });

  it('is read back from its JSON as it was', () => {
    const storeAlarm = { staleSince: at(1) as Timestamp, trouble: 'away' } as const;
    const status = { ...statusWith({ harbour: poll({}) }), storeAlarm };
    expect(readStatusJson(renderStatusJson(status))).toEqual(status);
    for (const other of ['', '<html>', '{}', '[]', 'null', '"x"'])
      expect(readStatusJson(other)).toBeUndefined();
  });

  it('says why a poll failed and why the next comes when it does, in words', () => {
    const failed = poll({
      outcome: 'failed',
      reason: 'dns',
      failures: 4,
      why: 'backoff',
      intervalMs: 14_400_000,
    });
    const page = renderStatusPage(statusWith({ harbour: failed }));
    expect(page).toContain('the name of its host is unknown, 4 times in a row <small>(dns)</small>');
    expect(page).toContain('every 4 h: after failures');
  });
});
