// Publishers' HTML made safe to show: a tight list of elements, attributes and URL schemes, bounded in size, depth and
// time. What comes out is balanced and also well-formed as XML, so that nothing that follows it can be swallowed.
import sanitize from 'sanitize-html';
import { ALLOWED_ATTRIBUTES, ALLOWED_TAGS, RENAMED_TAGS, TABLE_PARTS, TEXTLESS_TAGS } from './allowed.ts';
import { cutHtml, mendText } from './bounded-text.ts';
import { cleanAttributes } from './clean-attributes.ts';
import { cleanUrl, type InnerHosts } from './clean-url.ts';
import { type Admission, gatedTokenizer } from './gated-tokenizer.ts';
import { HTML_CHARS_MAX } from './limits.ts';
import { isTrackingPixel } from './tracking-pixel.ts';

/** Raised with every change of what comes out: safe HTML is kept by (fingerprint, version). */
export const SANITIZER_VERSION = 3;

const KNOWN: ReadonlySet<string> = new Set([...ALLOWED_TAGS, ...TEXTLESS_TAGS, ...Object.keys(RENAMED_TAGS)]);

/** Table parts outside of a table would make some parsers drop what follows them, the note among it. */
const admits: Admission = (name, open) =>
  KNOWN.has(name) && (!TABLE_PARTS.has(name) || open.includes('table'));

const optionsFor = (inner: InnerHosts): sanitize.IOptions => ({
  allowedTags: [...ALLOWED_TAGS],
  allowedAttributes: Object.fromEntries([...ALLOWED_ATTRIBUTES].map(([tag, names]) => [tag, [...names]])),
  allowedSchemes: ['http', 'https'],
  allowedSchemesByTag: { a: ['http', 'https', 'mailto'] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: [...TEXTLESS_TAGS],
  selfClosing: ['img', 'br', 'hr', 'col', 'source', 'wbr'],
  parseStyleAttributes: false,
  parser: { decodeEntities: true, Tokenizer: gatedTokenizer(admits) },
  transformTags: {
    iframe: linkInPlace,
    '*': (tag, attributes) => {
      const tagName = RENAMED_TAGS[tag] ?? tag;
      return { tagName, attribs: cleanAttributes(tagName, attributes, inner) };
    },
  },
  exclusiveFilter: ({ tag, attribs }) =>
    ((tag === 'img' || tag === 'source') &&
      attribs['src'] === undefined &&
      attribs['srcset'] === undefined) ||
    (tag === 'img' && isTrackingPixel(attribs)),
});

const OPTIONS = { refused: optionsFor('refused'), allowed: optionsFor('allowed') } as const;

/** What an iframe shows stays reachable: a link stands in its place. One without an address goes with its text. */
function linkInPlace(tagName: string, { src = '' }: sanitize.Attributes): sanitize.Tag {
  const href = cleanUrl(src, false);
  return href === undefined ? { tagName, attribs: {} } : { tagName: 'a', attribs: { href }, text: href };
}

/** Where escaping makes the result too long, it is made again of less, this often by measure, then of this much. */
const MEASURED_ROUNDS_MAX = 3;
const CHARS_THAT_ALWAYS_FIT = HTML_CHARS_MAX / 16; // nothing grows more than tenfold

/**
 * HTML that can be shown anywhere, whatever `html` is: never throws, at most `HTML_CHARS_MAX` characters of input are read
 * and of output made, the same again when applied to its own result. Relative URLs are dropped: make them absolute before.
 * `inner`: what is loaded from hosts of an inner network goes unless they are allowed; links to them stay.
 */
export function sanitizeHtml(html: string, inner: InnerHosts = 'refused'): string {
  let input = cutHtml(mendText(html), HTML_CHARS_MAX);
  if (!/[<&>]/.test(input)) return input;
  for (let round = 1; ; round++) {
    const safe = mendText(sanitize(input, OPTIONS[inner]));
    if (safe.length <= HTML_CHARS_MAX) return safe;
    const measured = Math.floor((input.length * HTML_CHARS_MAX * 0.9) / safe.length);
    input = cutHtml(
      input,
      round < MEASURED_ROUNDS_MAX ? measured : Math.min(measured, CHARS_THAT_ALWAYS_FIT),
    );
  }
}
