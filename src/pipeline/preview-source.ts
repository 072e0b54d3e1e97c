// How a source would look in a feed: read, credited and shown by the parts that do it for every feed.
import { datesOf } from '../core/merge/group.ts';
import type { Cluster } from '../core/merge/merged.ts';
import type { Copy } from '../core/merge/order.ts';
import type { Config, MergedFeed } from '../model/config.ts';
import type { SourceCredit } from '../model/credits.ts';
import type { EditionItem } from '../model/edition.ts';
import type { FetchedResponse } from '../model/fetch-outcome.ts';
import { effectivePublishedAt } from '../model/item-dates.ts';
import type { ItemIndexEntry } from '../model/item-index.ts';
import { assembleEdition } from './assemble-edition.ts';
import { type DryPoll, type DryPollDeps, dryPoll } from './dry-poll.ts';
import { createItemPreparer, createItemReader } from './prepare-items.ts';
import { siteCredits } from './site-credits.ts';

export interface SourcePreview extends DryPoll {
  /** The newest items as they would stand in a feed, newest first; bounded. */
  readonly items: readonly EditionItem[];
  /** What is declared of its rights, and how much is shown. */
  readonly credit: SourceCredit | undefined;
}

const ITEMS_MAX = 50;

/** `config`: with this source and one feed. `answer`: what its address has just answered; it is not asked again. */
export async function previewSource(
  config: Config,
  answer: FetchedResponse,
  deps: DryPollDeps,
): Promise<SourcePreview | undefined> {
  const [[source], [feed]] = [config.sources, config.feeds];
  if (source === undefined || feed === undefined) return undefined;
  const poll = await dryPoll(source, { ...deps, fetcher: answering(answer, deps.fetcher) });
  const newest = (poll.record?.items ?? []).toSorted((a, b) =>
    effectivePublishedAt(a) < effectivePublishedAt(b) ? 1 : -1,
  );
  const items = await shownItems(newest.slice(0, ITEMS_MAX), poll, { config, feed, deps });
  const [credit] = siteCredits(config, poll.known, [items]).sources;
  return { ...poll, items: items.items, credit };
}

/** The first request is the poll's own. */
function answering(answer: FetchedResponse, fetcher: DryPollDeps['fetcher']): DryPollDeps['fetcher'] {
  let isAnswered = false;
  return {
    async fetch(request) {
      if (isAnswered) return fetcher.fetch(request);
      isAnswered = true;
      return { kind: 'fetched', response: { ...answer, movedTo: undefined } };
    },
  };
}

async function shownItems(
  entries: readonly ItemIndexEntry[],
  { source, record, known, store }: DryPoll,
  { config, feed, deps }: { config: Config; feed: MergedFeed; deps: DryPollDeps },
) {
  const prepared = await createItemPreparer(createItemReader(store), deps.work).prepare(entries);
  const clusters = entries.map((entry): Cluster => {
    const lead: Copy = { source, place: 0, firstAddress: record?.firstAddress ?? source.address, entry };
    const { firstSeenAt, publishedId } = entry;
    const { publishedAt } = datesOf(lead, firstSeenAt);
    return { lead, others: [], firstSeenAt, seenAt: firstSeenAt, publishedAt, publishedId };
  });
  return assembleEdition({ feed, config, clusters, prepared, known, retractions: [] });
}
