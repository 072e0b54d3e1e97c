// Where a source is polled: at its configured address, or at the one that it has moved to for good. Pure.
//
// A move is learnt when the configured address has said it three times in a row (301, 308, or a redirect document), and is never written
// to the configuration. Once a week the configured address is asked again whether the move still holds; and whenever one of the two fails,
// the other is asked in the same poll, so that neither an old host that dies nor a move that was a mistake costs the source.
import { createHash } from 'node:crypto';
import type { Source } from '../model/config.ts';
import type { MoveObstacle, PollRecord } from '../model/poll-record.ts';
import { msFromTimestamp, type Timestamp } from '../model/timestamp.ts';

export const MOVE_SIGHTINGS = 3;
const ASK_AGAIN_MS = 7 * 24 * 60 * 60 * 1000;

export type Move = NonNullable<PollRecord['movedTo']>;

export interface MoveWorld {
  /** Whether an address is one of our own feeds. */
  isOurs(feedUrl: string): boolean;
  /** Whether another source is polled at an address. */
  isTaken(feedUrl: string, by: Source): boolean;
}

const ANYWHERE: MoveWorld = { isOurs: () => false, isTaken: () => false };

export interface AskedAddress {
  readonly feedUrl: string;
  readonly isConfigured: boolean;
  /** Where the page at the configured address names it; never with a user. */
  readonly foundUrl?: string;
}

/** In the order in which they are asked: the second only where the first fails. */
export function addressesToAsk(
  source: Source,
  poll: PollRecord | undefined,
  world: MoveWorld | undefined,
  nowMs: number,
): readonly [AskedAddress, ...AskedAddress[]] {
  const configured: AskedAddress = { feedUrl: source.feedUrl, isConfigured: true };
  const [feedUrl] = followedFeedsOf(source, poll);
  if (feedUrl !== undefined && obstacleTo({ feedUrl }, source, world) === undefined)
    return [
      { feedUrl: withUserinfo(feedUrl, source.feedUrl), isConfigured: false, foundUrl: feedUrl },
      configured,
    ];
  const move = moveOf(source, poll);
  if (move === undefined || move.sightings < MOVE_SIGHTINGS || obstacleTo(move, source, world) !== undefined)
    return [configured];
  const moved: AskedAddress = { feedUrl: withUserinfo(move.feedUrl, source.feedUrl), isConfigured: false };
  const askedMs = move.askedAt === undefined ? 0 : msFromTimestamp(move.askedAt);
  return nowMs - askedMs >= ASK_AGAIN_MS || askedMs > nowMs ? [configured, moved] : [moved, configured];
}

function followedFeedsOf(source: Source, poll: PollRecord | undefined): readonly string[] {
  const page = pageOf(source, poll);
  return page?.isFollowed === true ? page.feedUrls : [];
}

/** What its configured address said of feeds, being a page; another one that was configured before has said nothing. */
export function pageOf(source: Source, poll: PollRecord | undefined): PollRecord['page'] {
  return poll?.page?.saidBy === digestOf(source) ? poll.page : undefined;
}

/** What its configured address has said of a move; another address that was configured before has said nothing. */
export function moveOf(source: Source, poll: PollRecord | undefined): Move | undefined {
  const move = poll?.movedTo;
  if (move === undefined || move.feedUrl === source.feedUrl) return undefined;
  return move.saidBy === undefined || move.saidBy === digestOf(source) ? move : undefined;
}

/** The address itself may be a secret. */
export function digestOf({ feedUrl }: Source): string {
  return createHash('sha256').update(feedUrl).digest('hex').slice(0, 16);
}

/** Undefined where the source may be polled where it moved to. */
export function obstacleTo(
  move: Pick<Move, 'feedUrl'>,
  source: Source,
  world: MoveWorld = ANYWHERE,
): MoveObstacle | undefined {
  const [from, to] = [URL.parse(source.feedUrl), URL.parse(move.feedUrl)];
  if (from === null || to === null) return 'insecure';
  const hasCredentials =
    Object.keys(source.headers).length > 0 ||
    from.username !== '' ||
    from.password !== '' ||
    source.feedUrlIsSecret;
  if (hasCredentials && from.origin !== to.origin) return 'credentials';
  if (from.protocol === 'https:' && to.protocol === 'http:') return 'insecure';
  if (world.isOurs(move.feedUrl)) return 'own-feed';
  return world.isTaken(move.feedUrl, source) ? 'known-source' : undefined;
}

/** What a poll was told of a move, and by which of the two addresses. */
export interface ToldMove {
  /** The poll brought an answer. */
  readonly isAnswered: boolean;
  /** The answer came from the configured address. */
  readonly isConfigured: boolean;
  /** The configured address was asked, whatever came of it. */
  readonly askedConfigured: boolean;
  readonly movedTo: string | undefined;
}

export function moveAfter(before: Move | undefined, told: ToldMove, now: Timestamp): Move | undefined {
  const askedAt = told.askedConfigured ? now : before?.askedAt;
  const kept = before && { ...before, askedAt };
  if (!told.isAnswered) return kept;
  if (told.movedTo === undefined) return told.isConfigured ? undefined : kept;
  if (told.movedTo !== before?.feedUrl) return { feedUrl: told.movedTo, sightings: 1, askedAt };
  return { feedUrl: told.movedTo, sightings: before.sightings + 1, askedAt };
}

/** At one origin the configured user and password hold on. */
export function withUserinfo(feedUrl: string, configured: string): string {
  const [to, from] = [new URL(feedUrl), new URL(configured)];
  if (to.origin !== from.origin) return feedUrl;
  to.username = from.username;
  to.password = from.password;
  return to.href;
}
