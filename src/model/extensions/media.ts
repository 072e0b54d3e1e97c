// Media RSS 1.5.1 (https://www.rssboard.org/media-rss): files, groups of one thing in several forms, and what is said of them.
// What an item or a group says holds for the files in it that do not say otherwise; here each says what it says itself.
import type { ExtensionElement } from '../extension.ts';
import {
  attributeIn,
  type Elements,
  ElementView,
  flagIn,
  numberIn,
  said,
  secondsIn,
  wholeIn,
} from './element-view.ts';
import { type MediaMetadata, metadataIn } from './media-metadata.ts';

export interface Media extends MediaMetadata {
  readonly contents?: readonly MediaContent[] | undefined;
  readonly groups?: readonly MediaGroup[] | undefined;
}

/** One thing in several forms. */
export interface MediaGroup extends MediaMetadata {
  readonly contents?: readonly MediaContent[] | undefined;
}

export interface MediaContent extends MediaMetadata {
  /** Absent where there is only a player. */
  readonly url?: string | undefined;
  readonly type?: string | undefined;
  /** `image`, `audio`, `video`, `document` or `executable`; else as written, in lower case. */
  readonly medium?: string | undefined;
  readonly isDefault?: boolean | undefined;
  /** `sample`, `full` or `nonstop`; else as written, in lower case. */
  readonly expression?: string | undefined;
  readonly sizeBytes?: number | undefined;
  /** Kilobits a second. */
  readonly bitrate?: number | undefined;
  /** Frames a second. */
  readonly framerate?: number | undefined;
  /** Thousand samples a second. */
  readonly samplingRate?: number | undefined;
  readonly channels?: number | undefined;
  readonly durationSeconds?: number | undefined;
  /** Pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly language?: string | undefined;
}

/** `safeHtml` is applied to titles and descriptions that are HTML by their type; without it they are as written. */
export function mediaOf(
  elements: Elements,
  safeHtml: (html: string) => string = asWritten,
): Media | undefined {
  const media = new ElementView(elements, 'media');
  return said({
    ...metadataIn(media, safeHtml),
    contents: media.list('content', (content) => contentIn(content, safeHtml)),
    groups: media.list('group', (group) => groupIn(group, safeHtml)),
  });
}

function asWritten(html: string): string {
  return html;
}

function groupIn(element: ExtensionElement, safeHtml: (html: string) => string): MediaGroup | undefined {
  const group = new ElementView(element.children, 'media');
  return said({
    ...metadataIn(group, safeHtml),
    contents: group.list('content', (content) => contentIn(content, safeHtml)),
  });
}

function contentIn(element: ExtensionElement, safeHtml: (html: string) => string): MediaContent | undefined {
  return said({
    ...metadataIn(new ElementView(element.children, 'media'), safeHtml),
    url: attributeIn(element, 'url'),
    type: attributeIn(element, 'type')?.toLowerCase(),
    medium: attributeIn(element, 'medium')?.toLowerCase(),
    isDefault: flagIn(attributeIn(element, 'isDefault')),
    expression: attributeIn(element, 'expression')?.toLowerCase(),
    sizeBytes: wholeIn(attributeIn(element, 'fileSize')),
    bitrate: numberIn(attributeIn(element, 'bitrate')),
    framerate: numberIn(attributeIn(element, 'framerate')),
    samplingRate: numberIn(attributeIn(element, 'samplingrate')),
    channels: numberIn(attributeIn(element, 'channels')),
    durationSeconds: secondsIn(attributeIn(element, 'duration')),
    width: wholeIn(attributeIn(element, 'width')),
    height: wholeIn(attributeIn(element, 'height')),
    language: attributeIn(element, 'lang'),
  });
}
