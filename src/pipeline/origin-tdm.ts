// The TDM reservations of origins: `/.well-known/tdmrep.json`, asked for beside a poll, through the same guarded fetcher, at most
// once a day for an origin, over restarts too since sources keep what was read. That it fails harms nothing.
import { readTdmFile } from '../core/normalize/tdm-file.ts';
import type { Fetcher } from '../edge/fetch/fetcher.ts';
import type { NetworkConfig, Source } from '../model/config.ts';
import type { FetchOutcome } from '../model/fetch-outcome.ts';
import type { OriginTdm } from '../model/rights.ts';
import { msFromTimestamp, timestampOfClock } from '../model/timestamp.ts';

export interface OriginTdmOptions {
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  readonly network: Pick<NetworkConfig, 'timeoutMs'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** What sources remember from before; asked once, when the first origin is. */
  readonly known: () => readonly OriginTdm[];
}

export interface OriginTdms {
  /** What holds for the source's origin now; undefined for files. Never rejects. */
  of(source: Source): Promise<OriginTdm | undefined>;
}

const PATH = '/.well-known/tdmrep.json';
const ASK_EVERY_MS = 24 * 60 * 60 * 1000;
const FILE_BYTES_MAX = 262_144;
/** A poll waits for it the first time: no longer than that. */
const TIMEOUT_MS_MAX = 5_000;
const ACCEPT = 'application/json, */*;q=0.1';

export function createOriginTdms(options: OriginTdmOptions): OriginTdms {
  const { fetcher, network, now, signal } = options;
  let remembered: Map<string, OriginTdm> | undefined;
  const asking = new Map<string, Promise<OriginTdm>>();

  function found(): Map<string, OriginTdm> {
    remembered ??= latestOf(options.known());
    return remembered;
  }

  async function ask(origin: string): Promise<OriginTdm> {
    const url = `${origin}${PATH}`;
    const outcome = await fetcher.fetch({
      url,
      headers: { accept: ACCEPT },
      validators: {},
      timeoutMs: Math.min(network.timeoutMs, TIMEOUT_MS_MAX),
      bodyBytesMax: FILE_BYTES_MAX,
      signal,
    });
    // Where it cannot be had, what was reserved stays reserved.
    const rules = rulesIn(outcome, url) ?? found().get(origin)?.rules ?? [];
    const tdm = { origin, checkedAt: timestampOfClock(now()), rules };
    found().set(origin, tdm);
    return tdm;
  }

  return {
    async of({ feedUrl }) {
      const url = URL.parse(feedUrl);
      if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
      const { origin } = url;
      const known = found().get(origin);
      if (known !== undefined && now() - msFromTimestamp(known.checkedAt) < ASK_EVERY_MS) return known;
      const asked = asking.get(origin) ?? ask(origin).finally(() => asking.delete(origin));
      asking.set(origin, asked);
      return asked;
    },
  };
}

/** By origin. */
function latestOf(known: readonly OriginTdm[]): Map<string, OriginTdm> {
  const latest = new Map<string, OriginTdm>();
  for (const tdm of known) {
    const other = latest.get(tdm.origin);
    if (other === undefined || other.checkedAt < tdm.checkedAt) latest.set(tdm.origin, tdm);
  }
  return latest;
}

/** Undefined where nothing can be told: a server that is down takes no reservation back. */
function rulesIn(outcome: FetchOutcome, url: string): OriginTdm['rules'] | undefined {
  if (outcome.kind === 'fetched') return readTdmFile(new TextDecoder().decode(outcome.response.body), url);
  if (outcome.kind === 'gone' || (outcome.kind === 'failed' && outcome.error.code === 'not-found')) return [];
  return undefined;
}
