// Files and pictures that come with an item: RSS `enclosure`, Atom `link rel="enclosure"`, media:content in and outside
// of its groups (https://www.rssboard.org/media-rss), pictures of iTunes and of RSS itself.
import type { RawLink, RawUrl } from '../../../model/raw-feed.ts';
import { childNamed, childrenNamed, textOf, type XmlElement } from '../xml/element.ts';
import { givenAttribute, urlOf, urlsNamed } from './links.ts';

/** Where enclosures and images may stand: in most items none of them does. */
const PLAIN_ENCLOSURES = ['enclosure', 'enc:enclosure'];
const ENCLOSURES = [...PLAIN_ENCLOSURES, 'media:content', 'media:group'];
const IMAGES = [
  ...['image', 'itunes:image', 'googleplay:image', 'media:content', 'media:group', 'media:thumbnail'],
  'itunes:link',
];
const NO_IMAGES: readonly RawUrl[] = [];

/** `links` are the element's, as `readLinks` gives them. */
export function readEnclosures(
  element: XmlElement,
  links: readonly RawLink[],
  max: number,
): readonly RawLink[] {
  const linked = links.filter((link) => link.rel === 'enclosure');
  if (!element.mayHaveAny(ENCLOSURES)) return linked.slice(0, max);
  const plain = childrenNamed(element, PLAIN_ENCLOSURES, max).map(readEnclosure);
  const media = mediaOf(element, 'media:content', max).map(readMedia);
  return [...plain, ...linked, ...media].filter((link) => link !== undefined).slice(0, max);
}

/** RSS, and RSS 1.0 with its module (http://purl.oclc.org/net/rss_2.0/enc#), whose attributes have its prefix. */
function readEnclosure(element: XmlElement): RawLink | undefined {
  const said = (name: string): string | undefined =>
    givenAttribute(element, name) ?? givenAttribute(element, `enc:${name}`);
  const resource = givenAttribute(element, 'rdf:resource') ?? said('resource');
  const address = said('url') ?? said('href') ?? resource ?? textOf(element);
  const url = urlOf(element, address);
  return url && { ...url, type: said('type')?.toLowerCase(), length: said('length') };
}

function readMedia(element: XmlElement): RawLink | undefined {
  const url = urlOf(element, givenAttribute(element, 'url'));
  if (url === undefined) return undefined;
  return {
    ...url,
    type: givenAttribute(element, 'type')?.toLowerCase() ?? typeOfMedium(givenAttribute(element, 'medium')),
    length: givenAttribute(element, 'filesize'),
    duration: givenAttribute(element, 'duration'),
    title: textOf(childNamed(element, 'media:title')),
  };
}

/** `medium="image"` without a type: the subtype is not known, the kind is. */
function typeOfMedium(medium: string | undefined): string | undefined {
  return medium !== undefined && /^(?:image|audio|video)$/i.test(medium)
    ? `${medium.toLowerCase()}/*`
    : undefined;
}

/** Media elements of an item: its own and those in its groups. */
export function mediaOf(element: XmlElement, name: string, max: number): readonly XmlElement[] {
  if (!element.mayHave('media:group')) return childrenNamed(element, [name], max);
  const groups = childrenNamed(element, ['media:group'], max);
  return [element, ...groups].flatMap((holder) => childrenNamed(holder, [name], max)).slice(0, max);
}

/** Best first: what podcasts show, thumbnails, pictures among the media, RSS `image`. */
export function readImages(element: XmlElement, max: number): readonly RawUrl[] {
  if (!element.mayHaveAny(IMAGES)) return NO_IMAGES;
  const media = mediaOf(element, 'media:content', max);
  const thumbnails = [element, ...media]
    .flatMap((holder) => mediaOf(holder, 'media:thumbnail', max))
    .map((child) => urlOf(child, givenAttribute(child, 'url') ?? textOf(child)));
  const pictures = media
    .filter(
      (child) =>
        givenAttribute(child, 'medium') === 'image' || givenAttribute(child, 'type')?.startsWith('image/'),
    )
    .map((child) => urlOf(child, givenAttribute(child, 'url')));
  const images = childrenNamed(element, ['image'], max).map((child) =>
    urlOf(
      child,
      textOf(childNamed(child, 'url')) ??
        givenAttribute(child, 'href') ??
        givenAttribute(child, 'rdf:resource') ??
        textOf(child),
    ),
  );
  const found = [
    ...urlsNamed(element, ['itunes:image', 'googleplay:image'], max),
    ...linkedPictures(element, max),
    ...thumbnails,
    ...pictures,
    ...images,
  ];
  return found.filter((url) => url !== undefined).slice(0, max);
}

/** `itunes:link rel="image"`, which came before `itunes:image`. */
export function linkedPictures(element: XmlElement, max: number): readonly (RawUrl | undefined)[] {
  return childrenNamed(element, ['itunes:link'], max)
    .filter((link) => givenAttribute(link, 'rel')?.toLowerCase() === 'image')
    .map((link) => urlOf(link, givenAttribute(link, 'href')));
}
