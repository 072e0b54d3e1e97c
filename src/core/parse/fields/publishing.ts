// What a feed says of its own publishing: dates, pictures, publisher, how often to ask for it. RSS 2.0 (channel elements),
// RSS 1.0 with `image` and `textinput` beside the channel, Atom's `logo`, iTunes, `admin:` (http://webns.net/mvcb/).
import type { RawImage, RawPerson, RawPublishing, RawTextInput, RawUrl } from '../../../model/raw-feed.ts';
import {
  attributeOf,
  childNamed,
  childrenNamed,
  textOf,
  textsNamed,
  type XmlElement,
} from '../xml/element.ts';
import { givenAttribute, urlOf, urlsNamed } from './links.ts';
import { linkedPictures } from './media.ts';
import { readPeople } from './people.ts';
import { readText } from './text.ts';

const PUBLISHED = [
  'pubdate',
  'atom:published',
  'atom:issued',
  'dcterms:issued',
  'dcterms:created',
  'atom:created',
  'published',
];

/** `channel` is where the feed describes itself, `root` around it: both are the same in Atom. `max` bounds each kind. */
export function readPublishing(channel: XmlElement, root: XmlElement, max: number): RawPublishing {
  const textInput = describedTextInput(channel) ?? describedTextInput(root);
  const cloud = childNamed(channel, 'cloud');
  return {
    published: textsNamed(channel, PUBLISHED, max),
    images: readImages(channel, root, max),
    logos: urlsNamed(channel, ['atom:logo', 'logo'], max),
    publishers: readPublishers(channel, max),
    docs: urlsNamed(channel, ['docs'], 1)[0],
    ttl: textOf(childNamed(channel, 'ttl')),
    skipHours: readSkipped(channel, 'skiphours', 'hour'),
    skipDays: readSkipped(channel, 'skipdays', 'day'),
    rating: textOf(childNamed(channel, 'rating')),
    cloud: cloud === undefined ? undefined : readCloud(cloud),
    textInput: textInput === undefined ? undefined : readTextInput(textInput),
    errorReportsTo: readErrorReportsTo(channel),
  };
}

function readImages(channel: XmlElement, root: XmlElement, max: number): RawImage[] {
  const plain = [
    ...childrenNamed(channel, ['image'], max),
    ...(root === channel ? [] : childrenNamed(root, ['image'], max)),
  ];
  const found = [
    ...plain.map(readImage),
    ...urlsNamed(channel, ['atom:logo', 'logo', 'itunes:image', 'googleplay:image'], max).map(asImage),
    ...linkedPictures(channel, max).map(asImage),
    ...childrenNamed(channel, ['media:thumbnail'], max).map((child) =>
      asImage(urlOf(child, givenAttribute(child, 'url') ?? textOf(child))),
    ),
  ];
  return found.filter((image) => image !== undefined).slice(0, max);
}

function asImage(url: RawUrl | undefined): RawImage | undefined {
  return url === undefined ? undefined : { url };
}

/** RSS 1.0 names the picture in `rdf:resource` within the channel and describes it beside the channel. */
function readImage(element: XmlElement): RawImage | undefined {
  const url = urlOf(
    element,
    textOf(childNamed(element, 'url')) ??
      givenAttribute(element, 'href') ??
      givenAttribute(element, 'rdf:resource') ??
      textOf(element),
  );
  if (url === undefined) return undefined;
  return {
    url,
    title: readText(childNamed(element, 'title')),
    description: readText(childNamed(element, 'description')),
    link: urlsNamed(element, ['link'], 1)[0],
    width: textOf(childNamed(element, 'width')),
    height: textOf(childNamed(element, 'height')),
  };
}

function readPublishers(channel: XmlElement, max: number): readonly RawPerson[] {
  return readPeople(channel, ['webmaster', 'dc:publisher', 'itunes:owner', 'googleplay:owner'], max);
}

/** At most as many as a day has hours and a week days. */
function readSkipped(channel: XmlElement, name: string, part: string): string[] {
  return childrenNamed(channel, [name], 1).flatMap((element) => textsNamed(element, [part], 24));
}

function readCloud(element: XmlElement): RawPublishing['cloud'] {
  return {
    domain: givenAttribute(element, 'domain'),
    port: givenAttribute(element, 'port'),
    path: givenAttribute(element, 'path'),
    registerProcedure: givenAttribute(element, 'registerprocedure'),
    protocol: givenAttribute(element, 'protocol'),
  };
}

/** In RSS 1.0 the channel's own has nothing but the address of the one beside the channel. */
function describedTextInput(element: XmlElement): XmlElement | undefined {
  return childrenNamed(element, ['textinput'], 1).find((child) => child.children.length > 0);
}

function readTextInput(element: XmlElement): RawTextInput {
  return {
    title: readText(childNamed(element, 'title')),
    description: readText(childNamed(element, 'description')),
    name: textOf(childNamed(element, 'name')),
    link: urlsNamed(element, ['link'], 1)[0],
  };
}

function readErrorReportsTo(channel: XmlElement): string | undefined {
  const element = childNamed(channel, 'admin:errorreportsto');
  if (element === undefined) return undefined;
  return attributeOf(element, 'rdf:resource')?.trim() || textOf(element);
}
