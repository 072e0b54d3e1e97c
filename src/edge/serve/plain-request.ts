// Requests as plain as nearly all are, read without node:http's parser (docs/adr/0023-plain-requests-first.md): one whole head without a body,
// in one packet, in the strictest reading of RFC 9112. Whatever is not that is not refused here but left to node:http. Pure.
import type { RequestFacts } from './request-facts.ts';

export const PLAIN_BYTES_MAX = 4096;

/** Origin form only; no white space but what the grammar has; each line ended by CR LF, none folded. */
const HEAD =
  /^(GET|HEAD) (\/[\x21\x22\x24-\x7e]*) HTTP\/1\.1\r\n((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e]*\r\n)+)\r\n$/;

/** Those that an answer depends on. */
const FACTS: ReadonlyMap<string, keyof RequestFacts> = new Map([
  ['accept', 'accept'],
  ['accept-encoding', 'acceptEncoding'],
  ['authorization', 'authorization'],
  ['if-none-match', 'ifNoneMatch'],
  ['if-modified-since', 'ifModifiedSince'],
]);

/** Those that say that more follows, or what becomes of the connection. */
const NOT_PLAIN: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'trailer',
  'expect',
  'upgrade',
  'http2-settings',
  'proxy-connection',
]);

/** Undefined where node:http has to look at it. */
export function plainRequest(packet: Buffer): RequestFacts | undefined {
  if (packet.byteLength > PLAIN_BYTES_MAX) return undefined;
  const [, method = '', target = '', lines] = HEAD.exec(packet.toString('latin1')) ?? [];
  if (lines === undefined) return undefined;
  const found: { -readonly [name in keyof RequestFacts]?: string } = {};
  let hasHost = false;
  for (let start = 0; start < lines.length; ) {
    const end = lines.indexOf('\r\n', start);
    const colon = lines.indexOf(':', start);
    const name = lines.slice(start, colon).toLowerCase();
    const fact = FACTS.get(name);
    if (fact !== undefined) {
      if (found[fact] !== undefined) return undefined;
      found[fact] = lines.slice(colon + 1, end).trim();
    } else if (name === 'host') {
      if (hasHost) return undefined;
      hasHost = true;
    } else if (name === 'connection') {
      if (!/^\s*keep-alive\s*$/i.test(lines.slice(colon + 1, end))) return undefined;
    } else if (NOT_PLAIN.has(name)) return undefined;
    start = end + 2;
  }
  if (!hasHost) return undefined;
  const { accept, acceptEncoding, authorization, ifNoneMatch, ifModifiedSince } = found;
  return { method, target, accept, acceptEncoding, authorization, ifNoneMatch, ifModifiedSince };
}
