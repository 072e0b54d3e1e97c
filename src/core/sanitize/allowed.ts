// What may stand in published HTML: elements and their attributes. Everything else goes; its text stays, but for elements
// whose text is no text. Never add style, svg, math, iframe, form controls, object, script, template, base or meta, nor
// class, id, style or event attributes: the first can run or restyle, the second can hide or imitate a note.

/** On every element. */
const GLOBAL = ['lang', 'dir', 'title'];

const CELL = ['colspan', 'rowspan', 'headers', 'scope', 'abbr'];
const SIZE = ['width', 'height'];

const TEXT_LEVEL =
  'abbr b bdi bdo br cite code data dfn em i kbd mark rb rp rt rtc ruby s samp small span strong sub sup u var wbr'.split(
    ' ',
  );
const BLOCKS = (
  'address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre ' +
  'section summary ul caption col colgroup table tbody td tfoot th thead tr'
).split(' ');
const EMBEDDED = 'a audio del img ins picture q source time video'.split(' ');

export const ALLOWED_TAGS: readonly string[] = [...TEXT_LEVEL, ...BLOCKS, ...EMBEDDED];

/** Elements whose text is not for readers, or is markup to one parser and text to another: it goes with them. */
export const TEXTLESS_TAGS: readonly string[] =
  'script style textarea option select datalist xmp title noembed noframes iframe object template svg'.split(
    ' ',
  );

export const TABLE_PARTS: ReadonlySet<string> = new Set(
  'caption col colgroup tbody td tfoot th thead tr'.split(' '),
);

/** Old names of allowed elements. */
export const RENAMED_TAGS: Readonly<Record<string, string>> = { strike: 's', tt: 'code', acronym: 'abbr' };

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'hreflang', 'rel'],
  audio: ['src', 'controls'],
  blockquote: ['cite'],
  col: ['span'],
  colgroup: ['span'],
  data: ['value'],
  del: ['cite', 'datetime'],
  details: ['open'],
  img: ['src', 'srcset', 'sizes', 'alt', ...SIZE, 'referrerpolicy'],
  ins: ['cite', 'datetime'],
  li: ['value'],
  ol: ['start', 'reversed', 'type'],
  q: ['cite'],
  source: ['src', 'srcset', 'sizes', 'type', 'media', ...SIZE],
  td: CELL,
  th: CELL,
  time: ['datetime'],
  video: ['src', 'poster', 'controls', ...SIZE],
};

export const ALLOWED_ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map(
  ALLOWED_TAGS.map((tag) => [tag, [...GLOBAL, ...(ATTRIBUTES[tag] ?? [])]]),
);
