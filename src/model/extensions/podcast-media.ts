// What there is to hear, see and read of an episode (Podcasting 2.0: `transcript`, `alternateEnclosure`, `image`, `images`).
import type { ExtensionElement } from '../extension.ts';
import { attributeIn, ElementView, flagIn, numberIn, said, wholeIn } from './element-view.ts';

export interface PodcastTranscript {
  readonly url: string;
  /** Media type: `text/vtt`, `application/x-subrip` … */
  readonly type?: string | undefined;
  readonly language?: string | undefined;
  /** `captions`. */
  readonly rel?: string | undefined;
}

export interface PodcastAlternateEnclosure {
  readonly type?: string | undefined;
  readonly lengthBytes?: number | undefined;
  /** Bits a second. */
  readonly bitrate?: number | undefined;
  /** Of a video, in pixels. */
  readonly height?: number | undefined;
  readonly language?: string | undefined;
  readonly title?: string | undefined;
  readonly rel?: string | undefined;
  /** RFC 6381. */
  readonly codecs?: string | undefined;
  /** The same file as the item's own enclosure. */
  readonly isDefault?: boolean | undefined;
  /** Where it lies; never empty. URIs are http(s), `magnet:`, `ipfs:` or `ipns:`. */
  readonly sources: readonly { readonly uri: string; readonly type?: string | undefined }[];
  readonly integrity?: { readonly type: string; readonly value: string } | undefined;
}

export interface PodcastImage {
  readonly url: string;
  /** Pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly type?: string | undefined;
  readonly alt?: string | undefined;
  readonly aspectRatio?: string | undefined;
  /** What it is good for: `artwork`, `social`, `banner` … in lower case. */
  readonly purposes?: readonly string[] | undefined;
}

export function transcriptIn(element: ExtensionElement): PodcastTranscript | undefined {
  const url = attributeIn(element, 'url');
  if (url === undefined) return undefined;
  return said({
    url,
    type: attributeIn(element, 'type')?.toLowerCase(),
    language: attributeIn(element, 'language'),
    rel: attributeIn(element, 'rel')?.toLowerCase(),
  });
}

export function alternateEnclosureIn(element: ExtensionElement): PodcastAlternateEnclosure | undefined {
  const inner = new ElementView(element.children, 'podcast');
  const sources = inner.list('source', sourceIn);
  if (sources === undefined) return undefined;
  return said({
    type: attributeIn(element, 'type')?.toLowerCase(),
    lengthBytes: wholeIn(attributeIn(element, 'length')),
    bitrate: numberIn(attributeIn(element, 'bitrate')),
    height: wholeIn(attributeIn(element, 'height')),
    language: attributeIn(element, 'lang'),
    title: attributeIn(element, 'title'),
    rel: attributeIn(element, 'rel'),
    codecs: attributeIn(element, 'codecs'),
    isDefault: flagIn(attributeIn(element, 'default')),
    sources,
    integrity: inner.one('integrity', integrityIn),
  });
}

function sourceIn(element: ExtensionElement): { uri: string; type?: string | undefined } | undefined {
  const uri = attributeIn(element, 'uri');
  return uri === undefined
    ? undefined
    : said({ uri, type: attributeIn(element, 'contentType')?.toLowerCase() });
}

function integrityIn(element: ExtensionElement): { type: string; value: string } | undefined {
  const type = attributeIn(element, 'type')?.toLowerCase();
  const value = attributeIn(element, 'value');
  return type === undefined || value === undefined ? undefined : { type, value };
}

/** `images srcset`: addresses with widths, as in HTML. */
export function imagesIn(element: ExtensionElement): readonly PodcastImage[] | undefined {
  const candidates = attributeIn(element, 'srcset')?.split(', ') ?? [];
  const images = candidates.flatMap((candidate): PodcastImage[] => {
    const [url = '', width] = candidate.split(' ');
    const image = url === '' ? undefined : said({ url, width: wholeIn(/^(\d+)w$/.exec(width ?? '')?.[1]) });
    return image === undefined ? [] : [image];
  });
  return images.length === 0 ? undefined : images;
}

export function imageIn(element: ExtensionElement): PodcastImage | undefined {
  const url = attributeIn(element, 'href') ?? attributeIn(element, 'url');
  if (url === undefined) return undefined;
  const purposes = attributeIn(element, 'purpose')
    ?.toLowerCase()
    .split(/[\s,]+/);
  return said({
    url,
    width: wholeIn(attributeIn(element, 'width')),
    height: wholeIn(attributeIn(element, 'height')),
    type: attributeIn(element, 'type')?.toLowerCase(),
    alt: attributeIn(element, 'alt'),
    aspectRatio: attributeIn(element, 'aspect-ratio'),
    purposes,
  });
}
