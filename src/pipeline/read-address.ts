// What stands at an address: a feed, a page, or nothing that can be read. Nothing is remembered of it.
import { messageOf, TributaryError } from '../model/errors.ts';
import type { FetchedResponse } from '../model/fetch-outcome.ts';
import { sourceId } from '../model/ids.ts';
import type { SourceFeed } from '../model/item.ts';
import type { Page } from '../model/page.ts';
import { pageBehind } from './page-behind.ts';
import type { PollDeps } from './poll-deps.ts';
import { unreadResult } from './unread-outcome.ts';

export type AddressReading =
  | { readonly kind: 'feed'; readonly feed: SourceFeed; readonly response: FetchedResponse }
  | { readonly kind: 'page'; readonly page: Page }
  | AddressFailure;

export interface AddressFailure {
  readonly kind: 'failed';
  /** A code as polls have them. */
  readonly reason: string;
  readonly message: string;
  /** The server asked us to come less often. */
  readonly isRefusal: boolean;
}

export type ReadDeps = Pick<PollDeps, 'fetcher' | 'network' | 'work' | 'signal'>;

const READER = sourceId('probe');

/** Asks once, as a first poll would. `isSecret`: messages show no path. Never rejects. */
export async function readAddress(url: string, isSecret: boolean, deps: ReadDeps): Promise<AddressReading> {
  const { fetcher, network, signal } = deps;
  const outcome = await fetcher.fetch({
    url,
    headers: {},
    validators: {},
    timeoutMs: network.timeoutMs,
    bodyBytesMax: network.bodyBytesMax,
    urlIsSecret: isSecret,
    signal,
  });
  switch (outcome.kind) {
    case 'fetched':
      return readDocument(outcome.response, deps);
    case 'sameBytes':
    case 'notModified':
      return failed('unexpected-not-modified', 'the server says "not modified" though it was not asked that');
    default: {
      const { reason = 'internal', message = '' } = unreadResult(outcome);
      return { ...failed(reason, message), isRefusal: outcome.kind === 'rateLimited' };
    }
  }
}

async function readDocument(response: FetchedResponse, { work, network }: ReadDeps): Promise<AddressReading> {
  try {
    const feed = await work.readDocument(READER, response.body, {
      contentType: response.headers['content-type'],
      url: response.finalUrl,
      headers: response.headers,
      bytesMax: network.bodyBytesMax,
    });
    return { kind: 'feed', feed, response };
  } catch (error) {
    const page = await pageBehind(error, response, network.bodyBytesMax);
    if (page !== undefined) return { kind: 'page', page };
    const code = error instanceof TributaryError ? error.code : 'internal';
    return failed(code, messageOf(error));
  }
}

function failed(reason: string, message: string): AddressFailure {
  return { kind: 'failed', reason, message, isRefusal: false };
}
