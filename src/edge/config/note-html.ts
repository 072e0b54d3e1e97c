// The HTML of a note's template: elements and attributes that are harmless in every feed reader, each element closed where
// it belongs, with its optional parts and without them. Values are escaped later, for the place that is checked here.
import { ADDRESS_PLACEHOLDERS, splitTemplate, type TemplatePart } from '../../model/note-template.ts';

const TEXT_LEVEL =
  'a abbr b bdi bdo cite code data dfn em i img kbd mark q s small span strong sub sup time u'.split(' ');
const BLOCKS =
  'address aside blockquote dd details div dl dt figcaption figure footer header li ol p section summary ul'.split(
    ' ',
  );
const VOID = new Set(['br', 'hr', 'img', 'wbr']);
const ELEMENTS = new Set([...TEXT_LEVEL, ...BLOCKS, ...VOID]);
/** Where one of these opens, an open paragraph ends (HTML, section 13.2.6.4.7). */
const ENDS_PARAGRAPH = new Set([...BLOCKS, 'hr']);

const GLOBAL = ['class', 'dir', 'lang', 'role', 'title'];
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'hreflang', 'rel', 'type'],
  blockquote: ['cite'],
  data: ['value'],
  img: ['src', 'alt', 'width', 'height'],
  q: ['cite'],
  time: ['datetime'],
};
const ADDRESSES = new Set(['href', 'src', 'cite']);

/** Where a placeholder stood, while the HTML is read: private characters, which no template has. */
const MARK = /\ue000(\w+)\ue001/;
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:[^"'<>]|"[^"<>]*"|'[^'<>]*')*)>/iy;
const ATTRIBUTE = /\s+([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/y;
const HARMFUL_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ue000-\ue001]|\p{Cs}/u;

/** What is wrong with it; undefined where nothing is. Its placeholders and brackets are right already. */
export function noteHtmlComplaint(template: string): string | undefined {
  if (HARMFUL_CHARACTER.test(template)) return 'has a character that no document may carry';
  const open: string[] = [];
  for (const part of splitTemplate(template)) {
    const outside = open.length;
    const complaint = partComplaint(htmlOf(part), open, part.optional ? outside : 0);
    if (complaint !== undefined) return complaint;
    const left = part.optional ? open[outside] : undefined;
    if (left !== undefined)
      return `has a <${left}> that opens in an optional part [ … ] and is not closed in it`;
  }
  const left = open.at(-1);
  return left === undefined ? undefined : `has a <${left}> without </${left}>`;
}

function htmlOf({ pieces }: TemplatePart): string {
  return pieces
    .map((piece) => (piece.kind === 'literal' ? piece.text : `\ue000${piece.name}\ue001`))
    .join('');
}

/** Reads on with the elements that are `open`; those below `floor` are not this part's to close. */
function partComplaint(html: string, open: string[], floor: number): string | undefined {
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', TAG.lastIndex)) {
    TAG.lastIndex = at;
    const match = TAG.exec(html);
    if (match === null) return brokenTag(html.slice(at));
    const [, slash, given = '', attributes = ''] = match;
    const name = given.toLowerCase();
    if (!ELEMENTS.has(name)) return `has <${name}>, which may not stand in a note`;
    const complaint =
      slash === '/' ? closeComplaint(name, attributes, open, floor) : openComplaint(name, attributes, open);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

function brokenTag(html: string): string {
  if (/^<[!?]/.test(html)) return 'has a comment or a declaration; it would go out with every item';
  if (/^<\/?[a-z]/i.test(html))
    return 'has a tag that is not whole: its ">" or a quote is missing, or an optional part [ … ] begins in it';
  return 'has a "<" that begins no tag; the character itself is written &lt;';
}

function closeComplaint(name: string, attributes: string, open: string[], floor: number): string | undefined {
  if (attributes.trim() !== '') return `has attributes in </${name}>`;
  if (VOID.has(name)) return `has </${name}>, but <${name}> is never closed`;
  if (open.at(-1) === name && open.length > floor) {
    open.pop();
    return undefined;
  }
  const expected = open.length > floor ? `where </${open.at(-1)}> belongs` : 'without its beginning';
  return `has </${name}> ${expected}`;
}

function openComplaint(name: string, attributes: string, open: string[]): string | undefined {
  if (name === 'a' && open.includes('a')) return 'has a link inside of a link';
  if (ENDS_PARAGRAPH.has(name) && open.includes('p')) return `has a <${name}> inside of a <p>`;
  const complaint = attributesComplaint(name, attributes);
  if (complaint !== undefined) return complaint;
  if (!VOID.has(name)) open.push(name);
  return undefined;
}

function attributesComplaint(element: string, text: string): string | undefined {
  const allowed = [...GLOBAL, ...(ATTRIBUTES[element] ?? [])];
  const seen = new Set<string>();
  const end = /\s*\/?$/.exec(text)?.index ?? text.length;
  for (let at = 0; at < end; at = ATTRIBUTE.lastIndex) {
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(text.slice(0, end));
    if (match === null) return `has a <${element}> with something in it that is no attribute`;
    const [, given = '', double, single, bare] = match;
    const name = given.toLowerCase();
    if (MARK.test(name)) return `has a placeholder among the attributes of <${element}>`;
    if (!allowed.includes(name) && !/^aria-[a-z]+$/.test(name))
      return `has ${name}="…" in <${element}>, which may not stand in a note`;
    if (seen.has(name)) return `has ${name}="…" twice in one <${element}>`;
    seen.add(name);
    if (bare !== undefined) return `has ${name}=… without quotes; write ${name}="…"`;
    const complaint = ADDRESSES.has(name) ? addressComplaint(name, double ?? single ?? '') : undefined;
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

/** An address is that of a placeholder, or one of the web; further placeholders in it are encoded as parts of it. */
function addressComplaint(name: string, value: string): string | undefined {
  const mark = MARK.exec(value);
  if (mark !== null && mark.index === 0) {
    if (ADDRESS_PLACEHOLDERS.includes(mark[1] ?? '')) return undefined;
    const list = ADDRESS_PLACEHOLDERS.map((word) => `{${word}}`).join(' ');
    return `has ${name}="{${mark[1]}}", but that is no address; those are ${list}`;
  }
  const literal = value.slice(0, mark?.index);
  if (mark === null && name === 'href' && /^mailto:[^\s@]+@[^\s@]+$/i.test(literal)) return undefined;
  const host = /^https?:\/\/[^\s/?#\\@]+/i.exec(literal)?.[0];
  const isWhole = host !== undefined && (mark === null || literal.length > host.length);
  if (isWhole && URL.canParse(literal.replaceAll('&amp;', '&'))) return undefined;
  return `has ${name}="${mark === null ? literal.slice(0, 60) : '…'}", which is no http or https address`;
}
