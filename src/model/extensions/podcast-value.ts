// Who is paid, and items of other feeds (Podcasting 2.0: `value`, `valueTimeSplit`, `remoteItem`).
import type { ExtensionElement } from '../extension.ts';
import { attributeIn, ElementView, flagIn, numberIn, said, secondsIn } from './element-view.ts';

export interface PodcastValue {
  /** `lightning` … in lower case. */
  readonly type?: string | undefined;
  /** `keysend` … in lower case. */
  readonly method?: string | undefined;
  /** In units of `type`: Bitcoin for `lightning`. */
  readonly suggested?: number | undefined;
  readonly recipients?: readonly PodcastValueRecipient[] | undefined;
  readonly timeSplits?: readonly PodcastValueTimeSplit[] | undefined;
}

export interface PodcastValueRecipient {
  readonly name?: string | undefined;
  /** `node`, `lnaddress` … in lower case. */
  readonly type?: string | undefined;
  readonly address: string;
  readonly customKey?: string | undefined;
  readonly customValue?: string | undefined;
  /** Shares of the sum of all. */
  readonly split?: number | undefined;
  readonly isFee?: boolean | undefined;
}

export interface PodcastValueTimeSplit {
  readonly startSeconds: number;
  readonly durationSeconds?: number | undefined;
  readonly remoteStartSeconds?: number | undefined;
  /** 0 to 100. */
  readonly remotePercentage?: number | undefined;
  readonly remoteItem?: PodcastRemoteItem | undefined;
  readonly recipients?: readonly PodcastValueRecipient[] | undefined;
}

/** An item, or with no `itemGuid` the whole, of another feed. */
export interface PodcastRemoteItem {
  readonly feedGuid?: string | undefined;
  readonly feedUrl?: string | undefined;
  readonly itemGuid?: string | undefined;
  readonly medium?: string | undefined;
  readonly title?: string | undefined;
}

export function valueIn(element: ExtensionElement): PodcastValue | undefined {
  const inner = new ElementView(element.children, 'podcast');
  return said({
    type: attributeIn(element, 'type')?.toLowerCase(),
    method: attributeIn(element, 'method')?.toLowerCase(),
    suggested: numberIn(attributeIn(element, 'suggested')),
    recipients: inner.list('valueRecipient', recipientIn),
    timeSplits: inner.list('valueTimeSplit', timeSplitIn),
  });
}

function recipientIn(element: ExtensionElement): PodcastValueRecipient | undefined {
  const address = attributeIn(element, 'address');
  if (address === undefined) return undefined;
  return said({
    name: attributeIn(element, 'name'),
    type: attributeIn(element, 'type')?.toLowerCase(),
    address,
    customKey: attributeIn(element, 'customKey'),
    customValue: attributeIn(element, 'customValue'),
    split: numberIn(attributeIn(element, 'split')),
    isFee: flagIn(attributeIn(element, 'fee')),
  });
}

function timeSplitIn(element: ExtensionElement): PodcastValueTimeSplit | undefined {
  const startSeconds = secondsIn(attributeIn(element, 'startTime'));
  if (startSeconds === undefined) return undefined;
  const inner = new ElementView(element.children, 'podcast');
  return said({
    startSeconds,
    durationSeconds: secondsIn(attributeIn(element, 'duration')),
    remoteStartSeconds: secondsIn(attributeIn(element, 'remoteStartTime')),
    remotePercentage: numberIn(attributeIn(element, 'remotePercentage')),
    remoteItem: inner.one('remoteItem', remoteItemIn),
    recipients: inner.list('valueRecipient', recipientIn),
  });
}

export function remoteItemIn(element: ExtensionElement): PodcastRemoteItem | undefined {
  return said({
    feedGuid: attributeIn(element, 'feedGuid'),
    feedUrl: attributeIn(element, 'feedUrl'),
    itemGuid: attributeIn(element, 'itemGuid'),
    medium: attributeIn(element, 'medium')?.toLowerCase(),
    title: attributeIn(element, 'title'),
  });
}
