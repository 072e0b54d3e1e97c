// URLs in published HTML: absolute http and https (mailto in links), without credentials.
import { isInnerHost } from './inner-host.ts';

const WEB = /^https?:\/\/[^/\\]/i;
const MAILTO = /^mailto:[^\s@]+@[^\s@]/i;
/** What a URL must hold percent-encoded (RFC 3986); the WHATWG parser does it. */
const ODD = /[\s"'<>\\^`{|}\0-\x1f\x7f]/;

/** The URL to publish; undefined for relative ones, other schemes and what is no URL at all. */
export function cleanUrl(value: string, mailtoToo: boolean): string | undefined {
  // As browsers do first (WHATWG URL, section 4.4): otherwise `java\nscript:` would be one thing here and another there.
  const trimmed = value
    .replace(/^[\0-\x20]+/, '')
    .replace(/[\t\n\r]/g, '')
    .trimEnd()
    .toWellFormed();
  if (mailtoToo && MAILTO.test(trimmed)) return ODD.test(trimmed) ? undefined : trimmed;
  if (!WEB.test(trimmed)) return undefined;
  const url = URL.parse(trimmed);
  if (url === null) return undefined;
  if (url.username === '' && url.password === '') return ODD.test(trimmed) ? url.href : trimmed;
  url.username = '';
  url.password = '';
  return url.href;
}

/** Whether pictures and media may come from hosts of an inner network: only where we work within one ourselves. */
export type InnerHosts = 'refused' | 'allowed';

/** As `cleanUrl`, of what browsers load by themselves. */
export function cleanMediaUrl(value: string, inner: InnerHosts): string | undefined {
  const clean = cleanUrl(value, false);
  if (inner === 'allowed') return clean;
  const hostname = clean === undefined ? undefined : URL.parse(clean)?.hostname;
  return hostname === undefined || isInnerHost(hostname) ? undefined : clean;
}
