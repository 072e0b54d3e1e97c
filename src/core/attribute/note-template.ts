// The wording of notes: HTML with {placeholders} and [optional parts]. Values are escaped for the place where they stand,
// once, and never read as a template themselves.

/** A placeholder's value: plain text, or an address where `url` is true. Absent or empty: it is missing. */
export interface NoteValue {
  readonly text: string;
  readonly url: boolean;
}

export type NoteValues = ReadonlyMap<string, NoteValue>;

export type TemplatePiece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string };

interface TemplatePart {
  readonly optional: boolean;
  readonly pieces: readonly TemplatePiece[];
}

const PART = /\[([^[\]]*)\]/g;
const PLACEHOLDER = /\{([A-Za-z]+)\}/g;

/** The pieces of `template` in order, without the optional parts in which a value is missing. */
export function selectPieces(template: string, values: NoteValues): readonly TemplatePiece[] {
  return splitParts(template)
    .filter(
      (part) =>
        !part.optional || part.pieces.every((piece) => piece.kind === 'literal' || values.has(piece.name)),
    )
    .flatMap((part) => part.pieces);
}

/** Brackets around no placeholder are brackets. */
function splitParts(template: string): readonly TemplatePart[] {
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
