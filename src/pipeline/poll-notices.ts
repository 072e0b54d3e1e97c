// What a poll tells of a source itself: that it moved, that it became another site. Remembered with the poll, for who keeps the configuration. Pure.
import type { SiteIdentity } from '../core/identify/another-site.ts';
import { isWelcome } from '../edge/schedule/refusal.ts';
import type { Source } from '../model/config.ts';
import type { PollRecord } from '../model/poll-record.ts';
import { msFromTimestamp, type Timestamp } from '../model/timestamp.ts';
import type { PollResult } from './poll-report.ts';
import {
  digestOf,
  MOVE_SIGHTINGS,
  type MoveWorld,
  moveAfter,
  moveOf,
  obstacleTo,
  pageOf,
} from './source-address.ts';

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const TITLE_CHARS_MAX = 200;

export type PollNotices = Pick<PollRecord, 'movedTo' | 'becameAnotherSite' | 'page'>;

export function noticesAfter(
  source: Source,
  before: PollRecord | undefined,
  result: PollResult,
  world: MoveWorld | undefined,
  now: Timestamp,
): PollNotices {
  return {
    movedTo: movedToAfter(source, before, result, world, now),
    becameAnotherSite: anotherSiteAfter(before, result, now),
    page: pageAfter(source, before, result),
  };
}

/** It says that it moved to where another source is polled: one of the two is enough. */
export function isDouble({ movedTo }: PollNotices): boolean {
  return movedTo?.obstacle === 'known-source' && movedTo.sightings >= MOVE_SIGHTINGS;
}

function movedToAfter(
  source: Source,
  before: PollRecord | undefined,
  result: PollResult,
  world: MoveWorld | undefined,
  now: Timestamp,
): PollRecord['movedTo'] {
  const { told = { isConfigured: true, askedConfigured: false }, movedTo } = result;
  const move = moveAfter(moveOf(source, before), { ...told, movedTo, isAnswered: isWelcome(result) }, now);
  return move && { ...move, saidBy: digestOf(source), obstacle: obstacleTo(move, source, world) };
}

/** Where the configured address itself answers with a feed, it is no page any more. */
function pageAfter(source: Source, before: PollRecord | undefined, result: PollResult): PollRecord['page'] {
  if (result.page !== undefined || result.isPage) return result.page;
  return isWelcome(result) && result.told?.isConfigured !== false ? undefined : pageOf(source, before);
}

function anotherSiteAfter(
  before: PollRecord | undefined,
  { anotherSite }: PollResult,
  now: Timestamp,
): PollRecord['becameAnotherSite'] {
  if (anotherSite !== undefined)
    return { at: now, before: named(anotherSite.before), now: named(anotherSite.now) };
  const known = before?.becameAnotherSite;
  const isOld = known !== undefined && msFromTimestamp(now) - msFromTimestamp(known.at) > KEPT_MS;
  return isOld ? undefined : known;
}

function named({ title, siteUrl }: SiteIdentity): { readonly title: string; readonly siteUrl: string } {
  return { title: (title ?? '').slice(0, TITLE_CHARS_MAX).toWellFormed(), siteUrl: siteUrl ?? '' };
}
