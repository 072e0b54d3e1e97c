// A note as text: what its HTML shows, line by line, with the addresses of its links.

const LINE_ENDING =
  /^<(?:br|hr|\/(?:p|div|li|ul|ol|dl|dt|dd|blockquote|section|aside|footer|header|address))\b/i;
const TAG = /<[a-z/](?:[^"'>]|"[^"]*"|'[^']*')*>/gi;
const HREF = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/i;

/**
 * The text of a note's HTML (ours, or another Tributary's once it is made safe). A link reads `name (address)`, or the
 * address alone where that is its name. White space is folded within lines.
 */
export function noteText(html: string): string {
  let text = '';
  let from = 0;
  /** Where the open link's name begins, and its address. */
  let link: { readonly start: number; readonly href: string } | undefined;
  for (const match of html.matchAll(TAG)) {
    const [tag] = match;
    text += foldedText(html.slice(from, match.index));
    from = match.index + tag.length;
    if (LINE_ENDING.test(tag)) text += '\n';
    const href = /^<a\s/i.test(tag) ? HREF.exec(tag) : null;
    if (href !== null) link = { start: text.length, href: decodeEntities(href[1] ?? href[2] ?? '') };
    if (link !== undefined && /^<\/a\b/i.test(tag)) {
      const name = text.slice(link.start).trim();
      text += name === link.href || link.href === '' ? '' : ` (${link.href})`;
      link = undefined;
    }
  }
  return (text + foldedText(html.slice(from)))
    .replace(/ *\n\s*/g, '\n')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** No-break spaces are text. */
function foldedText(html: string): string {
  return decodeEntities(html.replace(/[ \t\n\r\f]+/g, ' '));
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  middot: '·',
  bull: '•',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  raquo: '»',
  laquo: '«',
};

/** Entities that wordings have, and all numeric ones; others stay as they are. */
function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));/g,
    (entity, decimal, hex, name) => {
      if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? entity) : entity;
      const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : '\ufffd';
    },
  );
}
