// Rights in a response's headers: licences as links (RFC 8288, RFC 4946), RSL documents, the TDM reservation, X-Robots-Tag.
import type { SourceFeed } from '../../model/item.ts';
import type { RawRsl, RawUrl } from '../../model/raw-feed.ts';
import type { Rights } from '../../model/rights.ts';
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

const HEADER_CHARS_MAX = 8192;
const LINKS_MAX = 20;
/** RFC 8288, section 3: a target, then parameters whose values are tokens or quoted; a comma parts two links. */
const LINK = /<([^<>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+(?:\s*=\s*(?:"[^"\\]*(?:\\.[^"\\]*)*"|[^\s;,"]+))?)*)/g;
const PARAMETER = /;\s*([\w!#$&+.^`|~*-]+)\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/g;

function linksIn(header: string): readonly LicenseLink[] {
  const found: LicenseLink[] = [];
  for (const [text, target = '', tail = ''] of header.slice(0, HEADER_CHARS_MAX).matchAll(LINK)) {
    const parameters = new Map<string, string>();
    for (const [, name = '', quoted, plain] of tail.matchAll(PARAMETER)) {
      const lower = name.toLowerCase();
      if (!parameters.has(lower)) parameters.set(lower, quoted ?? plain ?? '');
    }
    const relations = (parameters.get('rel') ?? '').toLowerCase().split(/\s+/);
    // With an anchor the link is about something else.
    if (!relations.includes('license') || parameters.has('anchor') || found.length >= LINKS_MAX) continue;
    const isRsl = parameters.get('type')?.trim().toLowerCase().startsWith('application/rsl+xml') === true;
    found.push({ href: target.trim(), isRsl, text });
  }
  return found;
}
