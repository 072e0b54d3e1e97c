// What happens in a history, drawn at random: to publishers, to their documents, to us.
import fc from 'fast-check';
import type { Store } from '../../src/edge/store/store.ts';
import type { MergedFeed } from '../../src/model/config.ts';
import { feedId } from '../../src/model/ids.ts';
import type { Addition, Edit, Sharing } from './publishers-world.ts';
import { buildFeed } from './rig.ts';

const HOUR_MS = 3_600_000;

export type Step =
  | ({ readonly kind: 'add'; readonly times: number } & Addition)
  | { readonly kind: 'share'; readonly by: Sharing }
  | { readonly kind: Edit; readonly at: number; readonly pick: number }
  | { readonly kind: 'damage' | 'withdraw'; readonly at: number; readonly pick: number }
  | { readonly kind: 'republish' | 'drop-graves'; readonly at: number }
  | { readonly kind: 'retract' | 'undo'; readonly pick: number; readonly few: boolean }
  | { readonly kind: 'poll' | 'poll-304' | 'poll-fails' | 'rename'; readonly at: number }
  | { readonly kind: (typeof HAPPENINGS)[number] }
  | ({ readonly kind: 'outage'; readonly at: number } & Outage);

export interface Outage {
  readonly calls: readonly (keyof Store)[];
  readonly losesAnswers: boolean;
  readonly restarts: boolean;
}

const HAPPENINGS = [
  'publish',
  'restart',
  'lose-documents',
  'empty-store',
  'crash-before-disk',
  'wait',
  'settle',
] as const;

const at = fc.nat({ max: 1 });
const pick = fc.nat({ max: 9 });
const is = <T extends string>(...kinds: readonly T[]) => fc.constantFrom(...kinds);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: is('add'),
      at,
      dated: is('past', 'future', 'never'),
      guid: is('text', 'uri', 'none'),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: is('share'), by: is('url', 'id', 'text') }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: is('edit', 'renew-guid', 'renew-all', 'share-guid', 'redate', 'drop-oldest', 'reverse', 'damage'),
      at,
      pick,
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: is('poll', 'poll-304', 'poll-fails', 'rename'), at }) },
  { weight: 3, arbitrary: fc.record({ kind: is('withdraw'), at, pick }) },
  { weight: 2, arbitrary: fc.record({ kind: is('republish', 'drop-graves'), at }) },
  { weight: 4, arbitrary: fc.record({ kind: is('retract', 'undo'), pick, few: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ kind: is(...HAPPENINGS) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: is('outage'),
      at,
      calls: fc.subarray<keyof Store>([
        'readSources',
        'listSourceIds',
        'readItems',
        'readEdition',
        'readPolls',
        'commitPoll',
        'commitEdition',
        'forgetSource',
        'readRetractionStamp',
        'readRetractions',
        'commitRetractions',
      ]),
      losesAnswers: fc.boolean(),
      restarts: fc.boolean(),
    }),
  },
);

/** The feeds of a history: `all` shows everything, `few` the newest within bounds of all kinds. */
export interface HistoryFeeds {
  readonly all: MergedFeed;
  readonly few: MergedFeed;
  /** Of `few` nothing but its limit keeps anything out. */
  readonly isPlain: boolean;
}

const maybe = <T>(most: fc.Arbitrary<T>) => fc.option(most, { nil: undefined });

const bounds: fc.Arbitrary<Bounds> = fc.record({
  limit: fc.integer({ min: 1, max: 8 }),
  ofSource: maybe(fc.integer({ min: 1, max: 4 })),
  perDay: maybe(fc.integer({ min: 1, max: 3 })),
  maxAgeHours: maybe(fc.integer({ min: 1, max: 12 })),
  exclude: maybe(fc.integer({ min: 1, max: 6 })),
  include: maybe(fc.integer({ min: 1, max: 6 })),
});

function feedsOf(joinsTexts: fc.Arbitrary<boolean>): fc.Arbitrary<HistoryFeeds> {
  return fc.record({ joinsTexts, bounds: maybe(bounds) }).map(({ joinsTexts, bounds }) => ({
    all: buildFeed({ duplicates: joinsTexts ? ['id', 'url', 'similar'] : ['id', 'url'] }),
    few: boundedFeed(joinsTexts, bounds),
    isPlain: bounds === undefined,
  }));
}

interface Bounds {
  readonly limit: number;
  readonly ofSource: number | undefined;
  readonly perDay: number | undefined;
  readonly maxAgeHours: number | undefined;
  readonly exclude: number | undefined;
  readonly include: number | undefined;
}

function boundedFeed(joinsTexts: boolean, bounds: Bounds | undefined): MergedFeed {
  const duplicates = joinsTexts ? (['id', 'url', 'similar'] as const) : (['id', 'url'] as const);
  const plain = buildFeed({ id: feedId('few'), limit: 3, duplicates });
  if (bounds === undefined) return plain;
  const { limit, ofSource, perDay, maxAgeHours, exclude, include } = bounds;
  const titled = (n: number | undefined, line: number) =>
    n === undefined ? [] : [{ kind: 'words' as const, field: 'title' as const, text: `story ${n}`, line }];
  return {
    ...plain,
    limit,
    maxAgeMs: maxAgeHours === undefined ? undefined : maxAgeHours * HOUR_MS,
    perSource: { limit: ofSource, perDay },
    filter: { exclude: titled(exclude, 7), include: titled(include, 8) },
  };
}

export interface Drawn {
  readonly feeds: HistoryFeeds;
  readonly steps: readonly Step[];
}

/** `joinsTexts`: whether stories are known for one by what they say, too. */
export function histories(stepsMax: number, joinsTexts = fc.boolean()): fc.Arbitrary<Drawn> {
  return fc.record({
    feeds: feedsOf(joinsTexts),
    steps: fc.array(step, { minLength: 5, maxLength: stepsMax }),
  });
}
