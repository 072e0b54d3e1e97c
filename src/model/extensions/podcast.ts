// Podcasting 2.0, the podcast namespace (https://podcasting2.org/docs/podcast-namespace), of a show and of its episodes.
import type { ExtensionElement } from '../extension.ts';
import type { Timestamp } from '../timestamp.ts';
import {
  attributeIn,
  type Elements,
  ElementView,
  flagIn,
  numberIn,
  said,
  secondsIn,
  textIn,
  timestampIn,
  wholeIn,
} from './element-view.ts';
import { type PodcastLiveItem, podcastLiveItemIn } from './podcast-live-item.ts';
import {
  alternateEnclosureIn,
  imageIn,
  imagesIn,
  type PodcastAlternateEnclosure,
  type PodcastImage,
  type PodcastTranscript,
  transcriptIn,
} from './podcast-media.ts';
import {
  type PodcastPerson,
  type PodcastSocialInteract,
  personIn,
  socialInteractIn,
} from './podcast-people.ts';
import { type PodcastRemoteItem, type PodcastValue, remoteItemIn, valueIn } from './podcast-value.ts';

export interface Podcast {
  /** Of a show: the UUID that stays when its feed moves. */
  readonly guid?: string | undefined;
  /** Of a show: `podcast`, `music`, `video`, `audiobook` …, in lower case. */
  readonly medium?: string | undefined;
  readonly locked?: { readonly isLocked: boolean; readonly owner?: string | undefined } | undefined;
  readonly season?: { readonly number: number; readonly name?: string | undefined } | undefined;
  /** `number` may have decimals, as in 204.5. */
  readonly episode?: { readonly number: number; readonly display?: string | undefined } | undefined;
  readonly chapters?: { readonly url: string; readonly type?: string | undefined } | undefined;
  readonly transcripts?: readonly PodcastTranscript[] | undefined;
  readonly soundbites?: readonly PodcastSoundbite[] | undefined;
  readonly persons?: readonly PodcastPerson[] | undefined;
  readonly locations?: readonly PodcastLocation[] | undefined;
  readonly alternateEnclosures?: readonly PodcastAlternateEnclosure[] | undefined;
  readonly values?: readonly PodcastValue[] | undefined;
  readonly funding?: readonly { readonly url: string; readonly message?: string | undefined }[] | undefined;
  readonly license?: { readonly name: string; readonly url?: string | undefined } | undefined;
  readonly images?: readonly PodcastImage[] | undefined;
  readonly trailers?: readonly PodcastTrailer[] | undefined;
  readonly liveItems?: readonly PodcastLiveItem[] | undefined;
  /** Shows that this one recommends. */
  readonly podroll?: readonly PodcastRemoteItem[] | undefined;
  /** The feed of its publisher. */
  readonly publisher?: PodcastRemoteItem | undefined;
  readonly remoteItems?: readonly PodcastRemoteItem[] | undefined;
  readonly socialInteracts?: readonly PodcastSocialInteract[] | undefined;
  readonly contentLinks?:
    | readonly { readonly url: string; readonly title?: string | undefined }[]
    | undefined;
  readonly chat?: PodcastChat | undefined;
  readonly txts?: readonly { readonly value: string; readonly purpose?: string | undefined }[] | undefined;
  /** Which services are to leave the show out; without `id` all of them. */
  readonly blocks?: readonly { readonly isBlocked: boolean; readonly id?: string | undefined }[] | undefined;
  readonly updateFrequency?: PodcastUpdateFrequency | undefined;
  readonly usesPodping?: boolean | undefined;
}

export interface PodcastSoundbite {
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly title?: string | undefined;
}

export interface PodcastLocation {
  readonly name?: string | undefined;
  /** `subject` or `creator`. */
  readonly rel?: string | undefined;
  /** A geo URI (RFC 5870). */
  readonly geo?: string | undefined;
  /** An OpenStreetMap object, as in `R113314`. */
  readonly osm?: string | undefined;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country?: string | undefined;
}

export interface PodcastTrailer {
  readonly url: string;
  readonly title?: string | undefined;
  readonly publishedAt?: Timestamp | undefined;
  readonly lengthBytes?: number | undefined;
  readonly type?: string | undefined;
  readonly season?: number | undefined;
}

export interface PodcastChat {
  /** Host name. */
  readonly server: string;
  readonly protocol?: string | undefined;
  readonly accountId?: string | undefined;
  readonly space?: string | undefined;
  readonly embedUrl?: string | undefined;
}

export interface PodcastUpdateFrequency {
  readonly description?: string | undefined;
  /** No more episodes are to come. */
  readonly isComplete?: boolean | undefined;
  readonly startsAt?: Timestamp | undefined;
  /** A recurrence rule (RFC 5545, section 3.8.5.3). */
  readonly rule?: string | undefined;
}

export function podcastOf(elements: Elements): Podcast | undefined {
  const podcast = new ElementView(elements, 'podcast');
  return said({
    guid: podcast.text('guid'),
    medium: podcast.text('medium')?.toLowerCase(),
    locked: podcast.one('locked', lockedIn),
    season: podcast.one('season', seasonIn),
    episode: podcast.one('episode', episodeIn),
    chapters: podcast.one('chapters', (chapters) =>
      linked(chapters, (url) => ({ url, type: attributeIn(chapters, 'type') })),
    ),
    transcripts: podcast.list('transcript', transcriptIn),
    soundbites: podcast.list('soundbite', soundbiteIn),
    persons: podcast.list('person', personIn),
    locations: podcast.list('location', locationIn),
    alternateEnclosures: podcast.list('alternateEnclosure', alternateEnclosureIn),
    values: podcast.list('value', valueIn),
    funding: podcast.list('funding', (funding) =>
      linked(funding, (url) => ({ url, message: textIn(funding) })),
    ),
    license: podcast.one('license', licenseIn),
    images: imagesOf(podcast),
    trailers: podcast.list('trailer', trailerIn),
    liveItems: podcast.list('liveItem', (item) => podcastLiveItemIn(item, podcastOf)),
    podroll: podcast.one('podroll', remoteItemsIn),
    publisher: podcast.one('publisher', (publisher) => remoteItemsIn(publisher)?.[0]),
    remoteItems: podcast.list('remoteItem', remoteItemIn),
    socialInteracts: podcast.list('socialInteract', socialInteractIn),
    contentLinks: podcast.list('contentLink', (link) =>
      linked(link, (url) => ({ url, title: textIn(link) })),
    ),
    chat: podcast.one('chat', chatIn),
    txts: podcast.list('txt', txtIn),
    blocks: podcast.list('block', blockIn),
    updateFrequency: podcast.one('updateFrequency', updateFrequencyIn),
    usesPodping: podcast.one('podping', (podping) => flagIn(attributeIn(podping, 'usesPodping'))),
  });
}

/** `url` or `href`, without which there is nothing. */
function linked<T extends object>(element: ExtensionElement, make: (url: string) => T): T | undefined {
  const url = attributeIn(element, 'url') ?? attributeIn(element, 'href');
  return url === undefined ? undefined : said(make(url));
}

function imagesOf(podcast: ElementView): readonly PodcastImage[] | undefined {
  const images = [...(podcast.one('images', imagesIn) ?? []), ...(podcast.list('image', imageIn) ?? [])];
  return images.length === 0 ? undefined : images;
}

function remoteItemsIn(element: ExtensionElement): readonly PodcastRemoteItem[] | undefined {
  return new ElementView(element.children, 'podcast').list('remoteItem', remoteItemIn);
}

function lockedIn(element: ExtensionElement): Podcast['locked'] {
  const isLocked = flagIn(textIn(element));
  return isLocked === undefined ? undefined : said({ isLocked, owner: attributeIn(element, 'owner') });
}

function seasonIn(element: ExtensionElement): Podcast['season'] {
  const number = wholeIn(textIn(element));
  return number === undefined ? undefined : said({ number, name: attributeIn(element, 'name') });
}

function episodeIn(element: ExtensionElement): Podcast['episode'] {
  const number = numberIn(textIn(element));
  return number === undefined ? undefined : said({ number, display: attributeIn(element, 'display') });
}

function soundbiteIn(element: ExtensionElement): PodcastSoundbite | undefined {
  const startSeconds = secondsIn(attributeIn(element, 'startTime'));
  const durationSeconds = secondsIn(attributeIn(element, 'duration'));
  if (startSeconds === undefined || durationSeconds === undefined) return undefined;
  return said({ startSeconds, durationSeconds, title: textIn(element) });
}

function locationIn(element: ExtensionElement): PodcastLocation | undefined {
  return said({
    name: textIn(element),
    rel: attributeIn(element, 'rel')?.toLowerCase(),
    geo: attributeIn(element, 'geo'),
    osm: attributeIn(element, 'osm'),
    country: attributeIn(element, 'country')?.toUpperCase(),
  });
}

function licenseIn(element: ExtensionElement): Podcast['license'] {
  const url = attributeIn(element, 'url');
  const name = textIn(element) ?? url;
  return name === undefined ? undefined : said({ name, url });
}

function trailerIn(element: ExtensionElement): PodcastTrailer | undefined {
  return linked(element, (url) => ({
    url,
    title: textIn(element),
    publishedAt: timestampIn(attributeIn(element, 'pubdate')),
    lengthBytes: wholeIn(attributeIn(element, 'length')),
    type: attributeIn(element, 'type')?.toLowerCase(),
    season: wholeIn(attributeIn(element, 'season')),
  }));
}

function chatIn(element: ExtensionElement): PodcastChat | undefined {
  const server = attributeIn(element, 'server');
  if (server === undefined) return undefined;
  return said({
    server,
    protocol: attributeIn(element, 'protocol')?.toLowerCase(),
    accountId: attributeIn(element, 'accountId'),
    space: attributeIn(element, 'space'),
    embedUrl: attributeIn(element, 'embedUrl'),
  });
}

function txtIn(element: ExtensionElement): { value: string; purpose?: string | undefined } | undefined {
  const value = textIn(element);
  return value === undefined ? undefined : said({ value, purpose: attributeIn(element, 'purpose') });
}

function blockIn(element: ExtensionElement): { isBlocked: boolean; id?: string | undefined } | undefined {
  const isBlocked = flagIn(textIn(element));
  return isBlocked === undefined ? undefined : said({ isBlocked, id: attributeIn(element, 'id') });
}

function updateFrequencyIn(element: ExtensionElement): PodcastUpdateFrequency | undefined {
  return said({
    description: textIn(element),
    isComplete: flagIn(attributeIn(element, 'complete')),
    startsAt: timestampIn(attributeIn(element, 'dtstart')),
    rule: attributeIn(element, 'rrule'),
  });
}
