// What a request says of us, and which of the operator's own headers it may carry. Pure.
import type { Validators } from '../../model/fetch-outcome.ts';
import { ACCEPTED_CODINGS } from './content-coding.ts';
import { FetchProblem } from './fetch-problem.ts';
import { isSendable } from './validators.ts';

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, ' +
  'application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5';

/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** They belong to the connection, not to the operator. */
const OURS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** `own`: the configured headers, where the request goes to the configured origin. They may replace all of ours but the validators. */
export function requestHeaders(
  userAgent: string,
  validators: Validators,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: ACCEPT,
    'accept-encoding': ACCEPTED_CODINGS,
    ...own,
    ...(validators.etag === undefined ? {} : { 'if-none-match': validators.etag }),
    ...(validators.lastModified === undefined ? {} : { 'if-modified-since': validators.lastModified }),
  };
}

/**
 * The configured headers, with the URL's userinfo as Basic authentication (RFC 7617) where they have none of their own.
 * Throws a FetchProblem `bad-header` for one that cannot be sent.
 */
export function ownHeaders(url: URL, configured: Readonly<Record<string, string>>): Record<string, string> {
  const headers: Record<string, string> = {};
  if (url.username !== '' || url.password !== '') {
    const credentials = `${decoded(url.username)}:${decoded(url.password)}`;
    headers['authorization'] = `Basic ${Buffer.from(credentials).toString('base64')}`;
  }
  for (const [name, value] of Object.entries(configured)) {
    const lowerName = name.toLowerCase();
    if (!TOKEN.test(name) || OURS.has(lowerName)) {
      throw new FetchProblem(
        'bad-header',
        `the configured header ${JSON.stringify(name)} cannot be sent: remove it`,
      );
    }
    if (value !== '' && !isSendable(value)) {
      throw new FetchProblem(
        'bad-header',
        `the configured header ${JSON.stringify(name)} has a value that HTTP cannot carry: check it for line ends`,
      );
    }
    headers[lowerName] = value;
  }
  return headers;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
