// libxml2 as a judge of well-formedness (Debian: libxml2-utils).
import { isSkipped, run } from './command.ts';

export const xmllintIsMissing = isSkipped('xmllint', ['--version']);

/** What it finds wrong; empty where nothing is. */
export function lintXml(document: string): string {
  const { code, stderr } = run('xmllint', ['--noout', '--nonet', '-'], document);
  return code === 0 ? '' : stderr || `exit ${code}`;
}
