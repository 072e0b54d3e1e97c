// What is explained, held against what was published and what is known: every item once, those in the feed exactly those of
// the edition, and of each other one a reason that is true.
import assert from 'node:assert/strict';
import type { Store } from '../../src/edge/store/store.ts';
import type { Config, MergedFeed } from '../../src/model/config.ts';
import type { EditionRecord } from '../../src/model/edition-record.ts';
import { assertNever } from '../../src/model/errors.ts';
import type { ItemIndexEntry } from '../../src/model/item-index.ts';
import { msFromTimestamp } from '../../src/model/timestamp.ts';
import { explainFeed } from '../../src/pipeline/explain-feed.ts';
import type { ItemExplanation, ItemVerdict } from '../../src/pipeline/explanation.ts';

/** How often each kind of reason was told. */
export type ToldReasons = Map<string, number>;

export async function agreesWithEdition(
  store: Store,
  config: Config,
  feed: MergedFeed,
  nowMs: number,
  told: ToldReasons,
): Promise<void> {
  const { items } = await explainFeed(store, config, feed, nowMs);
  const edition = await store.readEdition(feed.id);
  assert.equal(edition.kind, 'hit');
  if (edition.kind === 'hit') sameItems(items, edition.value, feed);
  const entries = await entriesOf(store, config);
  sameHashes(items, entries);
  for (const item of items) {
    told.set(item.verdict.kind, (told.get(item.verdict.kind) ?? 0) + 1);
    isTrue(item, { items, entry: entries.get(item.hash), feed, nowMs });
  }
}

/** Ids, order, who leads, who else has it. */
function sameItems(items: readonly ItemExplanation[], edition: EditionRecord, feed: MergedFeed): void {
  const lost = new Set(items.filter(({ verdict }) => verdict.kind === 'text-lost').map(({ hash }) => hash));
  const explained = items.flatMap(({ publishedId, hash, verdict }) =>
    verdict.kind === 'in' ? [[publishedId, hash, ...verdict.also.map((copy) => copy.hash)]] : [],
  );
  const published = edition.items.map(({ publishedId, members }) => [
    publishedId,
    ...members.map(({ hash }) => hash).filter((hash) => !lost.has(hash)),
  ]);
  assert.deepEqual(explained, published, `${feed.id}: explained as in, and published`);
  const places = items.flatMap(({ verdict }) => (verdict.kind === 'in' ? [verdict.place] : []));
  assert.deepEqual(
    places,
    places.map((_, place) => place + 1),
    'places from 1 on',
  );
}

async function entriesOf(store: Store, config: Config): Promise<ReadonlyMap<string, ItemIndexEntry>> {
  const records = await store.readSources(config.sources.map(({ id }) => id));
  const entries = [...records.values()].flatMap((answer) =>
    answer.kind === 'hit' ? answer.value.items : [],
  );
  return new Map(entries.map((entry) => [entry.hash, entry]));
}

/** Everything known once; beside it only what the edition alone remembers. */
function sameHashes(items: readonly ItemExplanation[], entries: ReadonlyMap<string, ItemIndexEntry>): void {
  const hashes = items.map(({ hash }) => hash);
  assert.equal(new Set(hashes).size, hashes.length, 'every item is explained once');
  const isRemembered = ({ verdict: { kind } }: ItemExplanation) => kind === 'awaited' || kind === 'forgotten';
  const known = items.filter((item) => !isRemembered(item)).map(({ hash }) => hash);
  assert.deepEqual(known.toSorted(), [...entries.keys()].toSorted(), 'every known item is explained');
}

interface Around {
  readonly items: readonly ItemExplanation[];
  readonly entry: ItemIndexEntry | undefined;
  readonly feed: MergedFeed;
  readonly nowMs: number;
}

/** The reason holds by what can be seen from outside. */
function isTrue(item: ItemExplanation, { items, entry, feed, nowMs }: Around): void {
  const { verdict, dates, sourceId, title = '' } = item;
  const message = `${feed.id}: ${JSON.stringify(item)}`;
  const shown = dates?.shown ?? '';
  /** Stories that no bound of a source or of age keeps out. */
  const within = items.filter(({ verdict: { kind } }) =>
    ['in', 'limit', 'fairShare', 'text-lost'].includes(kind),
  );
  const newer = within.filter(({ dates }) => (dates?.shown ?? '') >= shown);
  const ofSource = newer.filter((other) => other.sourceId === sourceId);
  switch (verdict.kind) {
    case 'in':
    case 'text-lost':
      break;
    case 'duplicate':
      assert.equal(leadOf(item, verdict, items)?.verdict.kind, verdict.lead, message);
      break;
    case 'limit':
      assert.ok(within.filter(isShownOrLost).length >= feed.limit, message);
      break;
    case 'fairShare':
      assert.ok(
        items.some((other) => other.verdict.kind === 'in' && other.sourceId !== sourceId) &&
          within.filter(isShownOrLost).length >= feed.limit,
        message,
      );
      break;
    case 'perSource':
      assert.ok(ofSource.length >= (feed.perSource?.limit ?? Number.POSITIVE_INFINITY), message);
      break;
    case 'perDay': {
      const sameDay = ofSource.filter(({ dates }) => dates?.shown.slice(0, 10) === verdict.day);
      assert.equal(shown.slice(0, 10), verdict.day, message);
      assert.ok(sameDay.length >= (feed.perSource?.perDay ?? Number.POSITIVE_INFINITY), message);
      break;
    }
    case 'maxAge':
      assert.ok(msFromTimestamp(dates?.shown ?? verdict.oldestAt) < nowMs - verdict.maxAgeMs, message);
      break;
    case 'filtered': {
      const has = (text: string) => title.toLowerCase().includes(text);
      const { verdict: of } = verdict;
      assert.notEqual(of.kind, 'passes', message);
      if (of.kind === 'excluded' && of.rule.kind === 'words') assert.ok(has(of.rule.text), message);
      if (of.kind === 'not-included')
        assert.ok(!of.rules.some((rule) => rule.kind === 'words' && has(rule.text)), message);
      break;
    }
    case 'withdrawn':
      assert.ok(entry?.withdrawn !== undefined, message);
      break;
    case 'retracted':
      assert.ok(msFromTimestamp(verdict.when) <= nowMs, message);
      break;
    case 'awaited':
    case 'forgotten':
      assert.equal(entry, undefined, message);
      break;
    case 'held-back':
    case 'output-gate':
    case 'document-bound':
    case 'source-disabled':
    case 'not-of-feed':
    case 'source-left':
      assert.fail(message);
      break;
    default:
      assertNever(verdict);
  }
}

const isShownOrLost = ({ verdict: { kind } }: ItemExplanation) => kind === 'in' || kind === 'text-lost';

function leadOf(
  item: ItemExplanation,
  { of, ofSource }: Extract<ItemVerdict, { readonly kind: 'duplicate' }>,
  items: readonly ItemExplanation[],
): ItemExplanation | undefined {
  return items.find(
    ({ publishedId, sourceId, hash, verdict }) =>
      publishedId === of && sourceId === ofSource && hash !== item.hash && verdict.kind !== 'duplicate',
  );
}
