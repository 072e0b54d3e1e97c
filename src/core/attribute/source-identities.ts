// What each of several sources is called, so that none passes for another: a feed may give itself any title and any id.
import type { Source } from '../../model/config.ts';
import type { SourceId } from '../../model/ids.ts';
import type { FeedDescription } from '../../model/item.ts';
import { authorityOfId, isSameSite, siteHost } from '../../model/same-site.ts';

export interface DescribedSource {
  readonly source: Source;
  /** What its document says of itself; undefined where none was read yet. */
  readonly feed: FeedDescription | undefined;
}

export interface SourceIdentities {
  /** What stands behind its name, as another one has that name too. */
  readonly hosts: ReadonlyMap<SourceId, string>;
  /** Those whose feed id is another's. */
  readonly withoutId: ReadonlySet<SourceId>;
}

export const NO_IDENTITIES: SourceIdentities = { hosts: new Map(), withoutId: new Set() };

/**
 * Of several sites that go by one name, one keeps it as it is: which the operator named, else the one whose site is where its
 * feed is, if no other of them has a site of its own, else the first of the configuration, so that nobody's name changes for
 * what comes after it. The others have their host beside it, but for what the operator named. Of several that claim one
 * feed id, the site that it names keeps it, else the first of the configuration.
 */
export function identitiesOf(sources: readonly DescribedSource[]): SourceIdentities {
  const hosts = new Map<SourceId, string>();
  for (const group of groupsBy(sources, ({ source, feed }) => folded(source.name ?? feed?.title ?? ''))) {
    const home = hostOf(holderOfName(group).source);
    for (const { source } of group) {
      if (source.name === undefined && !isSameSite(hostOf(source), home))
        hosts.set(source.id, publicHostOf(source));
    }
  }
  const withoutId = new Set<SourceId>();
  for (const group of groupsBy(sources, ({ feed }) => feed?.id ?? '')) {
    const isNamed = ({ source, feed }: DescribedSource) =>
      isSameSite(authorityOfId(feed?.id ?? ''), hostOf(source));
    const holder = group.find(isNamed) ?? group[0];
    for (const { source } of group)
      if (!isSameSite(hostOf(source), hostOf(holder.source))) withoutId.add(source.id);
  }
  return { hosts, withoutId };
}

type Group = readonly [DescribedSource, ...DescribedSource[]];

function holderOfName(group: Group): DescribedSource {
  const named = group.find(({ source }) => source.name !== undefined);
  const home = group.find(isAtItsSite);
  const isHeld = home !== undefined && group.every((one) => claimsNoOtherSite(one, home));
  return named ?? (isHeld ? home : group[0]);
}

/** Those of two and more. */
function groupsBy(
  sources: readonly DescribedSource[],
  nameOf: (source: DescribedSource) => string,
): readonly Group[] {
  const groups = new Map<string, [DescribedSource, ...DescribedSource[]]>();
  for (const source of sources) {
    const name = nameOf(source);
    const group = groups.get(name);
    if (group !== undefined) group.push(source);
    else if (name !== '') groups.set(name, [source]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function isAtItsSite({ source, feed }: DescribedSource): boolean {
  return feed?.siteUrl !== undefined && isSameSite(siteHost(feed.siteUrl), hostOf(source));
}

function claimsNoOtherSite({ source, feed }: DescribedSource, holder: DescribedSource): boolean {
  if (source.name !== undefined || feed?.siteUrl === undefined) return true;
  return isSameSite(siteHost(feed.siteUrl), hostOf(holder.source));
}

/** Where the operator says that it is: what a document says of itself proves nothing. */
function hostOf(source: Source): string | undefined {
  return siteHost(source.feedUrl) ?? siteHost(source.publicUrl ?? '') ?? `${source.id}`;
}

function publicHostOf(source: Source): string {
  const address = source.publicUrl ?? (source.feedUrlIsSecret ? '' : source.feedUrl);
  return siteHost(address) ?? source.id;
}

/** As it looks: case, width, white space and what is not seen aside. */
function folded(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}
