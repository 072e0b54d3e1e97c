// Which host a source is polled at, and whose a host is: by the Public Suffix List, its private part too, so that two guests of
// one provider are two.
import { getDomain } from 'tldts';

/** The host and port of its address; undefined for a file. */
export function hostOf(feedUrl: string): string | undefined {
  if (feedUrl.startsWith('file:')) return undefined;
  return URL.parse(feedUrl)?.host.replace(/\.(?=$|:)/, '');
}

/** The registrable domain of a host, its port aside; undefined for addresses, single labels and public suffixes. */
export function registrableDomain(host: string): string | undefined {
  return getDomain(host, { allowPrivateDomains: true }) ?? undefined;
}

/** One and the same host, or two of one registrable domain. */
export function isOneDomain(a: string, b: string): boolean {
  return a === b || (registrableDomain(a) !== undefined && registrableDomain(a) === registrableDomain(b));
}
