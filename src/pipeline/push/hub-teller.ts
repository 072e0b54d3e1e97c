// Tells the hubs of our feeds what changed. What is due follows from what stands and from what each hub was last told of, so that
// nothing is forgotten over a restart, and nothing is told twice. WebSub, section 6.
import type { Log } from '../../edge/ops/log.ts';
import type { Store } from '../../edge/store/store.ts';
import { publishForm } from '../../edge/websub/forms.ts';
import type { MergedFeed } from '../../model/config.ts';
import type { Site } from '../../model/edition.ts';
import { RECORD_VERSION } from '../../model/record-version.ts';
import type { HubRecord } from '../../model/subscription-record.ts';
import { msFromTimestamp, timestampOfClock } from '../../model/timestamp.ts';
import type { AskHub, HubAnswer, HubDesk } from './hub-desk.ts';

export interface HubTellerOptions {
  readonly store: Store;
  readonly desk: HubDesk;
  readonly feeds: () => readonly MergedFeed[];
  /** What is served now. */
  readonly site: () => Site;
  /** Ends with '/'; undefined where nobody can reach us: then nothing is told. */
  readonly publicUrl: () => string | undefined;
  readonly now: () => number;
  readonly log: Log;
}

export interface HubTeller {
  /** Tells what is due; resolves when it has. Never rejects. */
  turn(): Promise<void>;
}

/** Pages are for people: nobody subscribes to them. */
const FORMATS = ['rss', 'atom', 'json'] as const;
/** From a change to its telling: what changes meanwhile is told with it. */
const SETTLE_MS = 3000;
/** From one telling of a hub to the next. */
const GAP_MS = 30_000;
const RETRY_MS_MIN = 60_000;
const RETRY_MS_MAX = 6 * 60 * 60_000;
const STORE_RETRY_MS = 30_000;

export function createHubTeller(options: HubTellerOptions): HubTeller {
  const { store, desk, feeds, site, now, log } = options;
  const records = new Map<string, HubRecord>();
  const noticedAt = new Map<string, number>();
  const toldAt = new Map<string, number>();
  let askStoreAtMs = Number.NEGATIVE_INFINITY;

  /** By path, the ETags that a hub is to know of. */
  function standing(hubUrl: string): ReadonlyMap<string, string> {
    const paths = feeds()
      .filter((feed) => feed.hubs?.includes(hubUrl))
      .flatMap((feed) => FORMATS.map((format) => `feeds/${feed.id}.${format}`));
    return new Map(
      paths.flatMap((path) => {
        const document = site().get(path);
        return document === undefined ? [] : [[path, document.etag] as const];
      }),
    );
  }

  /** False where the store does not say what the hubs were told of. */
  async function load(hubUrls: readonly string[]): Promise<boolean> {
    const missing = hubUrls.filter((hubUrl) => !records.has(hubUrl));
    if (missing.length === 0) return true;
    if (askStoreAtMs > now() && askStoreAtMs - now() <= STORE_RETRY_MS) return false;
    for (const [hubUrl, answer] of await store.readHubs(missing)) {
      if (answer.kind === 'unavailable') askStoreAtMs = now() + STORE_RETRY_MS;
      else records.set(hubUrl, answer.kind === 'hit' ? answer.value : neverTold(hubUrl));
    }
    return hubUrls.every((hubUrl) => records.has(hubUrl));
  }

  function isTime(hubUrl: string, { nextAt }: HubRecord): boolean {
    const nowMs = now();
    const noticedMs = noticedAt.get(hubUrl) ?? nowMs;
    noticedAt.set(hubUrl, noticedMs);
    // A clock that was set back puts nothing off for longer than it would have waited anyway.
    const waits = (untilMs: number, mostMs: number) => untilMs > nowMs && untilMs - nowMs <= mostMs;
    return !(
      waits(noticedMs + SETTLE_MS, SETTLE_MS) ||
      waits((toldAt.get(hubUrl) ?? 0) + GAP_MS, GAP_MS) ||
      waits(nextAt === undefined ? 0 : msFromTimestamp(nextAt), RETRY_MS_MAX)
    );
  }

  async function tell(
    hubUrl: string,
    due: ReadonlyMap<string, string>,
    tellOf: (path: string) => Promise<HubAnswer>,
  ): Promise<void> {
    const told = new Map(Object.entries(records.get(hubUrl)?.told ?? {}));
    let reason: string | undefined;
    let waitMs = 0;
    for (const [path, etag] of due) {
      const answer = await tellOf(path);
      if (answer.kind === 'accepted') {
        told.set(path, etag);
        continue;
      }
      reason = answer.reason;
      waitMs = answer.retryAfterMs;
      if (answer.isDown) break;
    }
    await keep(hubUrl, told, reason, waitMs);
  }

  async function keep(
    hubUrl: string,
    told: ReadonlyMap<string, string>,
    reason: string | undefined,
    waitMs: number,
  ): Promise<void> {
    const stands = standing(hubUrl);
    const failures = reason === undefined ? 0 : (records.get(hubUrl)?.failures ?? 0) + 1;
    const retryMs = Math.min(RETRY_MS_MIN * 2 ** Math.min(Math.max(failures - 1, 0), 20), RETRY_MS_MAX);
    const nextMs = now() + Math.min(Math.max(retryMs, waitMs), RETRY_MS_MAX);
    const record: HubRecord = {
      version: RECORD_VERSION,
      hubUrl,
      told: Object.fromEntries([...told].filter(([path]) => stands.has(path))),
      failures,
      nextAt: failures === 0 ? undefined : timestampOfClock(nextMs),
      reason,
    };
    records.set(hubUrl, record);
    noticedAt.delete(hubUrl);
    toldAt.set(hubUrl, now());
    const hub = URL.parse(hubUrl)?.origin;
    if (failures === 0) log.info('hub', { hub, outcome: 'told' });
    else log.warn('hub', { hub, outcome: 'failed', failures, message: reason });
    // Where it cannot be kept the hub is told again after a restart, which does no harm.
    await store.writeHub(record);
  }

  async function tellIfDue(hubUrl: string, publicUrl: string): Promise<void> {
    const record = records.get(hubUrl);
    if (record === undefined) return;
    const due = new Map([...standing(hubUrl)].filter(([path, etag]) => record.told[path] !== etag));
    const tellOf = (ask: AskHub) => (path: string) => ask(publishForm(`${publicUrl}${path}`));
    if (due.size > 0 && isTime(hubUrl, record))
      await desk.take(hubUrl, (ask) => tell(hubUrl, due, tellOf(ask)));
  }

  return {
    async turn() {
      const publicUrl = options.publicUrl();
      if (publicUrl === undefined) return;
      const hubUrls = [...new Set(feeds().flatMap((feed) => feed.hubs ?? []))];
      if (hubUrls.length === 0 || !(await load(hubUrls))) return;
      await Promise.all(hubUrls.map((hubUrl) => tellIfDue(hubUrl, publicUrl)));
    },
  };
}

function neverTold(hubUrl: string): HubRecord {
  return { version: RECORD_VERSION, hubUrl, told: {}, failures: 0 };
}
