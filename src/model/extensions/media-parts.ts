// Parts of Media RSS that hold elements of their own: `community`, `embed`, `scenes`.
import type { ExtensionElement } from '../extension.ts';
import {
  attributeIn,
  ElementView,
  listed,
  numberIn,
  said,
  secondsIn,
  textIn,
  wholeIn,
} from './element-view.ts';

export interface MediaCommunity {
  readonly starRating?: MediaStarRating | undefined;
  readonly views?: number | undefined;
  readonly favorites?: number | undefined;
  /** By weight as given; 1 where none is. */
  readonly tags?: readonly { readonly name: string; readonly weight: number }[] | undefined;
}

export interface MediaStarRating {
  readonly average?: number | undefined;
  readonly count?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** A player to be put into a page: its address and parameters, never its markup. */
export interface MediaEmbed {
  readonly url: string;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly params?: readonly { readonly name: string; readonly value: string }[] | undefined;
}

export interface MediaScene {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly startSeconds?: number | undefined;
  readonly endSeconds?: number | undefined;
}

export function communityIn(element: ExtensionElement): MediaCommunity | undefined {
  const community = new ElementView(element.children, 'media');
  const statistics = community.first('statistics');
  return said({
    starRating: community.one('starRating', starRatingIn),
    views: statistics === undefined ? undefined : wholeIn(attributeIn(statistics, 'views')),
    favorites: statistics === undefined ? undefined : wholeIn(attributeIn(statistics, 'favorites')),
    tags: tagsIn(community.text('tags')),
  });
}

function starRatingIn(element: ExtensionElement): MediaStarRating | undefined {
  return said({
    average: numberIn(attributeIn(element, 'average')),
    count: wholeIn(attributeIn(element, 'count')),
    min: numberIn(attributeIn(element, 'min')),
    max: numberIn(attributeIn(element, 'max')),
  });
}

/** `news: 5, abc:3, reuters`. */
function tagsIn(text: string | undefined): MediaCommunity['tags'] {
  const tags = (text ?? '').split(',').flatMap((part) => {
    const colon = part.lastIndexOf(':');
    const weight = colon < 0 ? undefined : numberIn(part.slice(colon + 1));
    const name = (weight === undefined ? part : part.slice(0, colon)).trim();
    return name === '' ? [] : [{ name, weight: weight ?? 1 }];
  });
  return tags.length === 0 ? undefined : tags;
}

export function embedIn(element: ExtensionElement): MediaEmbed | undefined {
  const url = attributeIn(element, 'url');
  if (url === undefined) return undefined;
  return said({
    url,
    width: wholeIn(attributeIn(element, 'width')),
    height: wholeIn(attributeIn(element, 'height')),
    params: new ElementView(element.children, 'media').list('param', paramIn),
  });
}

function paramIn(element: ExtensionElement): { name: string; value: string } | undefined {
  const name = attributeIn(element, 'name');
  return name === undefined ? undefined : { name, value: element.text };
}

/** The specification's own example has the parts of a scene without a prefix. */
export function scenesIn(element: ExtensionElement): readonly MediaScene[] | undefined {
  return listed(element.children, ({ children }) => {
    const part = (name: string) =>
      textIn(children.find((child) => child.name === `media:${name}` || child.name === name));
    return said({
      title: part('sceneTitle'),
      description: part('sceneDescription'),
      startSeconds: secondsIn(part('sceneStartTime')),
      endSeconds: secondsIn(part('sceneEndTime')),
    });
  });
}
