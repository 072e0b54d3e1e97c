// What is wrong at this moment, from what the parts of the service know. Pure; nothing secret gets in.
import { publishableFor } from '../../core/attribute/publishable-url.ts';
import type { Trouble } from '../../model/alert.ts';
import type { Source } from '../../model/config.ts';
import type { PollRecord } from '../../model/poll-record.ts';
import type { StoreTrouble } from '../../model/store-trouble.ts';
import { MOVE_SIGHTINGS, moveOf } from '../source-address.ts';
import type { Sighting, Wellness } from './decide-alerts.ts';

export interface SightingInput {
  /** Those that are polled. */
  readonly sources: readonly Source[];
  readonly pollOf: (source: Source) => PollRecord | undefined;
  readonly storeTrouble: StoreTrouble | undefined;
  readonly feedIds: readonly string[];
  /** How publishing each last went; absent where it was not due since the start. */
  readonly publishes: ReadonlyMap<string, 'published' | 'failed'>;
}

const STORE = 'store';

export function sightingOf(input: SightingInput): Sighting {
  const { storeTrouble, publishes } = input;
  const sources = new Map<string, Source>(input.sources.map((source) => [source.id, source]));
  const feedIds = new Set(input.feedIds);
  const troubles: Trouble[] = [...sources.values()].flatMap((source) =>
    troublesOf(source, input.pollOf(source)),
  );
  if (storeTrouble !== undefined) troubles.push({ key: STORE, kind: 'store-lost', reason: storeTrouble });
  for (const [id, outcome] of publishes)
    if (outcome === 'failed' && feedIds.has(id))
      troubles.push({ key: `feed:${id}`, kind: 'feed-failing', id });

  function wellnessOf(key: string): Wellness {
    if (key === STORE) return 'well';
    const [kind, id = ''] = key.split(/:(.*)/s);
    if (kind === 'feed') return !feedIds.has(id) ? 'left' : publishes.has(id) ? 'well' : 'unknown';
    const source = sources.get(id);
    if (source === undefined) return 'left';
    return input.pollOf(source) === undefined ? 'unknown' : 'well';
  }
  return { troubles, wellnessOf };
}

function troublesOf(source: Source, poll: PollRecord | undefined): readonly Trouble[] {
  if (poll === undefined) return [];
  const { id, name } = source;
  const troubles: Trouble[] = [];
  if (poll.outcome === 'gone')
    troubles.push({ key: `source:${id}`, kind: 'source-gone', id, name, reason: poll.reason });
  else if (poll.failures > 0)
    troubles.push({ key: `source:${id}`, kind: 'source-failing', id, name, reason: poll.reason });
  const move = moveOf(source, poll);
  if (move !== undefined && move.sightings >= MOVE_SIGHTINGS) {
    const isTold = !source.feedUrlIsSecret && publishableFor(source)(move.feedUrl);
    const movedTo = isTold ? move.feedUrl : undefined;
    troubles.push({ key: `moved:${id}`, kind: 'source-moved', id, name, movedTo });
  }
  return troubles;
}
