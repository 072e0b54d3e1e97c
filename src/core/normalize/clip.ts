// Texts cut at their bounds: on a code point, between tags, with an ellipsis.

/** At most `charsMax` UTF-16 code units, the ellipsis included. */
export function clipText(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  return `${beforeSurrogate(text.slice(0, charsMax - 1)).trimEnd()}…`;
}

/** HTML that was cut somewhere, perhaps within a tag or a reference: what is whole of it, and an ellipsis. */
export function clipHtml(html: string): string {
  const tag = html.lastIndexOf('<');
  const whole = tag > html.lastIndexOf('>') ? html.slice(0, tag) : html;
  const reference = whole.lastIndexOf('&');
  const end =
    reference > whole.length - 40 && !whole.slice(reference).includes(';') ? reference : whole.length;
  return `${beforeSurrogate(whole.slice(0, end))}…`;
}

/** The first half of a pair means nothing alone. */
function beforeSurrogate(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last < 0xdc00 ? text.slice(0, -1) : text;
}
