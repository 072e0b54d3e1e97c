// Request headers of a source: which names and values may be sent (RFC 9110). Values are secrets: no message has one.
import { z } from 'zod';
import { type Check, type Complaint, checkedText } from './fields.ts';

/** Those of the connection, not of the request (RFC 9110, section 7.6.1), and those that frame the message. */
const OF_THE_CONNECTION = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** A poll asks for what has changed, in an encoding that it can bound: it says so itself. */
const OF_THE_POLL = new Set(['accept-encoding', 'if-modified-since', 'if-none-match', 'if-range', 'range']);

const isHeaderName: Check = (text): Complaint | undefined => {
  const name = text.toLowerCase();
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]{1,128}$/.test(name))
    return 'cannot be the name of a header; write NAME: VALUE, with a space after the colon';
  if (OF_THE_CONNECTION.has(name)) return 'belongs to the connection; a source cannot set it';
  return OF_THE_POLL.has(name) ? 'is set by each poll itself; a source cannot set it' : undefined;
};

const isHeaderValue: Check = (text) => {
  if (/[\r\n]/.test(text)) return 'has a line break in it; a header is one line';
  return /^[\t\x20-\x7e\x80-\xff]{0,8192}$/.test(text)
    ? undefined
    : 'cannot be sent as a header: longer than 8,192 characters, or a character outside of Latin-1';
};

export const headersSchema = z.record(checkedText(isHeaderName), checkedText(isHeaderValue));

/** Lower-case names, values without white space around them. */
export function normalizeHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.trim().toLowerCase(), value.trim()]),
  );
}
