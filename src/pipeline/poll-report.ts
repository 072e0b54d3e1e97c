// What a poll came to: in the attempt's own words, and filled up for who reads it.
import type { NamedFeed } from '../core/discover/named-feed.ts';
import type { SiteIdentity } from '../core/identify/another-site.ts';
import { isWelcome } from '../edge/schedule/refusal.ts';
import type { ResponseHeaders } from '../model/fetch-outcome.ts';
import type { ReadingNote } from '../model/item.ts';
import type { PollOutcomeName, PollRecord } from '../model/poll-record.ts';
import type { SourceRecord } from '../model/source-record.ts';
import type { ToldMove } from './source-address.ts';

/** What a poll came to: for the log, the status and the next poll. */
export interface PollReport {
  readonly outcome: PollOutcomeName;
  /** A documented code, where it failed or the source is gone. */
  readonly reason: string | undefined;
  /** For people. */
  readonly message: string | undefined;
  /** Items in the document; known ones where it was not read. */
  readonly items: number;
  readonly new: number;
  readonly changed: number;
  readonly notes: readonly ReadingNote[];
  readonly ms: number;
  readonly nextPollAtMs: number;
  readonly contentChanged: boolean;
  readonly movedTo: string | undefined;
  /** The server asked us to come less often. */
  readonly refusal: PollRefusal | undefined;
  /** It answered with a document, or that it has not changed. */
  readonly isWelcome: boolean;
}

export interface PollRefusal {
  /** Host and port that answered, after redirects. */
  readonly host: string;
  /** 429 or 503. */
  readonly status: number;
  readonly atMs: number;
  readonly untilMs: number;
}

/** Which of a source's two addresses were asked. */
export type AskedAddresses = Pick<ToldMove, 'isConfigured' | 'askedConfigured'>;

/** What an attempt came to; a poll's report is made of it. */
export type PollResult = Pick<PollReport, 'outcome'> &
  Partial<Omit<PollReport, 'outcome'>> & {
    readonly retryAfter?: string | undefined;
    /** What stands at the address is a page, and which feed it names. */
    readonly named?: NamedFeed | undefined;
    readonly page?: PollRecord['page'];
    /** A page stands at the address, whether it names a feed or not. */
    readonly isPage?: true;
    readonly told?: AskedAddresses | undefined;
    readonly anotherSite?: { readonly before: SiteIdentity; readonly now: SiteIdentity } | undefined;
    readonly refusedBy?: Pick<PollRefusal, 'host' | 'status'> | undefined;
    /** Of a document or a 304. */
    readonly headers?: ResponseHeaders | undefined;
    /** The source was not asked: it is not to pay for it. */
    readonly unasked?: true;
  };

/** `known`: the source as it stands after the poll. */
export function pollReport(
  result: PollResult,
  known: SourceRecord | undefined,
  times: { readonly ms: number; readonly nextPollAtMs: number; readonly refusal: PollRefusal | undefined },
): PollReport {
  return {
    reason: undefined,
    message: undefined,
    items: known?.items.length ?? 0,
    new: 0,
    changed: 0,
    notes: [],
    contentChanged: false,
    movedTo: undefined,
    isWelcome: isWelcome(result),
    ...result,
    ...times,
  };
}
