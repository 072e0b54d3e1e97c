// One line that names people, taken apart: `mail@example.org (Name)`, `Name <mail@example.org>`, `Name (https://…)`,
// names alone, and several of them where it is certain that they are several. Time is linear in the line.
import type { Person } from '../../model/item.ts';
import { present } from './present.ts';

/** A dot in the host: `ada@home` is more often a word than an address. */
const MAIL = /^[^\s@<>()[\]"',;:?]{1,64}@[^\s@<>()[\]"',;:?.]{1,63}(?:\.[^\s@<>()[\]"',;:?.]{1,63}){1,8}$/;
/** Without one, where it stands as only an address does. */
const LOCAL_MAIL = /^[^\s@]{1,64}@[^\s@]{1,63}$/;
const NO_MAIL_CHARACTER = /[\s<>()[\]"',;:?/]/;
/** A name with an address in it was not taken apart, and is none. */
const MAIL_WITHIN = /[^\s@]@[^\s@]+\.\p{L}/u;
/** What stands around names and addresses. */
const ENDS = ` \t"'“”<>,;:|/`;
const PEOPLE_MAX = 50;

/** Everyone that a line names; nobody where it is empty. */
export function peopleInText(text: string): Person[] {
  const line = text.replace(/\s+/g, ' ').trim();
  return line === '' ? [] : segmentsOf(line).map(personIn);
}

/**
 * Where a separator comes after a person with an address, the next begins: `a@x.example (Ada), b@x.example`. Without
 * addresses only `;` parts people: `Lovelace, Ada`, `Brown and Sons` and `Ada Lovelace, PhD` are one.
 */
function segmentsOf(line: string): string[] {
  if (!/[,;/&]| and /i.test(line)) return [line];
  const segments: string[] = [];
  let start = 0;
  let depth = 0;
  let hasMail = false;
  for (let index = 0; index < line.length && segments.length < PEOPLE_MAX; index += 1) {
    const character = line.charAt(index);
    if (character === '(' || character === '<') depth += 1;
    else if (character === ')' || character === '>') depth = Math.max(0, depth - 1);
    else if (character === '@') hasMail = true;
    else if (depth === 0) {
      const width = separatorAt(line, index, hasMail);
      if (width === 0) continue;
      segments.push(line.slice(start, index));
      start = index + width;
      index = start - 1;
      hasMail = false;
    }
  }
  segments.push(line.slice(start));
  return joined(segments.filter((segment) => trimmed(segment) !== ''));
}

/** Characters of a separator; 0 where there is none. */
function separatorAt(line: string, index: number, hasMail: boolean): number {
  const character = line.charAt(index);
  if (character === ';') return 1;
  if (!hasMail) return 0;
  if (character === ',' || character === '&') return 1;
  if (character === '/' && line.charAt(index - 1) === ' ') return 1;
  return line.startsWith(' and ', index) ? 5 : 0;
}

/** `ada@x.example, Ada Lovelace`: the name is that of the address before it, unless that has one. */
function joined(segments: readonly string[]): string[] {
  const people: string[] = [];
  for (const segment of segments) {
    const before = people.at(-1);
    const isRest =
      before?.includes('@') === true && !segment.includes('@') && personIn(before).name === undefined;
    if (isRest) people[people.length - 1] = `${before} ${segment}`;
    else people.push(segment);
  }
  return people;
}

function personIn(line: string): Person {
  const at = /^https?:/i.test(line) ? undefined : mailAt(line);
  if (at === undefined) return withPage(line);
  const mail = line.slice(at.start, at.end);
  const before = line.slice(0, at.start).replace(/mailto:$/i, '');
  const after = line.slice(at.end).replace(/^\?[^\s>)]*/, '');
  return present({ name: nameBeside(before, after), email: mail });
}

/** What stands around the first `@` that has an address around it. */
function mailAt(line: string): { start: number; end: number } | undefined {
  let from = 0;
  for (let tries = 0; tries < 3; tries += 1) {
    const at = line.indexOf('@', from);
    if (at < 0) return undefined;
    let start = at;
    while (start > from && !NO_MAIL_CHARACTER.test(line.charAt(start - 1))) start -= 1;
    let end = at;
    while (end < line.length && !NO_MAIL_CHARACTER.test(line.charAt(end))) end += 1;
    const mail = line.slice(start, end);
    const isSetApart = line[start - 1] === '<' || line.startsWith(' (', end);
    if (MAIL.test(mail) || (isSetApart && LOCAL_MAIL.test(mail))) return { start, end };
    from = end;
  }
  return undefined;
}

/** In angle brackets the address is behind its name (RFC 5322, section 3.4); else a comment after it names it. */
function nameBeside(before: string, after: string): string | undefined {
  const isBehind = before.trimEnd().endsWith('<');
  const [first, second] = isBehind ? [before, after] : [after, before];
  for (const text of [first, second]) {
    const name = nameIn(text.replace(/^[\s)>]*[-–—]\s|\s[-–—]\s*$/g, ''));
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Undefined where there is no letter and no figure. */
function nameIn(text: string): string | undefined {
  const name = withoutBrackets(trimmed(text.replace(/\( ?\)|< ?>|\[ ?\]/g, ''))).replace(/ {2,}/g, ' ');
  return /[\p{L}\p{N}]/u.test(name) && !MAIL_WITHIN.test(name) ? name : undefined;
}

/** Brackets around the whole, and halves of those around the address. */
function withoutBrackets(text: string): string {
  let name = text;
  if (/^[)\]]/.test(name)) name = trimmed(name.slice(1));
  if (/[([]$/.test(name)) name = trimmed(name.slice(0, -1));
  if (/^\([^)]*$|^\[[^\]]*$/.test(name)) name = trimmed(name.slice(1));
  if (/^[^(]*\)$|^[^[]*\]$/.test(name)) name = trimmed(name.slice(0, -1));
  return /^\(.*\)$|^\[.*\]$/.test(name) ? trimmed(name.slice(1, -1)) : name;
}

/** `Name (https://…)`, or an address alone, which is no name. */
function withPage(line: string): Person {
  const open = Math.max(line.lastIndexOf('(http'), line.lastIndexOf('<http'));
  const page = open < 0 ? line.trim() : line.slice(open + 1, -1);
  if (!/^https?:\/\/[^\s<>()]+$/i.test(page) || !URL.canParse(page)) return named(line);
  return open < 0 ? { uri: page } : { ...named(line.slice(0, open)), uri: page };
}

function named(text: string): Person {
  return present({ name: nameIn(text) });
}

/** Without what stands around it. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && ENDS.includes(text.charAt(start))) start += 1;
  while (end > start && ENDS.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
