// What values of other vocabularies must look like where validators and readers are strict about them. A publisher's slip stays
// with the publisher: an element that is no use to a reader is not carried, and one that stands once is carried once.

const COUNT = /^\d{1,15}$/;
const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;
const ADDRESS = /^https?:\/\/[^\s/"<>\\^`{|}][^\s"<>\\^`{|}]*$/i;
const IRI = /^[a-z][a-z0-9+.-]*:[^\s"<>\\^`{|}]+$/i;
const MEDIA_TYPE = /^[a-z0-9][\w!#$&^.+-]*\/[a-z0-9][\w!#$&^.+-]*$/i;
const BOOLEAN = /^(?:true|false)$/;
const GIVEN = /\S/;

const TEXTS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    'geo:lat': /^[+-]?(?:90(?:\.0+)?|[0-8]?\d(?:\.\d+)?)$/,
    'geo:long': /^[+-]?(?:180(?:\.0+)?|(?:1[0-7]\d|\d{1,2})(?:\.\d+)?)$/,
    'georss:point': /^-?\d{1,3}(?:\.\d+)?(?:\s+|\s*,\s*)-?\d{1,3}(?:\.\d+)?$/,
    'itunes:block': GIVEN,
    'itunes:duration': /^\d{1,9}$|^(?:\d{1,4}:)?[0-5]?\d:[0-5]\d$/,
    'itunes:episode': COUNT,
    'itunes:episodeType': /^(?:full|trailer|bonus)$/,
    'itunes:explicit': /^(?:true|false|yes|no|clean|explicit)$/,
    'itunes:season': COUNT,
    'itunes:type': /^(?:episodic|serial)$/,
    'slash:comments': COUNT,
    'thr:total': COUNT,
    'trackback:ping': ADDRESS,
    'wfw:comment': ADDRESS,
    'wfw:commentRss': ADDRESS,
  }),
);

interface AttributeRules {
  /** Without them the element says nothing. */
  readonly needed: readonly string[];
  readonly forms: ReadonlyMap<string, RegExp>;
}

function rules(needed: string, forms: Readonly<Record<string, RegExp>>): AttributeRules {
  return { needed: needed === '' ? [] : needed.split(' '), forms: new Map(Object.entries(forms)) };
}

const FILE = { url: ADDRESS, type: MEDIA_TYPE };
const SIZE = { width: COUNT, height: COUNT };

const ATTRIBUTES: ReadonlyMap<string, AttributeRules> = new Map(
  Object.entries({
    'access:restriction': rules('relationship', { relationship: /^(?:allow|deny)$/ }),
    'itunes:image': rules('href', { href: ADDRESS }),
    'media:content': rules('', {
      ...FILE,
      ...SIZE,
      fileSize: COUNT,
      duration: NUMBER,
      bitrate: NUMBER,
      medium: /^(?:image|audio|video|document|executable)$/,
      expression: /^(?:sample|full|nonstop)$/,
      isDefault: BOOLEAN,
      lang: /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/,
    }),
    'media:thumbnail': rules('url', { ...SIZE, url: ADDRESS }),
    'podcast:chapters': rules('url type', FILE),
    'podcast:transcript': rules('url type', FILE),
    'thr:in-reply-to': rules('ref', { ref: IRI, href: ADDRESS, type: MEDIA_TYPE }),
  }),
);

const SINGLE =
  /^(?:itunes:.*|slash:comments|thr:total|wfw:.*|access:restriction|podcast:(?:chapters|season|episode|license|location))$/;

/** Whether the element may stand only once where it stands. */
export function isSingle(name: string): boolean {
  return SINGLE.test(name);
}

export function isRightText(name: string, text: string): boolean {
  return TEXTS.get(name)?.test(text) ?? true;
}

type Attributes = readonly (readonly [name: string, value: string])[];

/** Those of a right form; undefined where one is missing that the element needs. */
export function rightAttributes(name: string, attributes: Attributes): Attributes | undefined {
  const known = ATTRIBUTES.get(name);
  if (known === undefined) return attributes;
  const { needed, forms } = known;
  const right = attributes.filter(([attribute, value]) => forms.get(attribute)?.test(value) ?? true);
  return needed.every((one) => right.some(([attribute]) => attribute === one)) ? right : undefined;
}
