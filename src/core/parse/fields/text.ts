// Text constructs: what a text field holds and how it is to be read. Atom says (RFC 4287, section 3.1; Atom 0.3 with
// MIME types and modes); RSS does not.
import type { RawText, RawTextKind } from '../../../model/raw-feed.ts';
import { attributeOf, type XmlElement } from '../xml/element.ts';

/** The text of a field; undefined where it is empty or not text. */
export function readText(element: XmlElement | undefined): RawText | undefined {
  if (element === undefined) return undefined;
  const isAtom = element.name.startsWith('atom:');
  if (element.html !== undefined) return made(element, element.html, 'html');
  return isAtom ? readAtomText(element) : made(element, element.text, rssKind(element));
}

/** Elements that hold HTML by their definition, however plain it looks. */
function rssKind(element: XmlElement): RawTextKind {
  return attributeOf(element, 'type') === 'plain' ? 'text' : 'unknown';
}

function readAtomText(element: XmlElement): RawText | undefined {
  const type = (attributeOf(element, 'type') ?? '').replace(/;.*$/s, '').trim().toLowerCase();
  const mode = (attributeOf(element, 'mode') ?? '').trim().toLowerCase();
  if (attributeOf(element, 'src') !== undefined && element.text.trim() === '') return undefined;
  if (mode === 'base64' || isBinary(type)) return readBase64(element, type);
  return made(element, element.text, atomKind(element, type));
}

function atomKind(element: XmlElement, type: string): RawTextKind {
  if (type === 'html' || type === 'text/html') return 'html';
  // No elements in it: whoever wrote it escaped the markup and said that he had not.
  if (type === 'xhtml' || type === 'application/xhtml+xml') return 'unknown';
  const isBody = element.name === 'atom:content' || element.name === 'atom:summary';
  return type === '' && isBody ? 'unknown' : 'text';
}

/** RFC 4287, section 4.1.3.3: neither text nor XML is in base64. */
function isBinary(type: string): boolean {
  if (!type.includes('/')) return false;
  return !type.startsWith('text/') && !/[+/]xml(?:;|$)/.test(type);
}

function readBase64(element: XmlElement, type: string): RawText | undefined {
  const isHtml = /html/.test(type);
  // Atom 0.3 has it for text as well.
  const isAnything = type === 'application/octet-stream' || type === '';
  if (!isHtml && !isAnything && !type.startsWith('text/')) return undefined;
  const text = decodeBase64(element.text);
  const isText = text !== undefined && !(isAnything && /[\0-\x08\ufffd]/.test(text));
  return !isText ? undefined : made(element, text, isHtml ? 'html' : 'unknown');
}

function decodeBase64(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}

function made(element: XmlElement, text: string, kind: RawTextKind): RawText | undefined {
  const value = withoutCdata(text.trim());
  if (value === '') return undefined;
  const { base, language, clipped } = element;
  return { value, kind, base, language, ...(clipped ? { clipped } : {}) };
}

/** CDATA that was escaped, or put into CDATA, by whoever made the feed of texts that already had it: no text starts so. */
function withoutCdata(text: string): string {
  if (!text.startsWith('<![CDATA[')) return text;
  return text.slice('<![CDATA['.length, text.endsWith(']]>') ? -3 : undefined).trim();
}
