// Everything that can go wrong with a fetch, as one error class, and the words for it. Messages name host and hop and
// what to do; they never hold userinfo, queries, inner addresses, or text that a server chose.
import type { FetchFailure } from '../../model/fetch-outcome.ts';

/** Thrown inside edge/fetch only: the fetcher catches it and makes it an outcome. */
export class FetchProblem extends Error {
  readonly code: FetchFailure;

  constructor(code: FetchFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FetchProblem';
    this.code = code;
  }
}

const PATH_LENGTH_MAX = 200;

/** Where a request goes, for people: origin and path, the query as `?…`; the origin alone where the URL is a secret. */
export function printableUrl(url: URL, isSecret: boolean): string {
  if (isSecret) return `${url.origin}/…`;
  const path =
    url.pathname.length > PATH_LENGTH_MAX ? `${url.pathname.slice(0, PATH_LENGTH_MAX)}…` : url.pathname;
  return `${url.origin}${path}${url.search === '' ? '' : '?…'}`;
}

export function tooLarge(bodyBytesMax: number): FetchProblem {
  return new FetchProblem(
    'too-large',
    `the document has more than ${bodyBytesMax} bytes: see network.maxBytes`,
  );
}

/** What resolving a name failed of: errors of getaddrinfo. */
export function problemOfLookup(error: unknown): FetchProblem {
  const code = codeOf(error);
  if (code === 'ENOTFOUND')
    return new FetchProblem('dns', 'the name does not exist: check its spelling', { cause: error });
  return new FetchProblem('dns', 'the name could not be resolved: check the name servers of this machine', {
    cause: error,
  });
}

/** What opening a connection failed of: errors of node:net and node:tls. */
export function problemOfConnect(error: unknown): FetchProblem {
  if (error instanceof FetchProblem) return error;
  const words = CONNECT_WORDS[codeOf(error)] ?? 'the connection could not be opened';
  return new FetchProblem('connect', words, { cause: error });
}

export function problemOfTls(error: unknown): FetchProblem {
  if (error instanceof FetchProblem) return error;
  const code = codeOf(error);
  const words = TLS_WORDS[code] ?? 'no secure connection could be agreed on';
  return new FetchProblem('tls', `${words} (${code})`, { cause: error });
}

/** What an exchange failed of once a connection stood: errors of undici's client and its parser. */
export function problemOfExchange(error: unknown, bodyHasBegun: boolean): FetchProblem {
  if (error instanceof FetchProblem) return error;
  const isCutShort = isConnectionLoss(error) || isEarlyEnd(error);
  if (isCutShort && bodyHasBegun) {
    return new FetchProblem('truncated', 'the connection ended before the document did', { cause: error });
  }
  if (isCutShort) {
    return new FetchProblem('bad-response', 'the connection ended without a proper answer', { cause: error });
  }
  if (codeOf(error) === 'UND_ERR_HEADERS_OVERFLOW') {
    return new FetchProblem('bad-response', 'the header of the answer is too large', { cause: error });
  }
  return new FetchProblem('bad-response', 'the answer is not valid HTTP', { cause: error });
}

/** The connection ended, rather than the server saying something wrong. */
export function isConnectionLoss(error: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error));
}

/** The parser's own words for it: undici 8 leaves the code of its parser's errors empty. */
function isEarlyEnd(error: unknown): boolean {
  if (codeOf(error) === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return true;
  return error instanceof Error && error.message.includes('Invalid EOF state');
}

/** The code of an error of Node or undici, in a form that is safe to print. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^\w{1,60}$/.test(code) ? code : 'no code';
}

const CONNECT_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there: the connection was refused',
  ECONNRESET: 'the connection was reset while it was opened',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network of the host',
  ETIMEDOUT: 'the host does not answer',
};

const TLS_WORDS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: check the clock of this machine',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed; NODE_EXTRA_CA_CERTS can name one to trust',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate comes from an unknown authority; NODE_EXTRA_CA_CERTS can name one to trust',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its server sends an incomplete chain of certificates',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ECONNRESET: 'the connection was reset while it was secured',
};
