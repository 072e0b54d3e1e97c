// What becomes of a subscription: asked for, verified, renewed, denied. WebSub, sections 5.1 to 5.3. Pure.
import type { PushAddresses } from '../../model/source-record.ts';
import type { HubSubscription, LeavingSubscription } from '../../model/subscription-record.ts';
import { msFromTimestamp, timestampOfClock } from '../../model/timestamp.ts';

/** What we ask for; the recommendation's own advice. */
export const LEASE_ASKED_S = 10 * 24 * 60 * 60;
/** Shorter ones would have us ask without end, longer ones be forgotten on the other side. */
const LEASE_S_MIN = 15 * 60;
const LEASE_S_MAX = 30 * 24 * 60 * 60;

const RETRY_MS_MIN = 15 * 60_000;
const RETRY_MS_MAX = 24 * 60 * 60_000;
/** A hub that will not is asked once a week whether it will now. */
const DENIED_MS = 7 * 24 * 60 * 60_000;
const REASON_CHARS_MAX = 200;

const LEAVE_RETRY_MS = 10 * 60_000;
const LEAVE_ATTEMPTS_MAX = 3;
/** Old subscriptions of one source that hubs are still to be told of. */
const LEAVING_MAX = 4;

export interface NewSubscription {
  readonly push: PushAddresses;
  readonly hubUrl: string;
  readonly callbackUrl: string;
  readonly secret: string;
  readonly nowMs: number;
}

/** To be asked for at once. */
export function newSubscription(said: NewSubscription): HubSubscription {
  const { push, hubUrl, callbackUrl, secret, nowMs } = said;
  return {
    hubUrl,
    topicUrl: push.topicUrl,
    callbackUrl,
    secret,
    state: 'asking',
    askAt: timestampOfClock(nowMs),
    failures: 0,
  };
}

/** The first that is reached by https, else the first; after one that failed, the one behind it. */
export function hubToAsk({ hubUrls }: PushAddresses, failed?: string): string {
  const ordered = hubUrls.toSorted((a, b) => Number(isHttps(b)) - Number(isHttps(a)));
  const place = failed === undefined ? 0 : ordered.indexOf(failed) + 1;
  return ordered[place % ordered.length] ?? '';
}

/** Still the one that the source names: same topic, a hub among its hubs, our address as it is now. */
export function isStillRight(
  { hubUrl, topicUrl, callbackUrl }: HubSubscription,
  push: PushAddresses,
  callbackBase: string,
): boolean {
  return topicUrl === push.topicUrl && push.hubUrls.includes(hubUrl) && callbackUrl.startsWith(callbackBase);
}

/** A time that is further ahead than any wait of ours was set by a clock that was wrong. */
export function isTimeToAsk({ askAt }: Pick<HubSubscription, 'askAt'>, nowMs: number): boolean {
  const inMs = msFromTimestamp(askAt) - nowMs;
  return inMs <= 0 || inMs > LEASE_S_MAX * 1000;
}

/** Counts as failed until the hub verifies. `place`: from 0 up to 1, by the source's id. */
export function whileAsking(
  subscription: HubSubscription,
  nowMs: number,
  place: number,
  retryAfterMs = 0,
): HubSubscription {
  const failures = subscription.failures + 1;
  const doubled = Math.min(RETRY_MS_MIN * 2 ** Math.min(failures - 1, 20), RETRY_MS_MAX);
  const waitMs = Math.max(doubled * (1 + place / 4), Math.min(retryAfterMs, RETRY_MS_MAX));
  return { ...subscription, failures, askAt: timestampOfClock(nowMs + waitMs) };
}

export function afterRefusal(subscription: HubSubscription, reason: string): HubSubscription {
  return { ...subscription, reason: reason.slice(0, REASON_CHARS_MAX) };
}

/** `leaseSeconds`: as the hub says, from now on. Renewed after two thirds of it and a bit. */
export function afterVerification(
  subscription: HubSubscription,
  leaseSeconds: number,
  nowMs: number,
  place: number,
): HubSubscription {
  const leaseMs = Math.min(Math.max(leaseSeconds, LEASE_S_MIN), LEASE_S_MAX) * 1000;
  return {
    ...subscription,
    state: 'verified',
    failures: 0,
    reason: undefined,
    verifiedAt: timestampOfClock(nowMs),
    leaseEndsAt: timestampOfClock(nowMs + Math.max(leaseSeconds, 0) * 1000),
    askAt: timestampOfClock(nowMs + leaseMs * (2 / 3 + place / 12)),
  };
}

/** Another hub of the source, if there is one, is tried soon. */
export function afterDenial(
  subscription: HubSubscription,
  reason: string,
  nowMs: number,
  hasOtherHub: boolean,
): HubSubscription {
  const waitMs = hasOtherHub ? RETRY_MS_MIN : DENIED_MS;
  return {
    ...subscription,
    state: 'denied',
    failures: subscription.failures + 1,
    reason: reason.slice(0, REASON_CHARS_MAX),
    leaseEndsAt: undefined,
    askAt: timestampOfClock(nowMs + waitMs),
  };
}

/** The hub has said that it sends, and its lease has not ended. */
export function isHeld({ state, leaseEndsAt }: HubSubscription, nowMs: number): boolean {
  return state === 'verified' && leaseEndsAt !== undefined && msFromTimestamp(leaseEndsAt) > nowMs;
}

/**
 * Pushes can be relied on: the subscription is held, a push brought something that was new, and no poll since has found an item
 * that no push had brought.
 */
export function isActive(subscription: HubSubscription | undefined, nowMs: number): boolean {
  if (subscription === undefined || !isHeld(subscription, nowMs)) return false;
  const { provenAt, missedAt } = subscription;
  return provenAt !== undefined && (missedAt === undefined || missedAt < provenAt);
}

/** What the hub of a subscription that is given up is to be told; none where it never began or has ended by itself. */
export function leaving(
  before: readonly LeavingSubscription[],
  { hubUrl, topicUrl, callbackUrl, leaseEndsAt }: HubSubscription,
  nowMs: number,
): readonly LeavingSubscription[] {
  if (leaseEndsAt === undefined || msFromTimestamp(leaseEndsAt) <= nowMs) return before;
  const next = { hubUrl, topicUrl, callbackUrl, attempts: 0, askAt: timestampOfClock(nowMs) };
  return [...before, next].slice(-LEAVING_MAX);
}

/** Undefined after the last attempt: the lease will end it. */
export function whileLeaving(leave: LeavingSubscription, nowMs: number): LeavingSubscription | undefined {
  const attempts = leave.attempts + 1;
  if (attempts > LEAVE_ATTEMPTS_MAX) return undefined;
  return { ...leave, attempts, askAt: timestampOfClock(nowMs + LEAVE_RETRY_MS * attempts) };
}

export function isHttps(url: string): boolean {
  return url.toLowerCase().startsWith('https:');
}
