// The general entities that a document declares in its internal subset (XML 1.0, section 4.2.1). Only small and flat ones:
// text without markup and without references to others, so that nothing can grow; the whole of what they expand to in
// one document is bounded as well. Parameter and external entities are left alone: nothing is ever fetched.
import { decodeXML } from 'entities';
import type { ParseLimits } from '../limits.ts';

export type EntityLimits = Pick<ParseLimits, 'entitiesMax' | 'entityCharsMax' | 'expandedCharsMax'>;

const NAME_CHARS_MAX = 38;
const NAME = /^[a-z0-9]+$/i;
const OWN_NAMES = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

export class DeclaredEntities {
  private readonly values = new Map<string, string>();
  private readonly limits: EntityLimits;
  private expandedChars = 0;

  constructor(limits: EntityLimits) {
    this.limits = limits;
  }

  /** Those of a document type; undefined where it declares none that is taken. */
  static in(doctype: string, limits: EntityLimits): DeclaredEntities | undefined {
    const found = new DeclaredEntities(limits);
    let position = doctype.indexOf('[');
    while (position >= 0 && position < doctype.length && found.values.size < limits.entitiesMax) {
      const start = doctype.indexOf('<!', position);
      if (start < 0) break;
      position = doctype.startsWith('<!--', start)
        ? after(doctype, '-->', start + 4)
        : found.take(doctype, start);
    }
    return found.values.size === 0 ? undefined : found;
  }

  /** The text for a reference, as in `&name;`; undefined where it is not declared or the bound is reached. */
  expand(reference: string): string | undefined {
    const value = this.values.get(reference.slice(1, -1));
    if (value === undefined || this.expandedChars + value.length > this.limits.expandedCharsMax)
      return undefined;
    this.expandedChars += value.length;
    return value;
  }

  /** The declaration at `start`; returns where it ends. The first of one name counts (section 4.2). */
  private take(doctype: string, start: number): number {
    const head = /^<!ENTITY\s+([\w.:-]+)\s+(?=["'])/.exec(doctype.slice(start, start + 200));
    if (head === null) return declarationEnd(doctype, start);
    const name = head[1] ?? '';
    const open = start + head[0].length;
    const close = doctype.indexOf(doctype.charAt(open), open + 1);
    if (close < 0) return doctype.length;
    const value = flatValue(doctype.slice(open + 1, close), this.limits.entityCharsMax);
    const isUsable = name.length <= NAME_CHARS_MAX && NAME.test(name) && !OWN_NAMES.has(name);
    if (value !== undefined && isUsable && !this.values.has(name)) this.values.set(name, value);
    return close + 1;
  }
}

/** Character references count where they are declared, and once more where they are used (section 4.4 and appendix D). */
function flatValue(declared: string, charsMax: number): string | undefined {
  if (declared.length > charsMax || declared.includes('<') || declared.includes('%')) return undefined;
  const value = decodeXML(declared);
  const text = value.includes('&') ? decodeXML(value) : value;
  const isNested = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)[\w.:-]+;/i.test(declared);
  return isNested || /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text) ? undefined : text;
}

/** Past the quoted strings in it: what these declare is a parameter entity's to declare, and that is never expanded. */
function declarationEnd(doctype: string, start: number): number {
  let index = start;
  while (index < doctype.length && doctype[index] !== '>') {
    const character = doctype.charAt(index);
    index = character === '"' || character === "'" ? after(doctype, character, index + 1) : index + 1;
  }
  return index + 1;
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found < 0 ? text.length : found + end.length;
}
