// What the status tells of a subscription: neither its callback nor its secret, nor the words of the hub, which may repeat both. Pure.
import { isActive, isHeld } from '../../edge/websub/subscription.ts';
import type { PushStatus } from '../../model/status.ts';
import type { HubSubscription } from '../../model/subscription-record.ts';

export function pushStatusOf(
  subscription: HubSubscription | undefined,
  isPublishable: (url: string) => boolean,
  nowMs: number,
): PushStatus | undefined {
  if (subscription === undefined) return undefined;
  const { state, leaseEndsAt, pushedAt } = subscription;
  const hub = URL.parse(subscription.hubUrl)?.origin;
  return {
    hub: hub !== undefined && isPublishable(hub) ? hub : undefined,
    state: state === 'verified' && !isHeld(subscription, nowMs) ? 'ended' : state,
    leaseEnd: leaseEndsAt,
    lastPush: pushedAt,
    isReliedOn: isActive(subscription, nowMs),
  };
}
