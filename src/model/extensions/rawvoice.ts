// RawVoice (https://blubrry.com/developer/rawvoice-rss/): video, directories and donations of podcasts. `rawvoice:embed`, which
// is markup, stands among the elements alone.
import type { ExtensionElement } from '../extension.ts';
import { attributeIn, type Elements, ElementView, said, secondsIn, textIn, wholeIn } from './element-view.ts';

export interface Rawvoice {
  /** `TV-G` … or `G` …, as written. */
  readonly rating?:
    | {
        readonly value?: string | undefined;
        readonly tv?: string | undefined;
        readonly movie?: string | undefined;
      }
    | undefined;
  readonly location?: string | undefined;
  readonly frequency?: string | undefined;
  /** Pages of the show by directory: `itunes`, `spotify`, `feed` … as named by the publisher. */
  readonly subscribe?: readonly { readonly directory: string; readonly url: string }[] | undefined;
  readonly donate?: { readonly url: string; readonly label?: string | undefined } | undefined;
  readonly posterUrl?: string | undefined;
  readonly isHd?: boolean | undefined;
  /** The same video in other forms. */
  readonly videos?: readonly RawvoiceVideo[] | undefined;
  /** What belongs to a moment of the episode. */
  readonly metamarks?: readonly RawvoiceMetamark[] | undefined;
}

export interface RawvoiceMetamark {
  /** `video`, `audio`, `image`, `comment`, `tag`, `ad`, `lower third` … as written. */
  readonly type?: string | undefined;
  readonly url?: string | undefined;
  readonly positionSeconds?: number | undefined;
  readonly durationSeconds?: number | undefined;
  readonly text?: string | undefined;
}

export interface RawvoiceVideo {
  readonly url: string;
  readonly type: 'video/webm' | 'video/mp4';
  readonly lengthBytes?: number | undefined;
}

export function rawvoiceOf(elements: Elements): Rawvoice | undefined {
  const rawvoice = new ElementView(elements, 'rawvoice');
  const videos = [
    ...(rawvoice.list('webm', (video) => videoIn(video, 'video/webm')) ?? []),
    ...(rawvoice.list('mp4', (video) => videoIn(video, 'video/mp4')) ?? []),
  ];
  return said({
    rating: rawvoice.one('rating', ratingIn),
    location: rawvoice.text('location'),
    frequency: rawvoice.text('frequency'),
    subscribe: rawvoice.one('subscribe', subscribeIn),
    donate: rawvoice.one('donate', donateIn),
    posterUrl: rawvoice.one('poster', (poster) => attributeIn(poster, 'url')),
    isHd: rawvoice.flag('isHd'),
    videos: videos.length === 0 ? undefined : videos,
    metamarks: rawvoice.list('metamark', metamarkIn),
  });
}

function metamarkIn(element: ExtensionElement): RawvoiceMetamark | undefined {
  return said({
    type: attributeIn(element, 'type'),
    url: attributeIn(element, 'link'),
    positionSeconds: secondsIn(attributeIn(element, 'position')),
    durationSeconds: secondsIn(attributeIn(element, 'duration')),
    text: textIn(element),
  });
}

function ratingIn(element: ExtensionElement): Rawvoice['rating'] {
  return said({
    value: textIn(element),
    tv: attributeIn(element, 'tv'),
    movie: attributeIn(element, 'movie'),
  });
}

function subscribeIn(element: ExtensionElement): Rawvoice['subscribe'] {
  const pages = element.attributes
    .map(([directory, url]) => ({ directory, url }))
    .filter(({ url }) => url !== '');
  return pages.length === 0 ? undefined : pages;
}

function donateIn(element: ExtensionElement): Rawvoice['donate'] {
  const url = attributeIn(element, 'href');
  return url === undefined ? undefined : said({ url, label: textIn(element) });
}

function videoIn(element: ExtensionElement, type: RawvoiceVideo['type']): RawvoiceVideo | undefined {
  const url = attributeIn(element, 'src') ?? attributeIn(element, 'url');
  return url === undefined
    ? undefined
    : said({ url, type, lengthBytes: wholeIn(attributeIn(element, 'length')) });
}
