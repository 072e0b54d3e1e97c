// Where an answer sends us. Pure. RFC 9110, section 15.4: 303 and the others mean the same to a GET.
import { isRefusedPort } from './address-guard.ts';
import type { HeaderValue } from './exchange.ts';
import { FetchProblem } from './fetch-problem.ts';

/** Redirects that one poll follows. */
export const REDIRECTS_MAX = 5;

const URL_LENGTH_MAX = 8_192;

export function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/** The source itself has moved, says its server. */
export function isPermanent(status: number): boolean {
  return status === 301 || status === 308;
}

/**
 * The address that a Location header means, without fragment, and without userinfo: nobody but the operator tells us
 * to log in. Throws a FetchProblem `bad-redirect`.
 */
export function redirectTarget(location: HeaderValue | undefined, from: URL): URL {
  if (typeof location !== 'string' || location === '') {
    throw new FetchProblem('bad-redirect', 'the answer redirects without saying where to');
  }
  const text = asUtf8(location);
  const target = text.length <= URL_LENGTH_MAX ? URL.parse(text, from.href) : null;
  if (target === null)
    throw new FetchProblem('bad-redirect', 'the answer redirects to something that is no address');
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    throw new FetchProblem(
      'bad-redirect',
      'the answer redirects to an address that is neither http nor https',
    );
  }
  return withoutSecrets(target);
}

/** What can be refused by the URL alone; its addresses are vetted where the connection is opened. Throws a FetchProblem. */
export function checkTarget({ protocol, port }: URL): void {
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new FetchProblem('bad-url', 'the address of a source must be http, https or a file');
  }
  if (port !== '' && isRefusedPort(Number(port))) {
    throw new FetchProblem('address-refused', `port ${port} belongs to another protocol than HTTP`);
  }
}

/** The same without userinfo and fragment. */
export function withoutSecrets(url: URL): URL {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  bare.hash = '';
  return bare;
}

/** Header values come one character a byte; many servers put UTF-8 there. */
function asUtf8(value: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}
