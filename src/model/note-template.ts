// The wording of notes: HTML with {placeholders} and [optional parts]. What the configuration checks and what the writer
// of notes fills in are the same pieces.

/** Characters of a note's HTML: ours are no longer, and of others no longer one is taken for a note. */
export const NOTE_CHARS_MAX = 32 * 1024;

export const NOTE_PLACEHOLDERS = [
  'source',
  'sourceUrl',
  'feedUrl',
  'permalink',
  'title',
  'author',
  'authors',
  'published',
  'updated',
  'rights',
  'license',
  'copyright',
  'via',
  'categories',
] as const;

export type NotePlaceholder = (typeof NOTE_PLACEHOLDERS)[number];

/** Those whose value is an address, or has one. */
export const ADDRESS_PLACEHOLDERS: readonly string[] = [
  'sourceUrl',
  'feedUrl',
  'permalink',
  'license',
] satisfies readonly NotePlaceholder[];

export type TemplatePiece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string };

export interface TemplatePart {
  /** It goes when a value in it is missing. */
  readonly optional: boolean;
  readonly pieces: readonly TemplatePiece[];
}

const PART = /\[([^[\]]*)\]/g;
const PLACEHOLDER = /\{([A-Za-z]+)\}/g;

/** Brackets around no placeholder are brackets. Where such ones or braces must stand around one: `&#91; &#93; &#123; &#125;`. */
export function splitTemplate(template: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (const match of template.matchAll(PART)) {
    const inner = splitPieces(match[1] ?? '');
    if (!inner.some((piece) => piece.kind === 'value')) continue;
    parts.push({ optional: false, pieces: splitPieces(template.slice(from, match.index)) });
    parts.push({ optional: true, pieces: inner });
    from = match.index + match[0].length;
  }
  parts.push({ optional: false, pieces: splitPieces(template.slice(from)) });
  return parts;
}

function splitPieces(text: string): readonly TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (match.index > from) pieces.push({ kind: 'literal', text: text.slice(from, match.index) });
    pieces.push({ kind: 'value', name: match[1] ?? '' });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ kind: 'literal', text: text.slice(from) });
  return pieces;
}
