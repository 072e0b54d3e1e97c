// The few things of a request that an answer depends on. Host and X-Forwarded-* are not among them, on purpose: our
// addresses come from the configuration alone.
import type { IncomingMessage } from 'node:http';
import type { RequestConditions } from './conditional.ts';

export interface RequestFacts extends RequestConditions {
  readonly method: string;
  /** As received: path and query, or a whole URL (RFC 9112, section 3.2). */
  readonly target: string;
  readonly accept: string | undefined;
  readonly acceptEncoding: string | undefined;
  readonly authorization?: string | undefined;
}

export function requestFacts({ method, url, headers }: IncomingMessage): RequestFacts {
  return {
    method: method ?? '',
    target: url ?? '',
    accept: headers.accept,
    // node:http joins repeated lines of these; its types say so for some only.
    acceptEncoding: headers['accept-encoding']?.toString(),
    authorization: headers.authorization,
    ifNoneMatch: headers['if-none-match'],
    ifModifiedSince: headers['if-modified-since'],
  };
}
