// What the tests of fetching share: a fetcher whose every name leads to the rig, after the guard said yes.

import type { FetchRequest } from '../../../src/edge/fetch/fetch-request.ts';
import { createFetcher, type Fetcher, type FetcherOptions } from '../../../src/edge/fetch/fetcher.ts';
import type { FetchedResponse, FetchOutcome } from '../../../src/model/fetch-outcome.ts';
import type { EvilSource } from '../../rig/evil-source.ts';

export interface TestFetcher extends AsyncDisposable {
  readonly fetcher: Fetcher;
  fetch(url: string, request?: Partial<FetchRequest>): Promise<FetchOutcome>;
}

export function fetcherFor(
  source: EvilSource,
  options: Partial<FetcherOptions> = {},
  allow: readonly string[] = [],
): TestFetcher {
  const fetcher = createFetcher(
    { allow },
    { userAgent: 'Tributary/test', resolve: source.resolve, dial: source.dial, ...options },
  );
  return {
    fetcher,
    fetch: (url, request = {}) =>
      fetcher.fetch({
        url,
        headers: {},
        validators: {},
        timeoutMs: 20_000,
        bodyBytesMax: 1_000_000,
        ...request,
      }),
    [Symbol.asyncDispose]: () => fetcher.close(),
  };
}

export function fetched(outcome: FetchOutcome): FetchedResponse {
  if (outcome.kind !== 'fetched') throw new Error(`not fetched: ${JSON.stringify(outcome)}`);
  return outcome.response;
}

export function textOf(outcome: FetchOutcome): string {
  return new TextDecoder().decode(fetched(outcome).body);
}

/** The failure's code, or the outcome's kind where it is none. */
export function codeOf(outcome: FetchOutcome): string {
  return outcome.kind === 'failed' ? outcome.error.code : outcome.kind;
}

export function messageOf(outcome: FetchOutcome): string {
  return outcome.kind === 'failed' ? outcome.error.message : '';
}
