// The configuration in force: what the file says, and with it the feeds of the lists that it names, as these were last read.
// Pure.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { isSourceAddress } from '../edge/config/addresses.ts';
import { expandFeeds } from '../edge/config/expand-feeds.ts';
import { sourceAddress } from '../edge/config/source-address.ts';
import { idOfAddress } from '../edge/config/source-ids.ts';
import type { Config, ConfiguredList, Source } from '../model/config.ts';
import { isConfigId, type SourceId, sourceId } from '../model/ids.ts';
import type { ListedSource, SourceList } from '../model/source-list.ts';
import { isFeedOfOurs } from './own-feed.ts';

/** What is known of a list. */
export interface ListState {
  /** As it was last read; undefined where it never was. */
  readonly list: SourceList | undefined;
  /** It was read, or tried, by this process or an earlier one. */
  readonly isTried: boolean;
}

/** Sources of all lists together; those beyond are left out. */
const LISTED_MAX = 20_000;

/**
 * A configured source goes before one of the same address in a list, an earlier list before a later. Ids of listed sources come from
 * their addresses, so that renaming and moving an entry changes nothing.
 */
export function configInForce(written: Config, states: ReadonlyMap<SourceId, ListState>): Config {
  const lists = written.lists ?? [];
  if (lists.length === 0) return written;
  const addresses = new Set(written.sources.map((source) => source.address));
  const listed = lists.map((list) => {
    const entries = states.get(list.source.id)?.list?.sources ?? [];
    return entries
      .flatMap((entry) => listedAddress(entry, list, written) ?? [])
      .filter(({ address }) => {
        const isNew = !addresses.has(address) && addresses.size < LISTED_MAX + written.sources.length;
        addresses.add(address);
        return isNew;
      });
  });
  const ids = idsOf(
    listed.flat().map(({ address }) => address),
    new Set(written.sources.map(({ id }) => id.toLowerCase())),
  );
  const sources = written.sources.flatMap((source, place) => [...ofLists(place), source]);
  function ofLists(place: number): readonly Source[] {
    return lists.flatMap((list, index) =>
      list.place === place ? (listed[index] ?? []).map((entry) => listedSource(entry, list, ids)) : [],
    );
  }
  const all = [...sources, ...ofLists(written.sources.length)];
  const expanded = written.feedEntries && expandFeeds(written.feedEntries, all);
  return {
    ...written,
    sources: all,
    feeds: expanded?.feeds ?? written.feeds,
    refusedFeeds: expanded?.refused.map(({ place, message }) => `feeds[${place}] ${message}`),
    awaitsLists: awaited(lists, states),
  };
}

function awaited(
  lists: readonly ConfiguredList[],
  states: ReadonlyMap<SourceId, ListState>,
): Config['awaitsLists'] {
  const enabled = lists.filter(({ source }) => source.enabled).map(({ source }) => states.get(source.id));
  if (enabled.some((state) => state?.isTried !== true)) return 'untried';
  return enabled.some((state) => state?.list === undefined) ? 'unread' : undefined;
}

interface Listed {
  readonly entry: ListedSource;
  readonly feedUrl: string;
  readonly address: string;
  readonly feedUrlIsSecret: boolean;
}

/** Undefined for what cannot be polled: a list from the network names no files, and nobody's list names our own feeds. */
function listedAddress(entry: ListedSource, { source }: ConfiguredList, config: Config): Listed | undefined {
  const isFile = source.feedUrl.startsWith('file:');
  const text = isFile ? entry.address : (URL.parse(entry.address, source.feedUrl)?.href ?? '');
  if (text === '' || isSourceAddress(text) !== undefined) return undefined;
  if (!isFile && !/^https?:/i.test(text)) return undefined;
  const found = sourceAddress(text, undefined, isFile ? fileURLToPath(source.feedUrl) : config.file);
  return isFeedOfOurs(found.feedUrl, config.server.publicUrl) ? undefined : { entry, ...found };
}

function listedSource(
  { entry, ...address }: Listed,
  { source: list }: ConfiguredList,
  ids: ReadonlyMap<string, SourceId>,
): Source {
  return {
    ...list,
    ...address,
    id: ids.get(address.address) ?? list.id,
    // What is the list's own is sent to nobody else.
    headers: {},
    secrets: [],
    publicUrl: undefined,
    name: entry.title,
    categories: [...new Set([...list.categories, ...entry.categories])],
  };
}

/** An address that says more than its id shows, or shares it with another, has a digest of it in its id. */
function idsOf(addresses: readonly string[], taken: ReadonlySet<string>): ReadonlyMap<string, SourceId> {
  const plain = new Map(addresses.map((address) => [address, plainId(address)]));
  const counts = new Map<string, number>();
  for (const id of plain.values()) counts.set(id, (counts.get(id) ?? 0) + 1);
  return new Map(
    [...plain].map(([address, id]) => {
      const isPlain = id !== '' && counts.get(id) === 1 && !taken.has(id) && !/[?#]/.test(address);
      return [address, sourceId(isPlain ? id : withDigest(id, address))];
    }),
  );
}

function plainId(address: string): string {
  const id = idOfAddress(address);
  return isConfigId(id) ? id : '';
}

function withDigest(id: string, address: string): string {
  const digest = createHash('sha256').update(address).digest('hex').slice(0, 10);
  return `${id.slice(0, 48).replace(/-$/, '') || 'source'}-${digest}`;
}
