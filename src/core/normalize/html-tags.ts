// Tags and attributes of HTML (HTML, section 13.2.5), found with indexOf: what is between them is not looked at. Time is
// linear: every search either moves on or ends the scan.

export interface TagReader {
  openTagName(start: number, end: number): void;
  attribute(nameStart: number, nameEnd: number, value: AttributeValue | undefined): void;
  openTagEnd(isSelfClosing: boolean): void;
  closeTag(start: number, end: number): void;
}

export interface AttributeValue {
  readonly start: number;
  readonly end: number;
  /** Just after the closing quote. */
  readonly after: number;
}

/** Elements whose content is text up to their end tag. */
const RAW_TEXT = /^(?:script|style|textarea|title|xmp|iframe|noembed|noframes)$/i;

/** A tag that the end of the text cuts off has no end, and what opens it is told all the same. */
export function scanTags(html: string, reader: TagReader): void {
  let position = html.indexOf('<');
  while (position >= 0) {
    const next = isLetter(html.charCodeAt(position + 1))
      ? scanStartTag(html, position + 1, reader)
      : passOther(html, position, reader);
    position = next < 0 ? -1 : html.indexOf('<', next);
  }
}

/** End tags, comments, declarations. Returns where it goes on; -1 at the end of the text. */
function passOther(html: string, start: number, reader: TagReader): number {
  const code = html.charCodeAt(start + 1);
  if (code === 0x2f && isLetter(html.charCodeAt(start + 2))) {
    const end = nameEnd(html, start + 2);
    reader.closeTag(start + 2, end);
    return html.indexOf('>', end);
  }
  if (html.startsWith('<!--', start)) return html.indexOf('-->', start + 2);
  return code === 0x2f || code === 0x21 || code === 0x3f ? html.indexOf('>', start) : start + 1;
}

function scanStartTag(html: string, start: number, reader: TagReader): number {
  let position = nameEnd(html, start);
  const tag = html.slice(start, position);
  reader.openTagName(start, position);
  while (position < html.length) {
    const code = html.charCodeAt(position);
    if (code === 0x3e) {
      reader.openTagEnd(html.charCodeAt(position - 1) === 0x2f);
      return RAW_TEXT.test(tag) ? endTagOf(html, tag, position) : position + 1;
    }
    if (isSpace(code) || code === 0x2f) position += 1;
    else position = scanAttribute(html, position, reader);
    if (position < 0) return -1;
  }
  return -1;
}

function scanAttribute(html: string, start: number, reader: TagReader): number {
  let end = start + 1;
  while (end < html.length && !endsAttributeName(html.charCodeAt(end))) end += 1;
  const equals = afterSpace(html, end);
  if (html.charCodeAt(equals) !== 0x3d) {
    reader.attribute(start, end, undefined);
    return end;
  }
  const from = afterSpace(html, equals + 1);
  const quote = html.charAt(from);
  if (quote === '"' || quote === "'") {
    const close = html.indexOf(quote, from + 1);
    if (close < 0) return -1;
    reader.attribute(start, end, { start: from + 1, end: close, after: close + 1 });
    return close + 1;
  }
  let stop = from;
  while (stop < html.length && !isSpace(html.charCodeAt(stop)) && html.charCodeAt(stop) !== 0x3e) stop += 1;
  reader.attribute(start, end, { start: from, end: stop, after: stop });
  return stop;
}

function endTagOf(html: string, tag: string, from: number): number {
  const pattern = new RegExp(`</${tag}`, 'gi');
  pattern.lastIndex = from;
  return pattern.exec(html)?.index ?? -1;
}

function nameEnd(html: string, start: number): number {
  let end = start;
  while (end < html.length) {
    const code = html.charCodeAt(end);
    if (isSpace(code) || code === 0x2f || code === 0x3e) break;
    end += 1;
  }
  return end;
}

function endsAttributeName(code: number): boolean {
  return isSpace(code) || code === 0x2f || code === 0x3e || code === 0x3d;
}

function afterSpace(html: string, from: number): number {
  let index = from;
  while (isSpace(html.charCodeAt(index))) index += 1;
  return index;
}

/** No other control character is: such a one is part of a name (HTML, section 13.2.5.8). */
function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0b);
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}
