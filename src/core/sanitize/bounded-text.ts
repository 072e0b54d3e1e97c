// Text that is safe to carry in any format: no lone surrogates, no characters that XML 1.0 forbids, of bounded length.

/** What XML 1.0 (section 2.2) forbids once surrogates are paired. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const FORBIDDEN_ALL = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** The text with lone surrogates replaced by U+FFFD and without characters that XML 1.0 forbids. */
export function mendText(text: string): string {
  const mended = text.toWellFormed();
  return FORBIDDEN.test(mended) ? mended.replace(FORBIDDEN_ALL, '') : mended;
}

/** At most `max` characters (UTF-16 units) of HTML, cut on a code point and outside of a tag where that is possible. */
export function cutHtml(html: string, max: number): string {
  if (html.length <= max) return html;
  const cut = cutText(html, max);
  const open = cut.lastIndexOf('<');
  return open > cut.lastIndexOf('>') ? cut.slice(0, open) : cut;
}

/** At most `max` characters (UTF-16 units), never half of a code point. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const unit = text.charCodeAt(max - 1);
  return text.slice(0, unit >= 0xd800 && unit <= 0xdbff ? max - 1 : max);
}
