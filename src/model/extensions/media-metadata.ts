// What Media RSS says of an item, a group or a file: the optional elements of section "Optional Elements".
import type { ExtensionElement } from '../extension.ts';
import {
  attributeIn,
  type ElementView,
  listed,
  numberIn,
  said,
  secondsIn,
  textIn,
  wholeIn,
  wordsIn,
} from './element-view.ts';
import { type GeoShape, shapesIn } from './geo.ts';
import {
  communityIn,
  embedIn,
  type MediaCommunity,
  type MediaEmbed,
  type MediaScene,
  scenesIn,
} from './media-parts.ts';

export interface MediaText {
  readonly text: string;
  readonly isHtml: boolean;
}

export interface MediaMetadata {
  readonly title?: MediaText | undefined;
  readonly description?: MediaText | undefined;
  readonly keywords?: readonly string[] | undefined;
  readonly thumbnails?: readonly MediaThumbnail[] | undefined;
  readonly categories?: readonly MediaCategory[] | undefined;
  readonly ratings?: readonly MediaRating[] | undefined;
  readonly hashes?: readonly { readonly algorithm: string; readonly value: string }[] | undefined;
  readonly player?: MediaPlayer | undefined;
  readonly credits?: readonly MediaCredit[] | undefined;
  readonly copyright?: { readonly text?: string | undefined; readonly url?: string | undefined } | undefined;
  readonly license?: MediaLicense | undefined;
  /** `userCreated` or `official`, as written. */
  readonly rightsStatus?: string | undefined;
  readonly texts?: readonly MediaTimedText[] | undefined;
  readonly subtitles?: readonly MediaSubtitle[] | undefined;
  readonly restrictions?: readonly MediaRestriction[] | undefined;
  readonly community?: MediaCommunity | undefined;
  readonly comments?: readonly string[] | undefined;
  readonly responses?: readonly string[] | undefined;
  readonly backLinks?: readonly string[] | undefined;
  readonly embed?: MediaEmbed | undefined;
  readonly status?: { readonly state: string; readonly reason?: string | undefined } | undefined;
  readonly prices?: readonly MediaPrice[] | undefined;
  readonly peerLinks?: readonly { readonly url: string; readonly type?: string | undefined }[] | undefined;
  readonly locations?: readonly MediaLocation[] | undefined;
  readonly scenes?: readonly MediaScene[] | undefined;
}

export interface MediaThumbnail {
  readonly url: string;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Where in the medium it was taken. */
  readonly timeSeconds?: number | undefined;
}

export interface MediaCategory {
  readonly term: string;
  readonly scheme?: string | undefined;
  readonly label?: string | undefined;
}

export interface MediaRating {
  /** `adult` and `nonadult` in the scheme `urn:simple`, also where `media:adult` says so. */
  readonly value: string;
  readonly scheme: string;
}

export interface MediaPlayer {
  readonly url: string;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

export interface MediaCredit {
  readonly name: string;
  /** In lower case: `author`, `photographer` … */
  readonly role?: string | undefined;
  /** `urn:ebu` where none is given. */
  readonly scheme: string;
}

export interface MediaLicense {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly type?: string | undefined;
}

export interface MediaTimedText {
  readonly text: string;
  readonly isHtml: boolean;
  readonly language?: string | undefined;
  readonly startSeconds?: number | undefined;
  readonly endSeconds?: number | undefined;
}

export interface MediaSubtitle {
  readonly url: string;
  readonly type?: string | undefined;
  readonly language?: string | undefined;
}

export interface MediaRestriction {
  readonly relationship: 'allow' | 'deny';
  /** `country`, `uri` or `sharing`; absent where it is about everything. */
  readonly type?: string | undefined;
  /** Country codes or addresses; `all` and `none` stand for themselves. */
  readonly values?: readonly string[] | undefined;
}

export interface MediaPrice {
  /** `rent`, `purchase`, `package` or `subscription`; else as written, in lower case. */
  readonly type?: string | undefined;
  readonly amount?: number | undefined;
  /** ISO 4217, upper case. */
  readonly currency?: string | undefined;
  readonly infoUrl?: string | undefined;
}

export interface MediaLocation {
  readonly description?: string | undefined;
  readonly startSeconds?: number | undefined;
  readonly endSeconds?: number | undefined;
  readonly shapes?: readonly GeoShape[] | undefined;
}

export function metadataIn(media: ElementView, safeHtml: (html: string) => string): MediaMetadata {
  const textOf = (element: ExtensionElement) => mediaTextIn(element, safeHtml);
  return {
    title: media.one('title', textOf),
    description: media.one('description', textOf),
    keywords: wordsIn(media.text('keywords')),
    thumbnails: media.list('thumbnail', thumbnailIn),
    categories: media.list('category', categoryIn),
    ratings: ratingsIn(media),
    hashes: media.list('hash', hashIn),
    player: media.one('player', playerIn),
    credits: media.list('credit', creditIn),
    copyright: media.one('copyright', (copyright) =>
      said({ text: textIn(copyright), url: attributeIn(copyright, 'url') }),
    ),
    license: media.one('license', licenseIn),
    rightsStatus: media.one('rights', (rights) => attributeIn(rights, 'status')),
    texts: media.list('text', (text) => timedTextIn(text, safeHtml)),
    subtitles: media.list('subTitle', subtitleIn),
    restrictions: media.list('restriction', restrictionIn),
    community: media.one('community', communityIn),
    comments: media.one('comments', (comments) => listed(comments.children, textIn)),
    responses: media.one('responses', (responses) => listed(responses.children, textIn)),
    backLinks: media.one('backLinks', (links) => listed(links.children, textIn)),
    embed: media.one('embed', embedIn),
    status: media.one('status', statusIn),
    prices: media.list('price', priceIn),
    peerLinks: media.list('peerLink', peerLinkIn),
    locations: media.list('location', locationIn),
    scenes: media.one('scenes', scenesIn),
  };
}

function mediaTextIn(element: ExtensionElement, safeHtml: (html: string) => string): MediaText | undefined {
  const text = textIn(element);
  if (text === undefined) return undefined;
  const isHtml = /html/i.test(attributeIn(element, 'type') ?? '');
  return { text: isHtml ? safeHtml(text) : text, isHtml };
}

function thumbnailIn(element: ExtensionElement): MediaThumbnail | undefined {
  const url = attributeIn(element, 'url');
  if (url === undefined) return undefined;
  return said({
    url,
    width: wholeIn(attributeIn(element, 'width')),
    height: wholeIn(attributeIn(element, 'height')),
    timeSeconds: secondsIn(attributeIn(element, 'time')),
  });
}

function categoryIn(element: ExtensionElement): MediaCategory | undefined {
  const term = textIn(element) ?? attributeIn(element, 'label');
  if (term === undefined) return undefined;
  return said({ term, scheme: attributeIn(element, 'scheme'), label: attributeIn(element, 'label') });
}

function ratingsIn(media: ElementView): readonly MediaRating[] | undefined {
  const rated = media.list('rating', (element) => {
    const value = textIn(element);
    return value === undefined
      ? undefined
      : { value, scheme: attributeIn(element, 'scheme') ?? 'urn:simple' };
  });
  const adult = media.flag('adult');
  const simple = adult === undefined ? [] : [{ value: adult ? 'adult' : 'nonadult', scheme: 'urn:simple' }];
  return rated ?? (simple.length === 0 ? undefined : simple);
}

function hashIn(element: ExtensionElement): { algorithm: string; value: string } | undefined {
  const value = textIn(element);
  return value === undefined
    ? undefined
    : { algorithm: attributeIn(element, 'algo')?.toLowerCase() ?? 'md5', value };
}

function playerIn(element: ExtensionElement): MediaPlayer | undefined {
  const url = attributeIn(element, 'url');
  if (url === undefined) return undefined;
  return said({
    url,
    width: wholeIn(attributeIn(element, 'width')),
    height: wholeIn(attributeIn(element, 'height')),
  });
}

function creditIn(element: ExtensionElement): MediaCredit | undefined {
  const name = textIn(element);
  if (name === undefined) return undefined;
  const scheme = attributeIn(element, 'scheme') ?? 'urn:ebu';
  return said({ name, role: attributeIn(element, 'role')?.toLowerCase(), scheme });
}

function licenseIn(element: ExtensionElement): MediaLicense | undefined {
  return said({
    name: textIn(element),
    url: attributeIn(element, 'href'),
    type: attributeIn(element, 'type'),
  });
}

function timedTextIn(
  element: ExtensionElement,
  safeHtml: (html: string) => string,
): MediaTimedText | undefined {
  const text = mediaTextIn(element, safeHtml);
  if (text === undefined) return undefined;
  return said({
    ...text,
    language: attributeIn(element, 'lang'),
    startSeconds: secondsIn(attributeIn(element, 'start')),
    endSeconds: secondsIn(attributeIn(element, 'end')),
  });
}

function subtitleIn(element: ExtensionElement): MediaSubtitle | undefined {
  const url = attributeIn(element, 'href');
  if (url === undefined) return undefined;
  return said({
    url,
    type: attributeIn(element, 'type')?.toLowerCase(),
    language: attributeIn(element, 'lang'),
  });
}

function restrictionIn(element: ExtensionElement): MediaRestriction | undefined {
  const relationship = attributeIn(element, 'relationship')?.toLowerCase();
  if (relationship !== 'allow' && relationship !== 'deny') return undefined;
  const values = textIn(element)?.split(/\s+/);
  return said({ relationship, type: attributeIn(element, 'type')?.toLowerCase(), values });
}

function statusIn(element: ExtensionElement): MediaMetadata['status'] {
  const state = attributeIn(element, 'state')?.toLowerCase();
  return state === undefined ? undefined : said({ state, reason: attributeIn(element, 'reason') });
}

function priceIn(element: ExtensionElement): MediaPrice | undefined {
  return said({
    type: attributeIn(element, 'type')?.toLowerCase(),
    amount: numberIn(attributeIn(element, 'price')),
    currency: attributeIn(element, 'currency')?.toUpperCase(),
    infoUrl: attributeIn(element, 'info'),
  });
}

function peerLinkIn(element: ExtensionElement): { url: string; type?: string | undefined } | undefined {
  const url = attributeIn(element, 'href');
  return url === undefined ? undefined : said({ url, type: attributeIn(element, 'type')?.toLowerCase() });
}

function locationIn(element: ExtensionElement): MediaLocation | undefined {
  return said({
    description: attributeIn(element, 'description'),
    startSeconds: secondsIn(attributeIn(element, 'start')),
    endSeconds: secondsIn(attributeIn(element, 'end')),
    shapes: shapesIn(element.children),
  });
}
