// The feeds behind an address: asked for one after another, the likeliest first, within a bound, and no longer than a server likes it.
import type { FeedCandidate } from '../core/discover/candidate.ts';
import { candidatesOf, usualPlaces } from '../core/discover/candidates.ts';
import { readPage } from '../core/normalize/page.ts';
import type { FetchedResponse } from '../model/fetch-outcome.ts';
import type { SourceFeed } from '../model/item.ts';
import type { Page } from '../model/page.ts';
import { type AddressFailure, type AddressReading, type ReadDeps, readAddress } from './read-address.ts';
import { withUserinfo } from './source-address.ts';

export interface FindDeps extends ReadDeps {
  /** Between two requests. */
  readonly rest: () => Promise<void>;
}

export interface FeedsFound {
  /** What stands at the address itself, where it is a page. */
  readonly page: Page | undefined;
  /** Why nothing could be read at the address itself. */
  readonly failure: AddressFailure | undefined;
  /** What was asked beside it, in this order; the address itself where it is a feed. */
  readonly tried: readonly TriedCandidate[];
  /** Candidates that were not asked any more. */
  readonly left: readonly FeedCandidate[];
  readonly requests: number;
}

export interface TriedCandidate extends FeedCandidate {
  readonly found?: { readonly feed: SourceFeed; readonly response: FetchedResponse } | undefined;
  /** The address of one before it that has the same items. */
  readonly sameAs?: string | undefined;
  readonly failure?: Pick<AddressFailure, 'reason' | 'message'> | undefined;
}

/** Altogether, the address itself among them. */
export const REQUESTS_MAX = 12;
/** Feeds that a page names, to be compared. */
const NAMED_MAX = 8;
/** Nothing else will be found where these say no. */
const HOPELESS: ReadonlySet<string> = new Set(
  'dns connect tls proxy timeout address-refused bad-url aborted'.split(' '),
);

/** `address`: http, https or file; userinfo is sent to its own origin. Never rejects. */
export async function findFeeds(address: string, isSecret: boolean, deps: FindDeps): Promise<FeedsFound> {
  const reading = await readAddress(address, isSecret, deps);
  if (reading.kind === 'feed') {
    const given = { url: address, by: 'given', isComments: false } as const;
    return {
      page: undefined,
      failure: undefined,
      tried: [{ ...given, found: reading }],
      left: [],
      requests: 1,
    };
  }
  const page = reading.kind === 'page' ? reading.page : undefined;
  const failure = reading.kind === 'failed' ? reading : undefined;
  if (failure?.isRefusal || HOPELESS.has(failure?.reason ?? '') || !/^https?:/i.test(address))
    return { page, failure, tried: [], left: [], requests: 1 };
  const hunt = new Hunt(address, isSecret, deps);
  await hunt.searchFrom(page ?? readPage('', {}, withoutUserinfo(address)));
  return { page, failure, tried: hunt.tried, left: hunt.left, requests: hunt.requests };
}

class Hunt {
  readonly tried: TriedCandidate[] = [];
  readonly left: FeedCandidate[] = [];
  requests = 1;
  readonly #address: string;
  readonly #isSecret: boolean;
  readonly #deps: FindDeps;
  #isRefused = false;

  constructor(address: string, isSecret: boolean, deps: FindDeps) {
    this.#address = address;
    this.#isSecret = isSecret;
    this.#deps = deps;
  }

  /** What is named is read whole, to be compared; what is guessed, until something is found. */
  async searchFrom(page: Page): Promise<void> {
    const candidates = candidatesOf(page);
    const named = candidates.filter(({ by }) => by !== 'anchor');
    for (const [place, each] of named.entries()) {
      if (place >= NAMED_MAX) this.left.push(each);
      else await this.#try(each);
    }
    for (const guesses of [candidates.filter(({ by }) => by === 'anchor'), usualPlaces(page.url)]) {
      for (const each of guesses) if (!this.#hasFound()) await this.#try(each);
    }
  }

  #hasFound(): boolean {
    return this.tried.some(({ found }) => found !== undefined);
  }

  async #try(candidate: FeedCandidate): Promise<void> {
    if (this.tried.some(({ url }) => url === candidate.url)) return;
    if (this.requests >= REQUESTS_MAX || this.#isRefused || this.#deps.signal.aborted) {
      this.left.push(candidate);
      return;
    }
    await this.#deps.rest();
    this.requests += 1;
    const url = withUserinfo(candidate.url, this.#address);
    const reading = await readAddress(url, this.#isSecret, this.#deps);
    this.#isRefused ||= reading.kind === 'failed' && reading.isRefusal;
    this.tried.push({ ...candidate, url, ...this.#resultOf(reading) });
  }

  #resultOf(reading: AddressReading): Pick<TriedCandidate, 'found' | 'sameAs' | 'failure'> {
    switch (reading.kind) {
      case 'feed': {
        const same = this.tried.find(
          ({ found }) => found !== undefined && isSameFeed(found.feed, reading.feed),
        );
        return { found: reading, sameAs: same?.url };
      }
      case 'page':
        return { failure: { reason: 'not-a-feed', message: 'a page, no feed' } };
      default:
        return { failure: reading };
    }
  }
}

const COMPARED = 10;

/** Most of their latest items are the same: one feed in two formats, or at two addresses. */
function isSameFeed(a: SourceFeed, b: SourceFeed): boolean {
  const [one, other] = [namesOf(a), namesOf(b)];
  const shared = [...one].filter((name) => other.has(name)).length;
  return shared > 0 && shared * 2 >= Math.min(one.size, other.size);
}

function namesOf({ items }: SourceFeed): ReadonlySet<string> {
  return new Set(items.slice(0, COMPARED).map(({ permalink, guid, title }) => permalink ?? guid ?? title));
}

function withoutUserinfo(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}
