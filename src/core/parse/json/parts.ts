// Parts that JSON Feed's objects share: texts, URLs, persons, rights.
import type { RawLink, RawPerson, RawRights, RawText, RawUrl } from '../../../model/raw-feed.ts';
import { isObject, type JsonObject, listOf, stringOf } from './values.ts';

export function plainText(value: unknown, language: string | undefined): RawText | undefined {
  const text = stringOf(value);
  return text === undefined ? undefined : { value: text, kind: 'text', language };
}

/** None or one, for lists of candidates. */
export function urlTo(value: unknown): RawUrl[] {
  const href = stringOf(value);
  return href === undefined ? [] : [{ href }];
}

export function linkTo(value: unknown, rel: string, title?: string | undefined): RawLink[] {
  return urlTo(value).map((url) => ({ ...url, rel, title }));
}

/** `authors` of version 1.1, else `author` of version 1.0; either may be a list, and names may stand alone. */
export function peopleIn(object: JsonObject, max: number): RawPerson[] {
  const authors = listOf(object.authors, max);
  return (authors.length > 0 ? authors : listOf(object.author, max)).flatMap((author): RawPerson[] => {
    if (!isObject(author)) {
      const text = stringOf(author);
      return text === undefined ? [] : [{ text }];
    }
    const name = stringOf(author.name);
    const uri = urlTo(author.url)[0];
    const email = stringOf(author.email);
    return name === undefined && uri === undefined && email === undefined ? [] : [{ name, email, uri }];
  });
}

/** JSON Feed has no rights of its own: Tributary's extension has them, and `rights` or `license` where a publisher adds them. */
export function rightsIn(object: JsonObject): RawRights {
  const ours = isObject(object._tributary) ? object._tributary : object;
  const text = plainText(ours.rights ?? object.rights ?? object.copyright, undefined);
  const given = listOf(ours.licenses ?? ours.license ?? object.license, 10).map(nameOrAddress);
  const tdm = isObject(ours.tdm) ? ours.tdm : {};
  const reservation = stringOf(tdm.reservation);
  return {
    text,
    licenses: given.flatMap((license) => (isAddress(license) ? urlTo(license) : [])),
    licenseNames: given.filter((license) => license !== undefined && !isAddress(license)) as string[],
    rsl: listOf(ours.rsl, 10).flatMap((document) =>
      urlTo(document).map((url) => ({ document: url, licenses: [] })),
    ),
    tdm: reservation === undefined ? undefined : { reservation, policy: urlTo(tdm.policy)[0] },
    access: stringOf(ours.access),
    indexing: stringOf(ours.indexing),
  };
}

/** An object with an address, as some publishers have it, or either alone. */
function nameOrAddress(license: unknown): string | undefined {
  return isObject(license) ? (stringOf(license.url) ?? stringOf(license.name)) : stringOf(license);
}

function isAddress(text: string | undefined): boolean {
  return text !== undefined && /^\S+$/.test(text) && text.includes('/');
}
