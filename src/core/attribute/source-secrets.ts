// What of a source nobody may see: the values that its configuration took from the environment, and what else of a secret
// address may be one. Found again as it stands, percent-encoded, or escaped as in HTML.
import type { Source } from '../../model/config.ts';

export type SecretSource = Pick<Source, 'feedUrl' | 'feedUrlIsSecret' | 'secrets'>;

export interface SecretFinder {
  /** False where the source has no secret: nothing need be looked at. */
  readonly hasSecrets: boolean;
  /** Whether an address, or an id that is none, gives a secret away. */
  readonly isIn: (address: string) => boolean;
  /** An id of another kind than an address: words of the secret address may stand in it. */
  readonly isInId: (id: string) => boolean;
  /** The text, plain or HTML, with an ellipsis where a secret stood. */
  readonly remove: (text: string) => string;
}

/** Shorter values are no secrets: they stand in every other address. */
const SECRET_CHARS_MIN = 4;
/** From here on a value is looked for within words, too. */
const TOKEN_CHARS_MIN = 8;
/** Of a part whose origin is not known: from here on it is no word such as `feed`. */
const GUESSED_CHARS_MIN = 16;

const finders = new WeakMap<SecretSource, SecretFinder>();

export function secretFinderOf(source: SecretSource): SecretFinder {
  const known = finders.get(source);
  if (known !== undefined) return known;
  const finder = createFinder(source);
  finders.set(source, finder);
  return finder;
}

const NO_SECRETS: SecretFinder = {
  hasSecrets: false,
  isIn: () => false,
  isInId: () => false,
  remove: (text) => text,
};

function createFinder(source: SecretSource): SecretFinder {
  const told = toldSecrets(source);
  if (!source.feedUrlIsSecret && told.length === 0) return NO_SECRETS;
  const guessed = source.feedUrlIsSecret ? guessedSecrets(source.feedUrl) : [];
  const inAddresses = spellings([...told, ...guessed]);
  const inTexts = [...told, ...guessed.filter(isUnmistakable), ...credentialsOf(source)];
  const remove = removerOf(inTexts);
  return {
    hasSecrets: true,
    isIn: (address) => readingsOf(address).some((reading) => holdsAny(reading, inAddresses)),
    isInId: (id) => remove(id) !== id,
    remove,
  };
}

/**
 * Values from the environment. One that is the host or the scheme of the address is no secret of it: every page of the
 * publisher has it. One that holds several parts of an address is a secret as a whole, and so is each part that is no plain word.
 */
function toldSecrets({ feedUrl, secrets = [] }: SecretSource): readonly string[] {
  const url = URL.parse(feedUrl);
  const open = new Set(
    url === null ? [] : [url.host, url.hostname, url.port, url.protocol, url.protocol.slice(0, -1)],
  );
  const found = secrets.flatMap((secret) => {
    const value = secret.trim().replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
    const parts = value.split(/[/?&=#@:\s]+/).filter((part) => part !== '');
    const whole = parts.length === 1 && parts[0] !== undefined ? parts[0] : value.replace(/\/+$/, '');
    return parts.length > 1 ? [whole, ...parts.filter(isNoPlainWord)] : [whole];
  });
  return [...new Set(found)].filter((value) => value.length >= SECRET_CHARS_MIN && !open.has(value));
}

/** Digits or capitals among letters, or long: `9f3k`, `aBcD`; not `feed.xml`, `members` or `2026`. */
function isNoPlainWord(part: string): boolean {
  if (part.length >= GUESSED_CHARS_MIN) return true;
  return /[a-z]/i.test(part) && (/\d/.test(part) || /[a-z][A-Z]|[A-Z]{2}[a-z]/.test(part));
}

/** Whatever of a secret address may be the secret, where only that it is one is known. */
function guessedSecrets(feedUrl: string): readonly string[] {
  const url = URL.parse(feedUrl);
  if (url === null) return [feedUrl];
  const values = [
    url.username,
    url.password,
    ...url.search.slice(1).split(/[&=]/),
    ...url.searchParams.values(),
  ];
  const segments = url.pathname.split('/').filter((segment) => segment.length >= GUESSED_CHARS_MIN);
  return [addressOf(url), ...values.filter((value) => value.length >= SECRET_CHARS_MIN), ...segments];
}

/** No word of a language: what may be looked for in texts though nobody said that it is the secret. */
function isUnmistakable(value: string): boolean {
  return value.length >= GUESSED_CHARS_MIN || (value.length >= TOKEN_CHARS_MIN && /\d/.test(value));
}

/** A password may be looked for in texts; a user's name only beside it, or as it travels (RFC 7617). */
function credentialsOf({ feedUrl, feedUrlIsSecret }: SecretSource): readonly string[] {
  const url = URL.parse(feedUrl);
  if (url === null) return feedUrlIsSecret ? [feedUrl] : [];
  if (!feedUrlIsSecret) return [];
  const password = decoded(url.password);
  const passwords = password.length >= SECRET_CHARS_MIN ? [password] : [];
  if (url.username === '') return [addressOf(url), ...passwords];
  const pair = `${decoded(url.username)}:${password}`;
  return [
    addressOf(url),
    `${url.username}:${url.password}@`,
    Buffer.from(pair).toString('base64'),
    ...passwords,
  ];
}

function addressOf({ host, pathname, search }: URL): string {
  return `${host}${pathname}${search}`;
}

function spellings(values: readonly string[]): readonly string[] {
  const all = values.flatMap((value) => {
    const wellFormed = value.toWellFormed();
    return [value, encodeURIComponent(wellFormed), encodeURI(wellFormed), escaped(value), decoded(value)];
  });
  return [...new Set(all)].filter((value) => value !== '').toSorted((a, b) => b.length - a.length);
}

function escaped(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function holdsAny(text: string, values: readonly string[]): boolean {
  return values.some((value) => text.includes(value));
}

/** An address as it stands, as a browser writes it, and with what is percent-encoded in it read, twice over. */
function readingsOf(address: string): readonly string[] {
  const once = decoded(address);
  return [address, URL.parse(address)?.href ?? address, once, decoded(once)];
}

/** Percent-encoded bytes as characters, each run for itself: one that cannot be read leaves the others. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

const URL_IN_TEXT = /https?:\/\/[^\s"'<>]{1,4096}/gi;

function removerOf(secrets: readonly string[]): (text: string) => string {
  const all = spellings(secrets);
  if (all.length === 0) return (text) => text;
  const pattern = new RegExp(all.map(patternOf).join('|'), 'gu');
  return (text) => {
    const without =
      text.toWellFormed() === text ? text.replace(pattern, '…') : text.toWellFormed().replace(pattern, '…');
    if (!without.includes('%')) return without;
    return without.replace(URL_IN_TEXT, (url) =>
      readingsOf(url).some((reading) => holdsAny(reading, all)) ? '…' : url,
    );
  };
}

/** Short ones of letters alone may be a part of a word: they go where they stand alone. */
function patternOf(secret: string): string {
  const literal = secret.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const mayBePartOfWord = secret.length < TOKEN_CHARS_MIN && /^\p{L}+$/u.test(secret);
  return mayBePartOfWord ? `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])` : literal;
}
