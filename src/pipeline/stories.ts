// The stories that the store knows, as the operator names them: by published id, by the publisher's own id, by page.
import { canonicalUrl } from '../core/identify/canonical-url.ts';
import { keyByGuid } from '../core/identify/item-key.ts';
import { withPresentPages } from '../core/identify/present-pages.ts';
import { type Group, storiesOf } from '../core/merge/group.ts';
import type { Copy } from '../core/merge/order.ts';
import { publishedBefore } from '../core/merge/published-ids.ts';
import type { Store } from '../edge/store/store.ts';
import type { Config } from '../model/config.ts';
import type { EditionRecord } from '../model/edition-record.ts';
import { StoreError } from '../model/errors.ts';
import type { FeedId, PublishedId } from '../model/ids.ts';

/** One story with every copy of it, whatever feeds show. */
export interface Story {
  /** The leading copy first. */
  readonly copies: readonly [Copy, ...Copy[]];
  /** Under which it is or was published; that of the leading copy first. */
  readonly publishedIds: readonly PublishedId[];
}

const NEAR_MAX = 5;
const WITH_PART_MAX = 10;
/** Of an address, from its two ends on, that must be the same for it to be near another. */
const NEAR_SHARE = 0.75;
const SEGMENT_CHARS_MIN = 4;

/**
 * Copies are one story as every feed sees it, by id and page, and as `feedId`, else any feed, published it last: there texts may
 * have told too. Throws StoreError where the store does not answer for all that is configured: what is not known must not seem unknown.
 */
export async function readStories(
  store: Store,
  config: Config,
  feedId?: FeedId | undefined,
): Promise<readonly Story[]> {
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
  const joining = editions.filter((edition) => feedId === undefined || edition.feedId === feedId);
  return withIds(joinedAsPublished(storiesOf(copies), joining), editions);
}

type Copies = Story['copies'];

/** Groups that were published as one item are one; the first of its copies leads. */
function joinedAsPublished(
  groups: readonly Pick<Group, 'lead' | 'others'>[],
  editions: readonly EditionRecord[],
): readonly Copies[] {
  const stories = new Map<string, Copies>();
  for (const { lead, others } of groups) {
    const copies: Copies = [lead, ...others];
    for (const { entry } of copies) stories.set(entry.hash, copies);
  }
  for (const { members } of editions.flatMap((edition) => edition.items)) {
    const parts = [...new Set(members.map(({ hash }) => stories.get(hash)))].filter(
      (part) => part !== undefined,
    );
    const [first, ...rest] = parts;
    if (first === undefined || rest.length === 0) continue;
    const whole: Copies = [first[0], ...first.slice(1), ...rest.flat()];
    for (const { entry } of whole) stories.set(entry.hash, whole);
  }
  return [...new Set(stories.values())];
}

function withIds(stories: readonly Copies[], editions: readonly EditionRecord[]): readonly Story[] {
  const published = editions.map(publishedBefore);
  return stories.map((all): Story => {
    const [lead] = all;
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

/** Those of which an id or a page has a part of so many characters at least; at most ten. */
export function storiesWithPart(part: string, stories: readonly Story[]): readonly Story[] {
  const wanted = comparable(part);
  if (wanted.length < SEGMENT_CHARS_MIN) return [];
  const found = stories.filter((story) => namesOf(story).some((name) => comparable(name).includes(wanted)));
  return found.slice(0, WITH_PART_MAX);
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
