// From a damaged feed to documents: whatever it says, every item of it stands in each of them once, and each is well-formed.
import { FeedMerger } from '../../../src/core/merge/feed-merger.ts';
import { sanitizeHtml } from '../../../src/core/sanitize/sanitize.ts';
import type { Edition } from '../../../src/model/edition.ts';
import { ReadError } from '../../../src/model/errors.ts';
import type { Html, SourceFeed } from '../../../src/model/item.ts';
import { assembleEdition, entriesOf } from '../../../src/pipeline/assemble-edition.ts';
import type { KnownSources } from '../../../src/pipeline/known-sources.ts';
import { nextSourceRecord } from '../../../src/pipeline/next-source-record.ts';
import { readDocument } from '../../../src/pipeline/read-document.ts';
import { renderEdition } from '../../../src/pipeline/render-edition.ts';
import { at } from '../../core/build-item.ts';
import { childrenOf, readWithFeedsmith, readXml } from '../../oracles/readers.ts';
import { buildConfig, buildFeed, fetched, sourceA } from '../../pipeline/rig.ts';
import { mutate, pick } from '../mutate.ts';
import { FEEDS, XML_TOKENS } from '../seeds.ts';
import { bytesOf, holds, type Input, type Target } from '../target.ts';

const NOW = at('2026-11-26T12:00:00Z');
const CONFIG = buildConfig([sourceA]);
const LIMIT = 500;

export const render: Target = {
  name: 'render',
  make: (random) => ({ body: mutate(pick(random, FEEDS), random, XML_TOKENS, pick(random, FEEDS)) }),
  async check({ body = '' }: Input) {
    const feed = await readDocument(bytesOf(body), { url: sourceA.feedUrl }).catch((error) => {
      if (error instanceof ReadError) return undefined;
      throw error;
    });
    if (feed === undefined) return;
    const edition = editionOf(feed);
    const { renditions, dropped } = await renderEdition(edition, new Map(), NOW);
    holds(dropped.length === 0, `no item is left out: ${JSON.stringify(dropped)}`);
    const text = (extension: string) =>
      Buffer.from(renditions.find(({ path }) => path.endsWith(extension))?.body ?? '').toString('utf8');
    const ids = edition.items.map(({ id }) => id);
    holds(new Set<string>(ids).size === ids.length, 'no id stands twice');
    const rss = childrenOf(childrenOf(readXml(text('.rss')), 'channel')[0], 'item');
    holds(rss.length === ids.length, `${rss.length} items in RSS, not ${ids.length}`);
    const atom = childrenOf(readXml(text('.atom')), 'entry');
    holds(atom.length === ids.length, `${atom.length} entries in Atom, not ${ids.length}`);
    const json = (JSON.parse(text('.json')) as { items: readonly { id: string }[] }).items;
    holds(json.map(({ id }) => id).join() === ids.join(), 'the same ids in JSON Feed');
    for (const extension of ['.rss', '.atom'])
      holds(
        readWithFeedsmith(text(extension)).length === ids.length,
        `as many for another reader of ${extension}`,
      );
  },
};

/** As the pipeline makes it, without a store and without processes. */
function editionOf(feed: SourceFeed): Edition {
  const outcome = fetched('');
  holds(outcome.kind === 'fetched', 'an answer');
  const { record, items } = nextSourceRecord({
    source: sourceA,
    known: undefined,
    revision: 0,
    response: outcome.response,
    feed,
    unconditional: true,
    firstAddress: () => sourceA.address,
    firstSeen: new Map(),
    tombstones: [],
    tdm: undefined,
    encodedHash: undefined,
    now: NOW,
  });
  const copies = record.items.map((entry) => ({
    source: sourceA,
    place: 0,
    firstAddress: record.firstAddress,
    sourceReadAt: record.firstReadAt,
    entry,
  }));
  const merger = new FeedMerger([]);
  for (const copy of copies) merger.put(copy);
  merger.settle();
  const { clusters } = merger.window({ limit: LIMIT, maxAgeMs: undefined }, NOW);
  const byHash = new Map(items.map(({ hash, item }) => [hash, item]));
  const prepared = new Map(
    entriesOf(clusters).flatMap(({ hash }) => {
      const found = byHash.get(hash);
      if (found === undefined) return [];
      const { content, summary, ...item } = found;
      return [[hash, { item, contentHtml: safe(content), summaryHtml: safe(summary) }] as const];
    }),
  );
  const known = { of: () => ({ kind: 'known', record }) } as unknown as KnownSources;
  const edition = assembleEdition({
    feed: buildFeed(),
    config: CONFIG,
    clusters,
    prepared,
    known,
    retractions: [],
  });
  holds(
    edition.items.length === record.items.length,
    `${record.items.length} items are known, all are published`,
  );
  return edition;
}

function safe(html: Html | undefined): string | undefined {
  return html && sanitizeHtml(html.html);
}
