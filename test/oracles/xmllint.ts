// libxml2 as a judge of well-formedness (Debian: libxml2-utils).
import { fileURLToPath } from 'node:url';
import { isSkipped, run } from './command.ts';

export const xmllintIsMissing = isSkipped('xmllint', ['--version']);

const SCHEMA = fileURLToPath(new URL('atom.rng', import.meta.url));

/** What it finds wrong; empty where nothing is: not well-formed, a prefix that is not declared. */
export function lintXml(document: string): string {
  const { code, stderr } = run('xmllint', ['--noout', '--nonet', '-'], document);
  return code === 0 ? stderr : stderr || `exit ${code}`;
}

/** What RFC 4287's RELAX NG (appendix B) finds wrong with an Atom document. */
export function lintAtom(document: string): string {
  const { code, stderr } = run('xmllint', ['--noout', '--nonet', '--relaxng', SCHEMA, '-'], document);
  return code === 0 ? '' : stderr || `exit ${code}`;
}
