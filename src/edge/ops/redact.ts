// Secrets taken out of what people and logs read: known values wherever they stand, and the places in URLs where
// secrets usually stand (RFC 3986, sections 3.2.1 and 3.4).

const MASK = '***';

/** Everything up to the last '@' of the authority; browsers' URLs also do with one slash, none, or backslashes. */
const WEB_USERINFO = /^(\s*(?:https?|wss?|ftp):[/\\]*)[^/?#\\]*@/i;
/** Store and queue URLs: drivers take passwords with '/' and '#' in them, so up to the very last '@'. */
const OTHER_USERINFO = /^(\s*(?!(?:https?|wss?|ftp):)[a-z][a-z0-9+.-]*:\/\/).*@/is;
const PARAMETER = /([?&#;])([^=?&#;]*)=([^&#;]*)/g;
const SECRET_NAME = /token|secret|passw|passphrase|pwd|apikey|signature|credential|session|jwt|hmac|key$/;
const SECRET_WORD = /(?:^|[^a-z])(?:key|pass|sig|auth|sid|code|pw|otp|pin)(?:$|[^a-z])/;
/** Bounded on the left, so that it stays linear on any text. */
const URL_IN_TEXT = /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s"'`<>]+/gi;

/** The URL without its userinfo and without the values of parameters named like secrets; the rest as given. */
export function redactUrl(url: string): string {
  return url
    .replace(WEB_USERINFO, `$1${MASK}@`)
    .replace(OTHER_USERINFO, `$1${MASK}@`)
    .replace(PARAMETER, (whole, mark: string, name: string) =>
      isSecretName(name) ? `${mark}${name}=${MASK}` : whole,
    );
}

/** The text with every occurrence of a secret masked, raw, percent-encoded or escaped as in JSON, and with its URLs redacted. */
export function redactText(text: string, secrets: readonly string[]): string {
  return createRedactor(secrets)(text);
}

/** `redactText` with its secrets prepared once. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const spellings = new Set(secrets.flatMap(spellingsOf));
  spellings.delete('');
  // The longest first, so that a secret within another leaves no tail of it.
  const longestFirst = [...spellings].sort((a, b) => b.length - a.length);
  const known =
    longestFirst.length > 0 ? new RegExp(longestFirst.map(escapePattern).join('|'), 'g') : undefined;
  return (text) => {
    const masked = known === undefined ? text : text.replace(known, MASK);
    return masked.includes('://') ? masked.replace(URL_IN_TEXT, redactUrl) : masked;
  };
}

function spellingsOf(secret: string): string[] {
  const wellFormed = secret.toWellFormed();
  return [secret, encodeURIComponent(wellFormed), encodeURI(wellFormed), JSON.stringify(secret).slice(1, -1)];
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function isSecretName(name: string): boolean {
  // camelCase counts as words: `accessKey` is one with `access_key`.
  const words = decode(name)
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toLowerCase();
  return SECRET_NAME.test(words) || SECRET_WORD.test(words);
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
