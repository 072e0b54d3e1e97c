// People from what publishers write. No name is made up: what is only an address stays one, and what software writes where
// it knows nobody (`admin`, `Unknown`, `noreply@…`) is nobody.
import { decodeHTMLStrict } from 'entities';
import type { Person } from '../../model/item.ts';
import type { RawPerson } from '../../model/raw-feed.ts';
import { peopleInText } from './person-text.ts';
import { plainText } from './plain-text.ts';
import { present } from './present.ts';
import type { BaseResolver } from './urls.ts';

const NAME_CHARS_MAX = 1024;
const NOBODY: ReadonlySet<string> = new Set([
  ...'admin administrator root webmaster user unknown author nobody none null nil undefined n/a - ?'.split(
    ' ',
  ),
  ...'noreply no-reply donotreply do-not-reply'.split(' '),
  'unknown author',
  'no author',
]);
const NOBODYS_MAIL = /^(?:no-?reply|do-?not-?reply|nobody|unknown|none)@/i;

/** Words and single spaces: most names, with nothing to take apart. */
const PLAIN_NAME = /^\p{L}[\p{L}\p{N}.]{0,40}(?: \p{L}[\p{L}\p{N}.]{0,40}){0,5}$/u;

/** Everyone once: who is named twice has what either says. */
export function normalizePeople(raw: readonly RawPerson[], bases: BaseResolver): Person[] {
  const people: Person[] = [];
  for (const candidate of raw) {
    const found = candidate.isPlain ? plainPerson(candidate, bases) : peopleOf(candidate, bases);
    for (const person of found) {
      const known = people.findIndex((other) => isSame(other, person));
      const same = people[known];
      if (same === undefined) people.push(person);
      else people[known] = { ...person, ...present(same) };
    }
  }
  return people;
}

/** Several where one line names several. What parts say of themselves goes to the first. */
function peopleOf(raw: RawPerson, bases: BaseResolver): Person[] {
  const line = raw.text ?? raw.name ?? '';
  if (raw.email === undefined && raw.uri === undefined && PLAIN_NAME.test(line))
    return somebody({ name: line }, undefined);
  const found = peopleInText(plainLine(line));
  const written = peopleInText(plainLine(raw.email))[0];
  const mailed = peopleInText(plainLine(raw.uri?.href.match(/^mailto:(.*)/is)?.[1]))[0];
  return (found.length === 0 ? [{}] : found).flatMap((person, index) => {
    const isFirst = index === 0;
    const given: Person = {
      name: person.name ?? (isFirst ? written?.name : undefined),
      email: (isFirst ? (written?.email ?? mailed?.email) : undefined) ?? person.email,
    };
    const page = isFirst && raw.uri !== undefined && mailed === undefined ? raw.uri : undefined;
    return somebody(
      given,
      bases.urlOf(page ?? (person.uri === undefined ? undefined : { href: person.uri })),
    );
  });
}

/** None where nothing is known of them; a page of nobody is nobody's. */
function somebody(given: Person, page: string | undefined): Person[] {
  const isNobody = given.name !== undefined && NOBODY.has(given.name.toLowerCase());
  const name = isNobody ? undefined : given.name;
  const email = given.email === undefined || NOBODYS_MAIL.test(given.email) ? undefined : given.email;
  const uri = isNobody ? undefined : page;
  const isAnybody = name !== undefined || email !== undefined || uri !== undefined;
  return isAnybody ? [present({ name, email, uri })] : [];
}

const MAIL = /^[^\s@<>()"',;:]+@[^\s@<>()"',;:]+$/;

/** A name as it stands; where nothing but an address was known, that is in its place. */
function plainPerson(raw: RawPerson, bases: BaseResolver): Person[] {
  const line = plainText({ value: raw.text ?? raw.name ?? '', kind: 'text' }, NAME_CHARS_MAX);
  const isAddress = line !== undefined && /^https?:\/\/\S+$/i.test(line);
  const email = raw.email ?? (line !== undefined && MAIL.test(line) ? line : undefined);
  const uri = bases.urlOf(raw.uri ?? (isAddress ? { href: line } : undefined));
  const name = line === email || isAddress ? undefined : line;
  const isAnybody = name !== undefined || email !== undefined || uri !== undefined;
  return isAnybody ? [present({ name, email, uri })] : [];
}

/** Without markup, escaped or not. */
function plainLine(text: string | undefined): string {
  if (text === undefined) return '';
  const value = decodeHTMLStrict(text.slice(0, 4 * NAME_CHARS_MAX));
  return plainText({ value, kind: 'unknown' }, NAME_CHARS_MAX) ?? '';
}

/** By name where both have one, else by address; a bare address and a bare name are two people unless they agree. */
function isSame(a: Person, b: Person): boolean {
  if (a.name !== undefined && b.name !== undefined) return a.name.toLowerCase() === b.name.toLowerCase();
  if (a.email !== undefined && b.email !== undefined) return a.email.toLowerCase() === b.email.toLowerCase();
  return a.uri !== undefined && a.uri === b.uri;
}
