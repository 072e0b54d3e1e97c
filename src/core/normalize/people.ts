// People from what publishers write: `mail@example.org (Name)`, `Name <mail@example.org>`, names alone. No name is made
// up: what is only an address stays one.
import { decodeHTMLStrict } from 'entities';
import type { Person } from '../../model/item.ts';
import type { RawPerson } from '../../model/raw-feed.ts';
import { clipText } from './clip.ts';
import { plainText } from './plain-text.ts';
import { present } from './present.ts';
import type { BaseResolver } from './urls.ts';

const NAME_CHARS_MAX = 1024;
const MAIL = /^[^\s@<>()[\]"',;:]{1,64}@[^\s@<>()[\]"',;:]{1,190}$/;
const NO_MAIL_CHARACTER = /[\s<>()[\]"',;:]/;
/** What stands around names and addresses. */
const ENDS = ` \t"'<>,;:`;
const BRACKETS = '()[]';

/** Everyone once: who is named twice has what either says. */
export function normalizePeople(raw: readonly RawPerson[], bases: BaseResolver): Person[] {
  const people: Person[] = [];
  for (const candidate of raw) {
    const person = normalizePerson(candidate, bases);
    if (person === undefined) continue;
    const known = people.findIndex((other) => isSame(other, person));
    const same = people[known];
    if (same === undefined) people.push(person);
    else people[known] = { ...person, ...present(same) };
  }
  return people;
}

function normalizePerson(raw: RawPerson, bases: BaseResolver): Person | undefined {
  const parts = raw.text === undefined ? takeApart(raw.name ?? '') : takeApart(raw.text);
  const email = mailOf(raw.email) ?? parts.email;
  const uri = bases.urlOf(raw.uri ?? (parts.uri === undefined ? undefined : { href: parts.uri }));
  if (parts.name === undefined && email === undefined && uri === undefined) return undefined;
  return present({ name: parts.name, email, uri });
}

/** The address is what stands around the first `@`, the name what is left. Time is linear in the text. */
function takeApart(text: string): Person {
  const line = decodeHTMLStrict(text.slice(0, 2 * NAME_CHARS_MAX))
    .replace(/\s+/g, ' ')
    .trim();
  const at = line.indexOf('@');
  if (at < 0) return withPage(line);
  let start = at;
  while (start > 0 && !NO_MAIL_CHARACTER.test(line.charAt(start - 1))) start -= 1;
  let end = at;
  while (end < line.length && !NO_MAIL_CHARACTER.test(line.charAt(end))) end += 1;
  const mail = line.slice(start, end);
  if (!MAIL.test(mail)) return named(line, undefined);
  const before = trimmed(withoutMailto(line.slice(0, start)), ENDS + BRACKETS);
  const after = trimmed(line.slice(end), ENDS + BRACKETS);
  if (before !== '' && after !== '') return named(line, undefined);
  return named(before === '' ? after : before, mail);
}

function withoutMailto(text: string): string {
  return text.toLowerCase().endsWith('mailto:') ? text.slice(0, -'mailto:'.length) : text;
}

/** `Name (https://…)`. */
function withPage(line: string): Person {
  const open = Math.max(line.lastIndexOf('(http'), line.lastIndexOf('<http'));
  const page = open < 0 ? '' : line.slice(open + 1, -1);
  if (!/^https?:\/\/[^\s<>()]+$/.test(page) || !URL.canParse(page)) return named(line, undefined);
  return { ...named(line.slice(0, open), undefined), uri: page };
}

function named(name: string, email: string | undefined): Person {
  const plain = trimmed(plainText({ value: name, kind: 'unknown' }, NAME_CHARS_MAX) ?? '', ENDS);
  return present({ name: plain === '' || plain === email ? undefined : plain, email });
}

function trimmed(text: string, characters: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && characters.includes(text.charAt(start))) start += 1;
  while (end > start && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isMail(text: string | undefined): boolean {
  return text !== undefined && MAIL.test(text);
}

function mailOf(text: string | undefined): string | undefined {
  const mail = text?.trim().replace(/^mailto:/i, '');
  return isMail(mail) ? clipText(mail ?? '', NAME_CHARS_MAX) : undefined;
}

/** By name where both have one, else by address; a bare address and a bare name are two people unless they agree. */
function isSame(a: Person, b: Person): boolean {
  if (a.name !== undefined && b.name !== undefined) return a.name.toLowerCase() === b.name.toLowerCase();
  if (a.email !== undefined && b.email !== undefined) return a.email.toLowerCase() === b.email.toLowerCase();
  return a.uri !== undefined && a.uri === b.uri;
}
