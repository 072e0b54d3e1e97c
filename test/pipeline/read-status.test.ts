// Pushes and resting hosts as the command tells of them: from the store alone, and on the page made of the same.
import { describe, expect, it } from 'vitest';
import { statusTable } from '../../src/cli/status-table.ts';
import { renderStatusJson } from '../../src/core/render/status-json.ts';
import { renderStatusPage } from '../../src/core/render/status-page.ts';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import { openStore } from '../../src/edge/store/open-store.ts';
import type { SourceId } from '../../src/model/ids.ts';
import type { PollRecord } from '../../src/model/poll-record.ts';
import type { HubSubscription } from '../../src/model/subscription-record.ts';
import { timestampOfClock } from '../../src/model/timestamp.ts';
import { readStatus } from '../../src/pipeline/read-status.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const HOUR_MS = 3_600_000;
const at = (hours: number) => timestampOfClock(NOW + hours * HOUR_MS);
const NAME = 'x'.repeat(43);

const CONFIG = parseConfig(
  `sources:
  - { id: harbour, url: "https://harbour.example/feed" }
  - { id: quay, url: "https://quay.harbour.example/feed" }
  - { id: private, url: "https://\${HOST}.example/feed", name: Private }
feeds:
  - { id: city, title: City }
`,
  { file: 'tributary.yaml', env: { HOST: 'hunter2' }, cwd: '/' },
);

const verified: HubSubscription = {
  hubUrl: 'https://hub.example/path?key=of-the-hub',
  topicUrl: 'https://harbour.example/feed',
  callbackUrl: `https://feeds.example/websub/${NAME}`,
  secret: 'signs',
  state: 'verified',
  askAt: at(100),
  failures: 0,
  reason: `no ${NAME}`,
  verifiedAt: at(-50),
  leaseEndsAt: at(190),
  pushedAt: at(-3),
  provenAt: at(-3),
};

async function statusOf(
  subscription: Partial<HubSubscription> | undefined,
  polls: Readonly<Record<string, Partial<PollRecord>>> = {},
) {
  const store = await openStore('memory:');
  const sourceId = 'harbour' as SourceId;
  if (subscription !== undefined)
    await store.writeSubscriptions([
      { version: 1, sourceId, wanted: { ...verified, ...subscription }, leaving: [] },
    ]);
  const records = Object.entries(polls).map(
    ([id, said]) =>
      [
        id as SourceId,
        {
          version: 1,
          polledAt: at(-1),
          nextPollAt: at(2),
          outcome: 'updated',
          failures: 0,
          ...said,
        } as const,
      ] as const,
  );
  await store.writePolls(new Map(records));
  const status = await readStatus(store, CONFIG, NOW);
  const table = statusTable(status, { stream: process.stdout }).replace(/\u001b\[\d+m/g, '');
  return {
    status,
    push: status.sources.find(({ id }) => id === sourceId)?.push,
    table,
    page: renderStatusPage(status),
    whole: renderStatusPage(status) + renderStatusJson(status) + table,
  };
}

describe('a subscription', () => {
  it('is told of with hub, state, lease and last push, and with nothing that would let anybody speak for the hub', async () => {
    const { push, page, table, whole } = await statusOf({}, { harbour: {} });
    expect(push).toEqual({
      hub: 'https://hub.example',
      state: 'verified',
      leaseEnd: at(190),
      lastPush: at(-3),
      isReliedOn: true,
    });
    expect(page).toContain(
      'its hub https://hub.example pushes until <time datetime="2026-12-04T10:00:00.000Z">',
    );
    expect(table).toMatch(/ EVERY +PUSH +ITEMS [\s\S]*\nharbour .* 3 h ago +0 /);
    for (const secret of [NAME, 'signs', 'of-the-hub']) expect(whole).not.toContain(secret);
  });

  it.each([
    ['asking', { state: 'asking', leaseEndsAt: undefined, pushedAt: undefined }, 'has not answered yet'],
    ['denied', { state: 'denied', leaseEndsAt: undefined }, 'will not push'],
    ['ended', { leaseEndsAt: at(-1) }, 'does not push any more'],
    ['verified', { pushedAt: undefined, provenAt: undefined }, ', nothing yet'],
  ] as const)('%s is said in words', async (state, said, words) => {
    const { push, page, table } = await statusOf(said, { harbour: {} });
    expect(push).toMatchObject({ state, isReliedOn: false });
    expect(page).toContain(words);
    expect(table).toMatch(new RegExp(`\\nharbour .* ${state} +0 `));
  });

  it('takes no room in the table where there is none', async () => {
    expect((await statusOf(undefined)).table).not.toContain('PUSH');
  });
});

describe('a host that asked us to come less often', () => {
  const refused = (host: string, status: number): Partial<PollRecord> => ({
    outcome: 'rate-limited',
    reason: `http-${status}`,
    failures: 1,
    refusal: { host, status, until: at(3) },
  });

  it('is told of with the time it rests until, and with whom it told so', async () => {
    const { status, page, table } = await statusOf(undefined, { quay: refused('quay.harbour.example', 429) });
    expect(status.hosts).toEqual([
      { name: 'harbour.example', scope: 'domain', since: at(-1), until: at(3), status: 429, told: 'quay' },
    ]);
    expect(page).toContain('All of <strong>harbour.example</strong>, until <time datetime="2026-11-26T15:00');
    expect(table).toContain('All of harbour.example rests for 3 h more: HTTP 429 to quay\n');
    const alone = await statusOf(undefined, { quay: refused('quay.harbour.example', 503) });
    expect(alone.status.hosts).toMatchObject([{ name: 'quay.harbour.example', scope: 'host' }]);
  });

  it('is not named where the address of the source is a secret', async () => {
    const { status, whole } = await statusOf(undefined, { private: refused('hunter2.example', 503) });
    expect(status.hosts).toMatchObject([{ name: undefined, told: 'private' }]);
    expect(whole).toContain('A host that is not shown rests for 3 h more: HTTP 503 to private\n');
    expect(whole).not.toContain('hunter2');
  });

  it('is told of no more when its time is over, or another source of it was answered', async () => {
    const over = {
      ...refused('quay.harbour.example', 429),
      refusal: { host: 'x', status: 429, until: at(0) },
    };
    expect((await statusOf(undefined, { quay: over })).status.hosts).toEqual([]);
    const sibling = await statusOf(undefined, {
      quay: { ...refused('quay.harbour.example', 429), polledAt: at(-2) },
      harbour: { polledAt: at(-1) },
    });
    expect(sibling.status.hosts).toMatchObject([{ name: 'quay.harbour.example', scope: 'host' }]);
  });
});

describe('the page of many sources', () => {
  it('stays small: under 2 KB for each', async () => {
    const { page } = await statusOf(undefined, {
      harbour: { days: [{ day: '2026-11-26', polls: 9, failed: 1 }] },
    });
    const rows = page.slice(page.indexOf('<tbody>'), page.indexOf('</tbody>'));
    expect(rows.length / CONFIG.sources.length).toBeLessThan(2000);
    expect(rows).toContain('polls failed on 1 of the last 30 days');
  });
});
