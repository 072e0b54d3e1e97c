// What stands before the root element: byte order mark, XML declaration, stylesheets, comments, a document type. Of the
// document type the small, flat entities of its internal subset are taken (declared-entities.ts); nothing is fetched.
import { DeclaredEntities, type EntityLimits } from './declared-entities.ts';
import { instructionEnd, isDeclaration, likelyInstructionEnd } from './instructions.ts';

export interface Prolog {
  /** Where the first element starts; the end of the text where there is none. */
  readonly end: number;
  readonly entities: DeclaredEntities | undefined;
}

/**
 * `isMending`: an instruction may lack its `?`; else it ends as XML has it, and undefined is for a prolog that is not
 * well-formed. Time is linear in the prolog.
 */
export function readProlog(text: string, limits: EntityLimits, isMending: true): Prolog;
export function readProlog(text: string, limits: EntityLimits, isMending: false): Prolog | undefined;
export function readProlog(text: string, limits: EntityLimits, isMending: boolean): Prolog | undefined {
  let position = 0;
  let entities: DeclaredEntities | undefined;
  let hadDoctype = false;
  for (;;) {
    const start = text.indexOf('<', position);
    if (start < 0) return { end: text.length, entities };
    if (text.startsWith('<!--', start)) position = after(text, '-->', start + 4);
    else if (text.startsWith('<?', start))
      position =
        isMending || isDeclaration(text, start)
          ? likelyInstructionEnd(text, start)
          : instructionEnd(text, start);
    else if (!hadDoctype && isDoctype(text, start)) {
      position = afterDoctype(text, start);
      entities = DeclaredEntities.in(text.slice(start, position), limits);
      hadDoctype = true;
    } else if (text.startsWith('<!', start)) position = after(text, '>', start);
    else return { end: start, entities };
    if (position < 0) return undefined;
  }
}

function isDoctype(text: string, start: number): boolean {
  return text.slice(start, start + 9).toLowerCase() === '<!doctype';
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found < 0 ? text.length : found + end.length;
}

/** Past quoted strings, comments, instructions and the `[ … ]` of the internal subset; one that is not closed ends at its first `>`. */
function afterDoctype(text: string, start: number): number {
  let inSubset = false;
  for (let index = start + 9; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"' || character === "'") {
      index = after(text, character, index + 1) - 1;
    } else if (text.startsWith('<!--', index)) {
      index = after(text, '-->', index + 4) - 1;
    } else if (text.startsWith('<?', index)) {
      index = after(text, '?>', index + 2) - 1;
    } else if (character === '[') {
      inSubset = true;
    } else if (character === ']') {
      inSubset = false;
    } else if (character === '>' && !inSubset) {
      return index + 1;
    }
  }
  return after(text, '>', start);
}
