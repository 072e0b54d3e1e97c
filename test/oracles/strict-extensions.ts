// Elements of other vocabularies than RSS and Atom, as their specifications and the W3C's feed validator want them: what may
// stand once, what values must look like.
import type { XmlElement } from './readers.ts';
import { isIri, isLanguage, isMediaType, isRfc3339, isWebUrl, repeated } from './strict-values.ts';

type Complain = (what: string) => void;
type Check = (text: string) => boolean;

const isCount: Check = (text) => /^\d+$/.test(text);
const isNumber: Check = (text) => /^-?\d+(?:\.\d+)?$/.test(text);
const isGiven: Check = (text) => text.trim() !== '';
const oneOf =
  (...words: readonly string[]): Check =>
  (text) =>
    words.includes(text);
const isDuration: Check = (text) => /^\d+$|^(?:\d+:)?[0-5]?\d:[0-5]\d$/.test(text);
const isExplicit = oneOf('true', 'false', 'yes', 'no', 'clean', 'explicit');

const TEXTS: Readonly<Record<string, Check>> = {
  'atom:updated': isRfc3339,
  'creativeCommons:license': isWebUrl,
  'dc:contributor': isGiven,
  'dc:creator': isGiven,
  'dc:language': isLanguage,
  'dc:publisher': isGiven,
  'dcterms:license': isWebUrl,
  'geo:lat': (text) => isNumber(text) && Math.abs(Number(text)) <= 90,
  'geo:long': (text) => isNumber(text) && Math.abs(Number(text)) <= 180,
  'georss:point': (text) =>
    text.trim().split(/[\s,]+/).length === 2 &&
    text
      .trim()
      .split(/[\s,]+/)
      .every(isNumber),
  'itunes:block': isGiven,
  'itunes:duration': isDuration,
  'itunes:episode': isCount,
  'itunes:episodeType': oneOf('full', 'trailer', 'bonus'),
  'itunes:explicit': isExplicit,
  'itunes:season': isCount,
  'itunes:type': oneOf('episodic', 'serial'),
  'slash:comments': isCount,
  'sy:updateBase': isRfc3339,
  'sy:updateFrequency': (text) => /^[1-9]\d*$/.test(text),
  'sy:updatePeriod': oneOf('hourly', 'daily', 'weekly', 'monthly', 'yearly'),
  'thr:total': isCount,
  'trackback:ping': isWebUrl,
  'wfw:comment': isWebUrl,
  'wfw:commentRss': isWebUrl,
};

const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  'access:restriction': { relationship: oneOf('allow', 'deny') },
  'itunes:image': { href: isWebUrl },
  'media:content': {
    url: isWebUrl,
    type: isMediaType,
    fileSize: isCount,
    duration: isNumber,
    medium: oneOf('image', 'audio', 'video', 'document', 'executable'),
    expression: oneOf('sample', 'full', 'nonstop'),
    isDefault: oneOf('true', 'false'),
    width: isCount,
    height: isCount,
    bitrate: isNumber,
    lang: isLanguage,
  },
  'media:thumbnail': { url: isWebUrl, width: isCount, height: isCount },
  'podcast:chapters': { url: isWebUrl, type: isMediaType },
  'podcast:transcript': { url: isWebUrl, type: isMediaType },
  'thr:in-reply-to': { ref: isIri, href: isWebUrl, type: isMediaType },
};
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'access:restriction': ['relationship'],
  'itunes:image': ['href'],
  'media:thumbnail': ['url'],
  'podcast:chapters': ['url', 'type'],
  'podcast:transcript': ['url', 'type'],
  'thr:in-reply-to': ['ref'],
};

const SINGLE =
  /^(?:atom:updated|content:encoded|tributary:note|dc:(?:publisher|rights|language)|itunes:.*|slash:comments|sy:.*|thr:total|wfw:.*|access:restriction|podcast:(?:chapters|season|episode|license|location))$/;

/** Of an item or a feed and all that is in it, but for what belongs to the format itself. */
export function checkExtensions(element: XmlElement, complain: Complain): void {
  const names = element.children.map((child) => child.name);
  for (const name of new Set(repeated(names))) if (SINGLE.test(name)) complain(`<${name}> more than once`);
  for (const child of element.children) {
    if (!child.name.includes(':')) continue;
    const isRight = TEXTS[child.name];
    if (isRight !== undefined && !isRight(child.text)) complain(`${child.name}: ${child.text.slice(0, 200)}`);
    const checks = ATTRIBUTES[child.name] ?? {};
    for (const [name, value] of Object.entries(child.attributes))
      if (Object.hasOwn(checks, name) && checks[name]?.(value) !== true)
        complain(`${child.name} ${name}: ${value}`);
    for (const name of REQUIRED[child.name] ?? [])
      if (child.attributes[name] === undefined) complain(`${child.name} without ${name}`);
    checkExtensions(child, complain);
  }
}
