// Which addresses may be published: absolute http and https ones that give no secret away.
import type { Source } from '../../model/config.ts';

/** Shorter values are words like `rss`, which stand in many addresses. */
const SECRET_CHARS_MIN = 4;
const SECRET_SEGMENT_CHARS_MIN = 16;

export type IsPublishable = (url: string) => boolean;

/**
 * Tells for a source which URLs may stand in our output: not those with userinfo, nor, where the source's own address is
 * secret, those that repeat it or a value of it. Feeds often state the address that they were asked at, token and all.
 */
export function publishableFor(source: Pick<Source, 'feedUrl' | 'feedUrlIsSecret'>): IsPublishable {
  const secrets = source.feedUrlIsSecret ? secretsOf(source.feedUrl) : [];
  return (text) => {
    const url = URL.parse(text);
    if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '')
      return false;
    if (url.username !== '' || url.password !== '') return false;
    return !secrets.some((secret) => text.includes(secret) || url.href.includes(secret));
  };
}

/** Tells which ids may be published as they came: those that are no address at all, and addresses that give no secret away. */
export function publishableIdsFor(source: Pick<Source, 'feedUrl' | 'feedUrlIsSecret'>): IsPublishable {
  const isPublishable = publishableFor(source);
  const secrets = source.feedUrlIsSecret ? unmistakableSecretsOf(source.feedUrl) : [];
  return (id) => (/^https?:/i.test(id) ? isPublishable(id) : !secrets.some((secret) => id.includes(secret)));
}

/** Takes out of texts, plain or HTML, what would give a source's secret address away; an ellipsis stands in its place. */
export function secretsRemoverFor(
  source: Pick<Source, 'feedUrl' | 'feedUrlIsSecret'>,
): (text: string) => string {
  if (!source.feedUrlIsSecret) return (text) => text;
  const secrets = unmistakableSecretsOf(source.feedUrl)
    .flatMap((secret) => [secret, secret.replaceAll('&', '&amp;')])
    .toSorted((a, b) => b.length - a.length);
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
}

/** In safe HTML (core/sanitize writes attributes in double quotes): an address with what else stands in its attribute. */
const URL_ATTRIBUTE = / (?:href|src|srcset|poster|cite|longdesc)="([^"]*)"/g;

/** Safe HTML without the attributes whose addresses may not be published; the text around them stays. */
export function withoutSecretLinks(
  html: string,
  source: Pick<Source, 'feedUrl' | 'feedUrlIsSecret'>,
): string {
  if (!source.feedUrlIsSecret) return html;
  const isPublishable = publishableFor(source);
  return html.replace(URL_ATTRIBUTE, (attribute, value: string) => {
    const urls = value
      .replaceAll('&amp;', '&')
      .split(/\s+/)
      .filter((part) => part.includes(':'));
    return urls.every((url) => url.startsWith('mailto:') || isPublishable(url)) ? attribute : '';
  });
}

/** Whatever of a secret address may be the secret: which part of it came from the environment is not known here. */
function secretsOf(feedUrl: string): readonly string[] {
  const url = URL.parse(feedUrl);
  if (url === null) return [feedUrl];
  const values = [
    url.username,
    url.password,
    ...url.search.slice(1).split(/[&=]/),
    ...url.searchParams.values(),
  ];
  const segments = url.pathname.split('/').filter((segment) => segment.length >= SECRET_SEGMENT_CHARS_MIN);
  return [addressOf(url), ...values.filter((value) => value.length >= SECRET_CHARS_MIN), ...segments];
}

const TOKEN_CHARS_MIN = 8;

/** Those of the secrets that are no words of a language: what may be looked for in texts. */
function unmistakableSecretsOf(feedUrl: string): readonly string[] {
  const url = URL.parse(feedUrl);
  if (url === null) return [feedUrl];
  const isToken = (value: string) =>
    value.length >= SECRET_SEGMENT_CHARS_MIN || (value.length >= TOKEN_CHARS_MIN && /\d/.test(value));
  const values = secretsOf(feedUrl).filter(isToken);
  const credentials = url.username === '' ? [] : [`${url.username}:${url.password}@`];
  const password = url.password.length >= SECRET_CHARS_MIN ? [url.password] : [];
  return [...new Set([addressOf(url), ...credentials, ...password, ...values])];
}

function addressOf({ host, pathname, search }: URL): string {
  return `${host}${pathname}${search}`;
}
