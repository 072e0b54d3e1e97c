// The texts of an item as HTML with absolute URLs, whatever they came as.
import { decodeHTMLStrict } from 'entities';
import type { Html } from '../../model/item.ts';
import type { RawText } from '../../model/raw-feed.ts';
import { absoluteHtml } from './absolute-html.ts';
import { clipHtml } from './clip.ts';
import { hasHtmlTag, hasReference } from './html-names.ts';
import { languageTag } from './languages.ts';
import type { BaseResolver } from './urls.ts';

export interface BodyContext {
  readonly bases: BaseResolver;
  /** The item's own page, which bare fragments are parts of. */
  readonly permalink: string | undefined;
  /** The item's language. */
  readonly language: string | undefined;
}

export function bodyHtml(raw: RawText, context: BodyContext): Html {
  const html = asHtml(raw);
  const absolute = absoluteHtml(raw.clipped ? clipHtml(html) : html, {
    base: context.bases.baseOf(raw.base),
    page: raw.base === undefined ? context.permalink : undefined,
  });
  const language = raw.language === context.language ? undefined : languageTag(raw.language);
  return language === undefined || language === context.language
    ? { html: absolute }
    : { html: absolute, language };
}

function asHtml(raw: RawText): string {
  switch (raw.kind) {
    case 'html':
      return raw.value;
    case 'text':
      return paragraphs(raw.value);
    case 'lines':
      return linesToHtml(raw.value);
    case 'unknown':
      return unknownToHtml(raw.value);
  }
}

/** RSS: HTML where there is a tag or a reference of HTML in it, escaped twice where there are none but escaped ones. */
function unknownToHtml(text: string): string {
  if (hasHtmlTag(text)) return text;
  if (text.startsWith('&lt;') && text.endsWith('&gt;')) {
    const decoded = decodeHTMLStrict(text);
    return hasHtmlTag(decoded) ? decoded : text;
  }
  return hasReference(text) ? text : escapeHtml(text);
}

/** Blank lines part paragraphs, other line ends are breaks. */
function linesToHtml(text: string): string {
  if (!text.includes('\n')) return escapeHtml(text);
  return escapeHtml(text.replace(/\r\n?/g, '\n'))
    .split(/\n[^\S\n]*\n\s*/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('');
}

/** Plain text of Atom, whose line ends are white space (RFC 4287, section 3.1.1.1), but for blank lines. */
function paragraphs(text: string): string {
  const parts = text.split(/\n[^\S\n]*\n\s*/);
  return parts.length === 1 ? escapeHtml(text) : parts.map((part) => `<p>${escapeHtml(part)}</p>`).join('');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
