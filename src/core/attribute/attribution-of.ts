// Provenance as data: whose work an item is and which way it came (RFC 4287, section 4.2).
import { isAbsoluteUri } from '../../model/absolute-uri.ts';
import type { Source } from '../../model/config.ts';
import type { AlsoPublished, AttributedSource, Attribution, NamedLink } from '../../model/edition.ts';
import type { FeedDescription, Item, Person, ReceivedSource } from '../../model/item.ts';
import { mintedSourceId } from '../../model/minted-id.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { type IsPublishable, publishableFor } from './publishable-url.ts';
import { licensesOf, rightsOf, type TdmOfAddress, termsOf } from './rights-of.ts';
import { NO_IDENTITIES, type SourceIdentities } from './source-identities.ts';

export interface AttributionInput {
  readonly item: Item;
  /** The source that was polled. */
  readonly source: Source;
  /** What its document says of itself; undefined where none was read yet. */
  readonly feed: FeedDescription | undefined;
  /** The same story at other sources. */
  readonly also: readonly AlsoPublished[];
  /** The date of a source that states none: the item's own, so that the same item gives the same bytes. */
  readonly updatedAt: Timestamp;
  /** What the file of the source's origin reserves (TDM Reservation Protocol). */
  readonly tdmOfAddress?: TdmOfAddress | undefined;
  /** How the sources of the feed are told apart. */
  readonly identities?: SourceIdentities | undefined;
}

const HOPS_MAX = 16;

/**
 * Says for an item its source, authors, rights and the hops it came by. A received source stands in place of the polled
 * one, which is then the last hop. Nothing here is taken from the merged feed, and no secret address gets in.
 */
export function attributionOf(input: AttributionInput): Attribution {
  const { item, source, feed } = input;
  const isPublishable = publishableFor(source);
  const polled = polledSource(input, isPublishable);
  const received = receivedSource(item.source, input, polled, isPublishable);
  const attributed = received ?? polled;
  return {
    sourceId: source.id,
    sourceName: nameInNotes(source, polled.title, input.identities),
    source: attributed,
    sourceIsReceived: received !== undefined,
    via: viaOf(item, received === undefined ? undefined : polled, isPublishable),
    also: input.also.filter((other) => isPublishable(other.url)),
    authors: authorsOf(item, received === undefined ? feed?.authors : undefined, attributed.title),
    contributors: item.contributors.filter(isSomebody),
    publisher: polled.title,
    rights: rightsOf(item, feed, source, received !== undefined),
    licenses: licensesOf(item, feed, source, received !== undefined).filter(isPublishable),
    terms: termsOf(item, feed, source, input.tdmOfAddress),
  };
}

/** The name and addresses of a source for our pages and notes; `url` is the one to link to. Undefined where none may be published. */
export function publicSource(
  source: Source,
  feed: FeedDescription | undefined,
  identities?: SourceIdentities,
): { title: string; url: string | undefined; feedUrl: string | undefined; siteUrl: string | undefined } {
  const isPublishable = publishableFor(source);
  const feedUrl = publicFeedUrl(source, feed, isPublishable);
  const siteUrl = publishable(feed?.siteUrl, isPublishable);
  return {
    title: nameInNotes(source, polledTitle(source, feed, isPublishable), identities),
    url: feedUrl ?? siteUrl,
    feedUrl,
    siteUrl,
  };
}

function nameInNotes(source: Source, title: string, identities = NO_IDENTITIES): string {
  const host = identities.hosts.get(source.id);
  const name = source.name ?? title;
  return host === undefined ? name : `${name} (${host})`;
}

function polledSource(
  { source, feed, updatedAt, identities = NO_IDENTITIES }: AttributionInput,
  isPublishable: IsPublishable,
): AttributedSource {
  const feedUrl = publicFeedUrl(source, feed, isPublishable);
  return {
    title: polledTitle(source, feed, isPublishable),
    id:
      (identities.withoutId.has(source.id) ? undefined : publicId(feed?.id, isPublishable)) ??
      feedUrl ??
      mintedSourceId(source.address),
    feedUrl,
    siteUrl: publishable(feed?.siteUrl, isPublishable),
    iconUrl: publishable(feed?.iconUrl, isPublishable),
    updatedAt: feed?.updatedAt ?? updatedAt,
    authors: feed?.authors.filter(isSomebody) ?? [],
    contributors: feed?.contributors.filter(isSomebody) ?? [],
    categories: feed?.categories ?? [],
    rights: feed?.rights.text,
    licenses: feed?.rights.licenses.filter(isPublishable) ?? [],
  };
}

/** The received source where it is another than the polled one: some feeds repeat themselves in their items. */
function receivedSource(
  received: ReceivedSource | undefined,
  { source, feed, updatedAt }: AttributionInput,
  polled: AttributedSource,
  isPublishable: IsPublishable,
): AttributedSource | undefined {
  if (received === undefined || isSameSource(received, polled, [source.feedUrl, feed?.selfUrl]))
    return undefined;
  const feedUrl = publishable(received.feedUrl, isPublishable);
  const siteUrl = publishable(received.siteUrl, isPublishable);
  const id = publicId(received.id, isPublishable) ?? feedUrl ?? siteUrl;
  const title = nonEmpty(received.title) ?? hostOf(feedUrl ?? siteUrl ?? '');
  if (title === undefined) return undefined;
  return {
    title,
    id: id ?? mintedSourceId(`${polled.id} ${title}`),
    feedUrl,
    siteUrl,
    iconUrl: publishable(received.iconUrl, isPublishable),
    updatedAt: received.updatedAt ?? updatedAt,
    authors: received.authors.filter(isSomebody),
    contributors: received.contributors.filter(isSomebody),
    categories: received.categories,
    rights: received.rights.text,
    licenses: received.rights.licenses.filter(isPublishable),
  };
}

function isSameSource(
  { id, feedUrl, title }: ReceivedSource,
  polled: AttributedSource,
  addresses: readonly (string | undefined)[],
): boolean {
  if (id !== undefined && id === polled.id) return true;
  if (feedUrl !== undefined) return feedUrl === polled.feedUrl || addresses.includes(feedUrl);
  return id === undefined && title === polled.title;
}

/** The hops that are named already, in their order, then the polled source where the item was received from another. */
function viaOf(
  item: Item,
  polled: AttributedSource | undefined,
  isPublishable: IsPublishable,
): readonly NamedLink[] {
  const hops = new Map<string, NamedLink>();
  for (const link of item.links) {
    if (link.rel !== 'via' || hops.size >= HOPS_MAX || hops.has(link.url) || !isPublishable(link.url))
      continue;
    hops.set(link.url, { title: nonEmpty(link.title) ?? hostOf(link.url) ?? link.url, url: link.url });
  }
  const url = polled?.feedUrl ?? polled?.siteUrl;
  if (polled !== undefined && url !== undefined && !hops.has(url))
    hops.set(url, { title: polled.title, url });
  return [...hops.values()];
}

/**
 * RFC 4287, section 4.2.1, but for a received item: the authors of the feed that passed it on would stand there as the authors
 * of another's work, so what it was received from stands for them.
 */
function authorsOf(
  item: Pick<Item, 'authors' | 'source'>,
  feedOnes: readonly Person[] | undefined,
  sourceTitle: string,
): readonly Person[] {
  for (const candidates of [item.authors, item.source?.authors ?? [], feedOnes ?? []]) {
    const people = candidates.filter(isSomebody);
    if (people.length > 0) return people;
  }
  return [{ name: sourceTitle }];
}

function isSomebody({ name, email, uri }: Person): boolean {
  return [name, email, uri].some((part) => nonEmpty(part) !== undefined);
}

function polledTitle(
  source: Source,
  feed: FeedDescription | undefined,
  isPublishable: IsPublishable,
): string {
  const url = publicFeedUrl(source, feed, isPublishable) ?? feed?.siteUrl ?? '';
  return nonEmpty(feed?.title) ?? nonEmpty(source.name) ?? hostOf(url) ?? source.id;
}

/** Configured, else as polled; a file or a secret address is never published, nor what a feed makes of its secret address. */
function publicFeedUrl(
  source: Source,
  feed: FeedDescription | undefined,
  isPublishable: IsPublishable,
): string | undefined {
  if (source.publicUrl !== undefined) return source.publicUrl;
  if (source.feedUrlIsSecret) return undefined;
  return (
    publishable(feed?.foundUrl ?? source.feedUrl, isPublishable) ?? publishable(feed?.selfUrl, isPublishable)
  );
}

function publicId(id: string | undefined, isPublishable: IsPublishable): string | undefined {
  if (id === undefined || !isAbsoluteUri(id)) return undefined;
  return /^https?:/i.test(id) ? publishable(id, isPublishable) : id;
}

function publishable(url: string | undefined, isPublishable: IsPublishable): string | undefined {
  return url !== undefined && isPublishable(url) ? url : undefined;
}

function hostOf(url: string): string | undefined {
  return nonEmpty(URL.parse(url)?.hostname);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
