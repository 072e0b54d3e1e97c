// `server.stylesheet`: a CSS file of the operator's in the place of ours. It is looked at as far as a slip would spoil every page, or
// as the pages' own policy would keep a part of it from being loaded.
import { readTextFile } from './text-file.ts';

/** Every reader loads it. */
export const STYLE_SHEET_BYTES_MAX = 200_000;

/** The text of a style sheet, or what is wrong with it, for people. */
export async function readStyleSheet(
  path: string,
): Promise<{ readonly text: string } | { readonly complaint: string }> {
  const read = await readTextFile(path, STYLE_SHEET_BYTES_MAX);
  if (read === 'missing') return { complaint: `there is no file ${path}` };
  if (read === 'too-large') return { complaint: `${path} is larger than 200 KB, the most that it may have` };
  if ('complaint' in read) return { complaint: `${path} ${read.complaint}` };
  const complaint = styleSheetComplaint(read.text);
  return complaint === undefined ? read : { complaint: `${path}: ${complaint}` };
}

/** Strings end at the line's end, comments and everything else at the file's (CSS Syntax 3, section 4). */
const TOKEN =
  /\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|\\[\s\S]|@(?:import|font-face)\b|[{}()[\]\n]/gi;
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/** What is wrong with a text as CSS; undefined where nothing is. Rules and properties are the browser's to judge. */
export function styleSheetComplaint(css: string): string | undefined {
  const open: { readonly char: string; readonly line: number }[] = [];
  let line = 1;
  for (const [token] of css.matchAll(TOKEN)) {
    const first = token[0] ?? '';
    if (token.startsWith('/*') && (token.length < 4 || !token.endsWith('*/')))
      return `line ${line}: a comment begins that never ends`;
    if ((first === '"' || first === "'") && (token.length < 2 || !token.endsWith(first)))
      return `line ${line}: a string begins that does not end on its line`;
    if (first === '@')
      return `line ${line}: ${token.toLowerCase()} would load another file, which the pages’ policy keeps out; write its rules here, and name fonts that readers have`;
    if (first in CLOSING) open.push({ char: first, line });
    else if (/^[})\]]$/.test(token)) {
      const begun = open.pop();
      if (begun === undefined || CLOSING[begun.char] !== token)
        return `line ${line}: a ${token} that nothing opens`;
    }
    line += token.split('\n').length - 1;
  }
  const left = open.at(-1);
  if (left !== undefined) return `line ${left.line}: a ${left.char} that nothing closes`;
  return css.includes('{') ? undefined : 'has no rule in it';
}
