// An answer to a request, as data: decided in pure code, written by the web server.
import { SECURITY_POLICY } from '../../model/content-security-policy.ts';

/** Names and values in turns: the flat form of node:http's `writeHead`. */
export type HeaderList = readonly string[];

export interface Answer {
  readonly status: number;
  readonly headers: HeaderList;
  /** Undefined for none at all (304, 204). A HEAD gets the headers alone. */
  readonly body: Uint8Array | undefined;
}

/** On everything that has a body. */
export const SECURITY_HEADERS: HeaderList = [
  'X-Content-Type-Options',
  'nosniff',
  'Referrer-Policy',
  'no-referrer',
  'Content-Security-Policy',
  SECURITY_POLICY,
];

/** A short text of our own. Never cached: each of them may be another the next moment. */
export function textAnswer(
  status: number,
  text: string,
  headers: HeaderList = [],
  mediaType = 'text/plain; charset=utf-8',
): Answer {
  const body = Buffer.from(text);
  return {
    status,
    headers: [
      'Content-Type',
      mediaType,
      'Content-Length',
      String(body.byteLength),
      'Cache-Control',
      'no-store',
      ...SECURITY_HEADERS,
      ...headers,
    ],
    body,
  };
}

/** One and the same for every address that leads nowhere, or nowhere for who asks. */
export const NOT_FOUND: Answer = textAnswer(404, 'Not found.\n');
