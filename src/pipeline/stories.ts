// The stories that the store knows, as the operator names them: by published id, by the publisher's own id, by page.
import { canonicalUrl } from '../core/identify/canonical-url.ts';
import { keyByGuid } from '../core/identify/item-key.ts';
import { withPresentPages } from '../core/identify/present-pages.ts';
import { storiesOf } from '../core/merge/group.ts';
import type { Copy } from '../core/merge/order.ts';
import { publishedBefore } from '../core/merge/published-ids.ts';
import type { Store } from '../edge/store/store.ts';
import type { Config } from '../model/config.ts';
import { StoreError } from '../model/errors.ts';
import type { PublishedId } from '../model/ids.ts';
import type { EditionRecord } from '../model/records.ts';

/** One story with every copy of it, whatever feeds show. */
export interface Story {
  /** The leading copy first. */
  readonly copies: readonly [Copy, ...Copy[]];
  /** Under which it is or was published; that of the leading copy first. */
  readonly publishedIds: readonly PublishedId[];
}

const NEAR_MAX = 5;
/** Of an address, from its two ends on, that must be the same for it to be near another. */
const NEAR_SHARE = 0.75;
const SEGMENT_CHARS_MIN = 4;

/** Throws StoreError where the store does not answer for all that is configured: what is not known must not seem unknown. */
export async function readStories(store: Store, config: Config): Promise<readonly Story[]> {
  const { sources, feeds } = config;
  const answers = await store.readSources(sources.map((source) => source.id));
  const copies: Copy[] = [];
  for (const [place, source] of sources.entries()) {
    const answer = answers.get(source.id);
    if (answer?.kind === 'unavailable') throw answer.error;
    if (answer?.kind === 'unreadable')
      throw new StoreError(
        'store-unreadable',
        `what is known of ${source.id} cannot be read: ${answer.reason}`,
      );
    if (answer?.kind !== 'hit') continue;
    const { firstAddress, firstReadAt: sourceReadAt, items } = withPresentPages(answer.value);
    copies.push(...items.map((entry) => ({ source, place, firstAddress, sourceReadAt, entry })));
  }
  const editions: EditionRecord[] = [];
  for (const feed of feeds) {
    const answer = await store.readEdition(feed.id);
    if (answer.kind === 'unavailable') throw answer.error;
    if (answer.kind === 'hit') editions.push(answer.value);
  }
  return withIds(copies, editions);
}

function withIds(copies: readonly Copy[], editions: readonly EditionRecord[]): readonly Story[] {
  const published = editions.map(publishedBefore);
  return storiesOf(copies).map(({ lead, others }): Story => {
    const all = [lead, ...others] as const;
    const ids = all.flatMap(({ entry }) => published.map((ids) => ids.get(entry.hash)));
    const own = all.map(({ entry }) => entry.publishedId);
    return {
      copies: all,
      publishedIds: [...new Set([lead.entry.publishedId, ...ids, ...own])].filter((id) => id !== undefined),
    };
  });
}

/** Those of the first of published id, publisher's id and page that finds any: more than one where it does not tell them apart. */
export function findStories(name: string, stories: readonly Story[]): readonly Story[] {
  const key = keyByGuid(name);
  const page = canonicalUrl(name);
  const ways: readonly ((story: Story) => boolean)[] = [
    ({ publishedIds }) => publishedIds.includes(name as PublishedId),
    ({ copies }) =>
      copies.some(({ entry }) => entry.guidUri === name || entry.key === key || entry.aliasKey === key),
    ({ copies }) => page !== undefined && copies.some(({ entry }) => entry.canonicalUrl === page),
  ];
  for (const way of ways) {
    const found = stories.filter(way);
    if (found.length > 0) return found;
  }
  return [];
}

/** What may have been meant by a name that finds nothing; at most five. */
export function nearStories(name: string, stories: readonly Story[]): readonly Story[] {
  const wanted = comparable(name);
  if (wanted === '') return [];
  return stories
    .map((story) => ({
      story,
      share: Math.max(...namesOf(story).map((known) => nearness(wanted, comparable(known)))),
    }))
    .filter(({ share }) => share >= NEAR_SHARE)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, NEAR_MAX)
    .map(({ story }) => story);
}

function namesOf({ copies, publishedIds }: Story): readonly string[] {
  return [...publishedIds, ...copies.flatMap(({ entry }) => entry.canonicalUrl ?? [])];
}

function comparable(name: string): string {
  return (canonicalUrl(name) ?? name).toLowerCase().replace(/\/+$/, '').slice(0, 2048);
}

/** 1 for the same, for a part of the other, or for one last segment; else how much of the longer the common ends make up. */
function nearness(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length >= SEGMENT_CHARS_MIN && b.includes(a)) return 0.99;
  const segment = lastSegment(a);
  if (segment.length >= SEGMENT_CHARS_MIN && segment === lastSegment(b)) return 0.95;
  const longer = Math.max(a.length, b.length);
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return (start + end) / (longer + 1);
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
