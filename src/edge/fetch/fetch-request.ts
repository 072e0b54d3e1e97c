// What a poll asks of the fetcher.
import type { ResponseHeaders, Validators } from '../../model/fetch-outcome.ts';

export interface FetchRequest {
  /** Of the configuration: http, https or file, userinfo allowed. */
  readonly url: string;
  /** Of the configuration; sent to the origin of `url` only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly validators: Validators;
  /** Asked of a compressed document before it is decompressed: true ends the poll as `sameBytes`. */
  readonly knowsEncoded?: ((encodedBody: Uint8Array, headers: ResponseHeaders) => boolean) | undefined;
  /** For everything: name, connection, redirects and body. */
  readonly timeoutMs: number;
  /** Of the body, as it travels and decoded. */
  readonly bodyBytesMax: number;
  /** Messages then show no path either. Userinfo and query they never show. */
  readonly urlIsSecret?: boolean;
  readonly signal?: AbortSignal;
}
