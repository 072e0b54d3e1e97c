// Requests to hubs: each hub is had by one at a time and rests in between; few are asked at once over all.
import type { Fetcher } from '../../edge/fetch/fetcher.ts';
import type { PostOutcome } from '../../edge/fetch/post-form.ts';
import { retryAfterMs } from '../../edge/schedule/retry-after.ts';
import type { NetworkConfig } from '../../model/config.ts';

export interface HubDeskOptions {
  readonly fetcher: Pick<Fetcher, 'post'>;
  /** Asked for each time: `perHost.gapMs` lies between two takings of one hub. */
  readonly network: Pick<NetworkConfig, 'timeoutMs' | 'perHost'>;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export interface HubDesk {
  /**
   * Has the hub to itself for `work`, which may ask it several things one after the other; undefined, and nothing begun, where the
   * hub is not to be asked now.
   */
  take<T>(hubUrl: string, work: (ask: AskHub) => Promise<T>): Promise<T> | undefined;
}

/** Never rejects. */
export type AskHub = (form: Readonly<Record<string, string>>) => Promise<HubAnswer>;

/** `reason`: for people, without secrets. */
export type HubAnswer =
  | { readonly kind: 'accepted' }
  | {
      readonly kind: 'refused';
      readonly reason: string;
      readonly retryAfterMs: number;
      /** The hub could not be asked at all, or cannot answer anyone now: nothing else is worth asking. */
      readonly isDown: boolean;
    };

const AT_ONCE_MAX = 8;
/** A hub that is down is left alone twice as long with each request, so that its thousandth subscription costs no timeout too. */
const REST_MS_MAX = 5 * 60_000;
const DOWN_REST_MS = 2000;
/** Hubs whose rest is remembered. */
const RESTS_MAX = 1000;

interface Rest {
  readonly sinceMs: number;
  readonly ms: number;
  /** Requests in a row that found it down. */
  readonly downs: number;
}

export function createHubDesk(options: HubDeskOptions): HubDesk {
  const { fetcher, network, now, signal } = options;
  const busy = new Set<string>();
  const rests = new Map<string, Rest>();

  function isFree(host: string): boolean {
    const { sinceMs, ms } = rests.get(host) ?? { sinceMs: 0, ms: 0 };
    const restedMs = now() - sinceMs;
    return busy.size < AT_ONCE_MAX && !busy.has(host) && (restedMs >= ms || restedMs < 0);
  }

  function rest(host: string, isDown: boolean): void {
    const downs = isDown ? (rests.get(host)?.downs ?? 0) + 1 : 0;
    const longer = downs === 0 ? 0 : DOWN_REST_MS * 2 ** Math.min(downs, 20);
    rests.delete(host);
    rests.set(host, {
      sinceMs: now(),
      ms: Math.min(Math.max(network.perHost.gapMs, longer), REST_MS_MAX),
      downs,
    });
    const [oldest] = rests.keys();
    if (rests.size > RESTS_MAX && oldest !== undefined) rests.delete(oldest);
  }

  return {
    take(hubUrl, work) {
      const host = hostOf(hubUrl);
      if (!isFree(host)) return undefined;
      busy.add(host);
      const ask: AskHub = async (form) => {
        const { timeoutMs } = network;
        const answer = answerOf(await fetcher.post({ url: hubUrl, form, timeoutMs, signal }), now());
        rest(host, answer.kind === 'refused' && answer.isDown);
        return answer;
      };
      return work(ask).finally(() => busy.delete(host));
    },
  };
}

function answerOf(outcome: PostOutcome, nowMs: number): HubAnswer {
  if (outcome.kind === 'failed')
    return { kind: 'refused', reason: outcome.error.message, retryAfterMs: 0, isDown: true };
  const { status, retryAfter } = outcome;
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  const isDown = status >= 500 || status === 429;
  const waitMs = isDown ? (retryAfterMs(retryAfter, nowMs) ?? 0) : 0;
  return { kind: 'refused', reason: `the hub answers with status ${status}`, retryAfterMs: waitMs, isDown };
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
