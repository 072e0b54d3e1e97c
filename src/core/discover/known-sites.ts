// Where known sites and known programs have their feeds: a table. Pure.
import type { Page } from '../../model/page.ts';
import { SITES, type SiteRule } from './sites.ts';

export interface SiteFeed {
  readonly url: string;
  /** As in `YouTube`. */
  readonly site: string;
}

/** A longer one is no page of theirs. */
const PATH_CHARS_MAX = 512;

/** Of the page, by its address and by what it says it is made with; the closest to the page first. */
export function siteFeeds(page: Page): readonly SiteFeed[] {
  const url = URL.parse(page.url);
  if (url === null || url.pathname.length + url.search.length > PATH_CHARS_MAX) return [];
  return SITES.flatMap((rule) => feedsBy(rule, url, page));
}

function feedsBy(rule: SiteRule, url: URL, page: Page): readonly SiteFeed[] {
  if (!isOf(rule, url, page)) return [];
  for (const { path, id, feeds } of rule.pages) {
    const found = path.exec(`${url.pathname}${url.search}`);
    const value = id === undefined ? '' : idIn(page, id);
    if (found === null || value === undefined) continue;
    const parts: Readonly<Record<string, string>> = {
      ...found.groups,
      id: value,
      origin: url.origin,
      host: url.hostname,
    };
    return feeds.flatMap((feed) => filled(feed, parts, rule.site));
  }
  return [];
}

function isOf({ hosts, madeWith, declares }: SiteRule, { hostname }: URL, page: Page): boolean {
  const host = hostname.replace(/^www\./, '');
  if (hosts?.some((each) => host === each || host.endsWith(`.${each}`))) return true;
  if (declares !== undefined && page.alternates.some(({ type }) => type === declares)) return true;
  const said = ['generator', 'og:site_name', 'application-name', 'og:platform', 'keywords'];
  return madeWith !== undefined && said.some((name) => madeWith.test(page.metas.get(name) ?? ''));
}

/** What stands in the page, not in its address. The pattern's first group is it. */
function idIn(
  { metas, canonicalUrl, html }: Page,
  { names, pattern, text }: NonNullable<SiteRule['pages'][number]['id']>,
) {
  for (const said of [...names.map((name) => metas.get(name)), canonicalUrl]) {
    const id = pattern.exec(said ?? '')?.[1];
    if (id !== undefined) return id;
  }
  return text?.exec(html)?.[1];
}

/** Nothing where a part of the address is missing or what comes out is none. */
function filled(
  template: string,
  parts: Readonly<Record<string, string | undefined>>,
  site: string,
): readonly SiteFeed[] {
  let isWhole = true;
  const url = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    isWhole &&= parts[name] !== undefined;
    return parts[name] ?? '';
  });
  return isWhole && URL.canParse(url) ? [{ url, site }] : [];
}
