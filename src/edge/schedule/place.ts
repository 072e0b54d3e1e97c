// The place of a source among others: what would fall on one moment is spread by it. Made from the id, so that restarts
// and replicas agree.
import { createHash } from 'node:crypto';
import type { SourceId } from '../../model/ids.ts';

const SPREAD_SHARE = 0.05;
const SPREAD_MAX_MS = 5 * 60_000;

/** From 0 up to 1. `attempt` gives each of several attempts another place. */
export function placeOf(id: SourceId, attempt = 0): number {
  const hash = createHash('sha256').update(attempt === 0 ? id : `${id} ${attempt}`);
  return hash.digest().readUInt32BE() / 2 ** 32;
}

/** What is added to a wait so that sources of one interval do not stay on one second: up to a twentieth, 5 minutes at most. */
export function spreadMs(id: SourceId, waitMs: number): number {
  return Math.floor(placeOf(id) * Math.min(waitMs * SPREAD_SHARE, SPREAD_MAX_MS));
}
