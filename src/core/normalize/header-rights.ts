// Rights in a response's headers: licences as links (RFC 8288, RFC 4946), RSL documents, the TDM reservation, X-Robots-Tag.
import type { SourceFeed } from '../../model/item.ts';
import type { RawRsl, RawUrl } from '../../model/raw-feed.ts';
import type { Rights } from '../../model/rights.ts';
import { linksInHeader } from './link-header.ts';
import { normalizeRights } from './normalize-rights.ts';
import { present } from './present.ts';
import { BaseResolver } from './urls.ts';

export type Headers = Readonly<Record<string, string>>;

/** Of the headers looked at here: a document whose bytes are the same says something else where one of them changes. */
export function rightsHeadersOf(headers: Headers | undefined): string {
  const said = ['link', 'tdm-policy', 'tdm-reservation', 'x-robots-tag'].flatMap((name) => {
    const value = headers?.[name];
    if (value === undefined) return [];
    // Other links change with every request on some servers.
    return name === 'link' ? linksIn(value).map(({ text }) => `link ${text}`) : [`${name} ${value}`];
  });
  return said.join('\n');
}

/** The feed with what the headers say of its rights; what stands in the document comes first. `url` is where it came from. */
export function withHeaderRights<Feed extends Pick<SourceFeed, 'rights'>>(
  feed: Feed,
  headers: Headers | undefined,
  url: string | undefined,
): Feed {
  if (headers === undefined || rightsHeadersOf(headers) === '') return feed;
  const { rights } = feed;
  const said = rightsIn(headers, url);
  const rsl = [...(rights.rsl ?? []), ...(said.rsl ?? [])];
  return {
    ...feed,
    rights: present<Rights>({
      ...rights,
      licenses: rights.licenses.length > 0 ? rights.licenses : said.licenses,
      rsl: rsl.length === 0 ? undefined : rsl,
      tdm: said.tdm ?? rights.tdm,
      robots: said.robots,
    }),
  };
}

function rightsIn(headers: Headers, url: string | undefined): Rights {
  const links = linksIn(headers['link'] ?? '');
  const reservation = headers['tdm-reservation'];
  const policy = headers['tdm-policy']?.trim();
  return normalizeRights(
    {
      licenses: links.filter((link) => !link.isRsl).map(({ href }): RawUrl => ({ href })),
      rsl: links
        .filter((link) => link.isRsl)
        .map(({ href }): RawRsl => ({ document: { href }, licenses: [] })),
      tdm:
        reservation === undefined
          ? undefined
          : { reservation, policy: policy === undefined ? undefined : { href: policy } },
      robots: headers['x-robots-tag'],
    },
    new BaseResolver(url),
  );
}

interface LicenseLink {
  readonly href: string;
  readonly isRsl: boolean;
  readonly text: string;
}

const LINKS_MAX = 20;

function linksIn(header: string): readonly LicenseLink[] {
  return linksInHeader(header)
    .filter(({ relations }) => relations.includes('license'))
    .slice(0, LINKS_MAX)
    .map(({ href, type, text }) => ({ href, text, isRsl: type?.startsWith('application/rsl+xml') === true }));
}
