// A live stream that a show announces (Podcasting 2.0: `liveItem`): an item within the channel, which is no item of the feed
// until it is over.
import type { ExtensionElement } from '../extension.ts';
import type { Timestamp } from '../timestamp.ts';
import { attributeIn, type Elements, listed, said, textIn, timestampIn, wholeIn } from './element-view.ts';
import type { Podcast } from './podcast.ts';

export interface PodcastLiveItem {
  /** `pending`, `live` or `ended`; else as written, in lower case. */
  readonly status?: string | undefined;
  readonly startsAt?: Timestamp | undefined;
  readonly endsAt?: Timestamp | undefined;
  readonly title?: string | undefined;
  /** As written: text or HTML that nobody made safe. */
  readonly description?: string | undefined;
  readonly url?: string | undefined;
  readonly guid?: string | undefined;
  readonly enclosures?: readonly PodcastLiveEnclosure[] | undefined;
  readonly podcast?: Podcast | undefined;
}

export interface PodcastLiveEnclosure {
  readonly url: string;
  readonly type?: string | undefined;
  readonly lengthBytes?: number | undefined;
}

export function podcastLiveItemIn(
  element: ExtensionElement,
  podcastOf: (elements: Elements) => Podcast | undefined,
): PodcastLiveItem | undefined {
  // RSS elements, which have no prefix.
  const plain = (name: string) => element.children.filter((child) => child.name === name);
  return said({
    status: attributeIn(element, 'status')?.toLowerCase(),
    startsAt: timestampIn(attributeIn(element, 'start')),
    endsAt: timestampIn(attributeIn(element, 'end')),
    title: textIn(plain('title')[0]),
    description: textIn(plain('description')[0]),
    url: textIn(plain('link')[0]),
    guid: textIn(plain('guid')[0]),
    enclosures: listed(plain('enclosure'), enclosureIn),
    podcast: podcastOf(element.children),
  });
}

function enclosureIn(element: ExtensionElement): PodcastLiveEnclosure | undefined {
  const url = attributeIn(element, 'url');
  if (url === undefined) return undefined;
  return said({
    url,
    type: attributeIn(element, 'type')?.toLowerCase(),
    lengthBytes: wholeIn(attributeIn(element, 'length')),
  });
}
