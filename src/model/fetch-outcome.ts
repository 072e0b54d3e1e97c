// What comes of asking a source for its document. Planned failures are members of the union, not exceptions.

/** RFC 9110, section 8.8, byte for byte as the server sent them (one character a byte, as in HTTP headers). */
export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** Lower-case names; repeated headers joined by ', '. */
export type ResponseHeaders = Readonly<Record<string, string>>;

export interface FetchedResponse {
  /** Where the document came from, after redirects: the base of its relative URLs. Never published. */
  readonly finalUrl: string;
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Decoded, within the bound. */
  readonly body: Uint8Array;
  readonly validators: Validators;
  /** The end of an unbroken run of 301 and 308 from the address asked. */
  readonly movedTo: string | undefined;
}

/** Why a poll failed. Documented in docs/OPERATING.md; stable. */
export type FetchFailure =
  | 'address-refused'
  | 'bad-url'
  /** A configured request header that HTTP cannot carry. */
  | 'bad-header'
  | 'bad-redirect'
  | 'too-many-redirects'
  | 'dns'
  | 'connect'
  /** The configured proxy cannot be reached, or refuses us. */
  | 'proxy'
  | 'tls'
  | 'timeout'
  | 'too-large'
  | 'truncated'
  | 'bad-encoding'
  | 'bad-response'
  | 'bad-status'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'server-error'
  | 'unexpected-not-modified'
  | 'file-unreadable'
  | 'aborted';

export interface FetchError {
  readonly code: FetchFailure;
  /** For people: what happened, where, what to do. Without secrets. */
  readonly message: string;
  readonly status?: number | undefined;
}

export type FetchOutcome =
  | { readonly kind: 'fetched'; readonly response: FetchedResponse }
  /** A document in the very bytes that the asker knew: it was not even decompressed. */
  | {
      readonly kind: 'sameBytes';
      readonly validators: Validators;
      readonly movedTo: string | undefined;
      readonly headers: ResponseHeaders;
    }
  | {
      readonly kind: 'notModified';
      readonly validators: Validators;
      readonly movedTo: string | undefined;
      readonly headers?: ResponseHeaders | undefined;
    }
  /** 429, and 503 with Retry-After; `retryAfter` is the header as sent. */
  | {
      readonly kind: 'rateLimited';
      readonly status: number;
      readonly retryAfter: string | undefined;
      /** Host and port that answered, after redirects. */
      readonly host: string;
    }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly error: FetchError };
