// What a hub is asked with. WebSub, sections 5.1 and 6. Pure.
import type { HubSubscription, LeavingSubscription } from '../../model/subscription-record.ts';
import { LEASE_ASKED_S } from './subscription.ts';

type Form = Readonly<Record<string, string>>;

export function subscribeForm({ callbackUrl, topicUrl, secret }: HubSubscription): Form {
  return {
    'hub.callback': callbackUrl,
    'hub.mode': 'subscribe',
    'hub.topic': topicUrl,
    'hub.secret': secret,
    'hub.lease_seconds': String(LEASE_ASKED_S),
  };
}

export function unsubscribeForm({ callbackUrl, topicUrl }: LeavingSubscription): Form {
  return { 'hub.callback': callbackUrl, 'hub.mode': 'unsubscribe', 'hub.topic': topicUrl };
}

/** Some hubs read `hub.url`, others `hub.topic`. */
export function publishForm(topicUrl: string): Form {
  return { 'hub.mode': 'publish', 'hub.url': topicUrl, 'hub.topic': topicUrl };
}
