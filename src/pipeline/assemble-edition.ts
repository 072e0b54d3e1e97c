// From clusters and prepared items to what the writers write: credit, note, title, dates. Pure.
import { attributionOf, publicSource } from '../core/attribute/attribution-of.ts';
import { noteFor } from '../core/attribute/note-for.ts';
import { secretsRemoverFor } from '../core/attribute/publishable-url.ts';
import { declaredRightsOf } from '../core/attribute/rights-of.ts';
import { showOf } from '../core/attribute/show-of.ts';
import { identitiesOf, type SourceIdentities } from '../core/attribute/source-identities.ts';
import { tdmOfAddress } from '../core/attribute/tdm-of-address.ts';
import { isUnlisted } from '../core/attribute/unlisted.ts';
import { shownCategories } from '../core/filter/map-categories.ts';
import { datesOf } from '../core/merge/group.ts';
import type { Cluster } from '../core/merge/merged.ts';
import type { Copy } from '../core/merge/order.ts';
import { selectSources } from '../core/merge/select-sources.ts';
import type { Config, MergedFeed, Source } from '../model/config.ts';
import type { AlsoPublished, Edition, EditionItem, Retraction } from '../model/edition.ts';
import type { ItemHash } from '../model/ids.ts';
import type { Category } from '../model/item.ts';
import type { ItemIndexEntry } from '../model/item-index.ts';
import type { OriginTdm } from '../model/rights.ts';
import type { SourceDescription } from '../model/source-record.ts';
import { later, type Timestamp, timestampOfClock } from '../model/timestamp.ts';
import { GENERATOR } from '../model/version.ts';
import type { KnownSources } from './known-sources.ts';
import type { PreparedItem } from './prepare-items.ts';
import { publishableItem, withoutNoteOfOurs, withoutSecrets } from './publishable-item.ts';
import { shownOf } from './shown-item.ts';

export interface AssembleInput {
  readonly feed: MergedFeed;
  readonly config: Config;
  readonly clusters: readonly Cluster[];
  /** Of leads and others; a cluster whose lead is missing is led by the first that is there. */
  readonly prepared: ReadonlyMap<ItemHash, PreparedItem>;
  readonly known: Pick<KnownSources, 'of'>;
  readonly retractions: readonly Retraction[];
}

/** A feed without items has no date of its own. */
const NO_ITEMS_AT: Timestamp = timestampOfClock(0);

export function assembleEdition(input: AssembleInput): Edition {
  const { feed, config, known, retractions } = input;
  const described = selectSources(feed, config.sources).map((source) => {
    const state = known.of(source.id);
    return { source, feed: state.kind === 'known' ? state.record.feed : undefined };
  });
  const identities = identitiesOf(described);
  const items = input.clusters.flatMap((cluster) => assembleItem(cluster, { ...input, identities }) ?? []);
  return {
    feedId: feed.id,
    title: feed.title,
    description: feed.description,
    language: feed.language,
    timezone: feed.attribution.timezone === 'UTC' ? undefined : feed.attribution.timezone,
    imageUrl: feed.imageUrl,
    author: feed.author,
    publicUrl: config.server.publicUrl,
    updatedAt: [
      ...items.map((item) => later(item.publishedAt, item.updatedAt)),
      ...retractions.map((retraction) => retraction.learntAt),
    ].reduce(later, NO_ITEMS_AT),
    generator: GENERATOR,
    hubs: feed.hubs,
    noindex: feed.noindex || undefined,
    isPrivate: feed.access === undefined ? undefined : true,
    items,
    retractions,
  };
}

/** Index entries of all copies: what must be prepared. */
export function entriesOf(clusters: readonly Cluster[]): readonly ItemIndexEntry[] {
  return clusters.flatMap(({ lead, others }) => [lead, ...others].map((copy) => copy.entry));
}

/** Those whose texts are there, the one that leads first. */
export function readableCopies<T>(
  { lead, others }: Cluster,
  prepared: ReadonlyMap<ItemHash, T>,
): readonly Copy[] {
  return [lead, ...others].filter((copy) => prepared.has(copy.entry.hash));
}

interface ItemInput extends AssembleInput {
  readonly identities: SourceIdentities;
}

function assembleItem(cluster: Cluster, input: ItemInput): EditionItem | undefined {
  const [lead, ...others] = readableCopies(cluster, input.prepared);
  const found = lead === undefined ? undefined : input.prepared.get(lead.entry.hash);
  if (lead === undefined || found === undefined) return undefined;
  const { source } = lead;
  const prepared = publishableItem(found, source);
  const { item } = prepared;
  const { feed } = input;
  const description = descriptionOf(lead, input);
  const tdm = tdmOf(lead, input);
  const { publishedAt, updatedAt } = datesOf(lead, cluster.firstSeenAt);
  const attribution = attributionOf({
    item,
    source,
    feed: description,
    identities: input.identities,
    also: others.flatMap((other) => alsoOf(other, lead, input)),
    updatedAt: publishedAt,
    tdmOfAddress: (url) => tdmOfAddress(tdm, url),
  });
  const decision = showOf({
    content: source.content,
    show: feed.show,
    rights: declaredRightsOf(item, description, source, {
      isReceived: attribution.sourceIsReceived,
      terms: attribution.terms ?? {},
    }),
  });
  const language = item.language ?? description?.language;
  const show = (some: PreparedItem) =>
    shownOf(some, decision.shown, { excerptChars: source.excerptChars, language });
  const categories = shownCategories(show(prepared).categories, source, feed);
  const subject = { title: item.title, permalink: item.permalink, publishedAt, updatedAt, categories };
  const note = noteFor(attribution, subject, { ...feed.attribution, ...source.attribution });
  const shown = show(withoutNoteOfOurs(prepared, note.html));
  return {
    id: cluster.publishedId,
    guid: item.guid,
    idIsPermalink: item.guidIsPermalink && item.guid === cluster.publishedId && item.guid === item.permalink,
    permalink: item.permalink,
    title: formatTitle(feed.titleFormat, item.title, attribution.sourceName),
    contentHtml: shown.contentHtml,
    // Once more: what tags parted in the HTML stands together in its text.
    summary: removeSecrets(source, shown.summary),
    publishedAt,
    updatedAt,
    categories,
    givenCategories: givenCategories(shown.categories, categories),
    enclosures: shown.enclosures,
    links: shown.links,
    language,
    commentsUrl: shown.commentsUrl,
    imageUrl: shown.imageUrl,
    extensions: shown.extensions,
    noindex: isUnlisted([item.rights, item.source?.rights, description?.rights]) || undefined,
    attribution,
    shown: decision,
    note,
  };
}

function descriptionOf({ source }: Copy, { known }: AssembleInput): SourceDescription | undefined {
  const state = known.of(source.id);
  return state.kind === 'known' ? withoutSecrets(state.record.feed, source) : undefined;
}

function tdmOf({ source }: Copy, { known }: AssembleInput): OriginTdm | undefined {
  const state = known.of(source.id);
  return state.kind === 'known' ? withoutSecrets(state.record.tdm, source) : undefined;
}

/** A copy at another source: its own page where it has one, else that source (a copy may link to the lead's page). */
function alsoOf(copy: Copy, lead: Copy, input: ItemInput): readonly AlsoPublished[] {
  const prepared = input.prepared.get(copy.entry.hash);
  const item = prepared && publishableItem(prepared, copy.source).item;
  const { title, url: sourceUrl } = publicSource(copy.source, descriptionOf(copy, input), input.identities);
  const hasOwnPage = copy.entry.canonicalUrl !== lead.entry.canonicalUrl;
  const url = hasOwnPage ? (item?.permalink ?? sourceUrl) : (sourceUrl ?? item?.permalink);
  if (url === undefined) return [];
  return [{ title, url, authors: item?.authors.flatMap((author) => author.name ?? []) ?? [] }];
}

/** What its publisher called them, where our feed does not say it. */
function givenCategories(
  given: readonly Category[],
  shown: readonly Category[],
): readonly string[] | undefined {
  const names = new Set(shown.map(({ term }) => term.toLowerCase()));
  const isChanged = given.some(({ term }) => !names.has(term.toLowerCase()));
  return isChanged ? given.map(({ term }) => term) : undefined;
}

/** An item without a title keeps none: a format of ours says nothing of it. */
function formatTitle(format: string, title: string, source: string): string {
  if (title === '') return '';
  return format.replace(/\{(title|source)\}/g, (_placeholder, name) => (name === 'title' ? title : source));
}

function removeSecrets(source: Source, text: string | undefined): string | undefined {
  return text === undefined ? undefined : secretsRemoverFor(source)(text);
}
