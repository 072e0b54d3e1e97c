// Where processing instructions end (XML 1.0, section 2.6).
import { isNameStart } from './name-characters.ts';

/** As XML has it: at the first `?>`. -1 where there is none. */
export function instructionEnd(source: string, start: number): number {
  if (!isNameStart(source.charCodeAt(start + 2))) return -1;
  const end = source.indexOf('?>', start + 3);
  return end < 0 ? -1 : end + 2;
}

/** As its writer meant it: `<?x` without its `?` ends at its `>`, and before the next tag at the latest. */
export function likelyInstructionEnd(source: string, start: number): number {
  const next = source.indexOf('<', start + 1);
  const instruction = source.slice(start, next < 0 ? source.length : next);
  const proper = instruction.indexOf('?>', 2);
  if (proper >= 0) return start + proper + 2;
  const plain = instruction.indexOf('>');
  return start + (plain < 0 ? instruction.length : plain + 1);
}

/** `<?xml …?>`, which stands at the start of a document and nowhere else. */
export function isDeclaration(source: string, start: number): boolean {
  return /^<\?xml[\s?>]/i.test(source.slice(start, start + 6));
}
