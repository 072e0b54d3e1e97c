// What hubs are not told, and what they say that is not passed on: a hub is somebody else's. Pure.
import { publishableFor } from '../../core/attribute/publishable-url.ts';
import type { Source } from '../../model/config.ts';
import type { PushAddresses } from '../../model/source-record.ts';
import type { HubSubscription } from '../../model/subscription-record.ts';
import { nameOf } from './subscription-shelf.ts';

/** An address that carries a secret of the source, however it is spelled, or is its secret address itself. */
export function tellsSecret(source: Source, { topicUrl }: Pick<PushAddresses, 'topicUrl'>): boolean {
  const { secrets = [], feedUrl, feedUrlIsSecret } = source;
  return (
    secrets.some((secret) => secret !== '' && topicUrl.includes(secret)) ||
    (feedUrlIsSecret && topicUrl === feedUrl) ||
    !publishableFor(source)(topicUrl)
  );
}

/** The words of a hub without what it was given, which it may repeat. */
export function withoutCapabilities(
  text: string,
  { callbackUrl, secret }: Pick<HubSubscription, 'callbackUrl' | 'secret'>,
): string {
  return text.replaceAll(nameOf({ callbackUrl }), '…').replaceAll(secret, '…');
}
