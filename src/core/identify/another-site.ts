// A feed that was taken over, or sold: its title, its site and its own address all change at once. Pure.
import { isSameSite, siteHost } from '../../model/same-site.ts';

/** What a feed says of itself. */
export interface SiteIdentity {
  readonly title?: string | undefined;
  readonly siteUrl?: string | undefined;
  readonly selfUrl?: string | undefined;
}

/**
 * Whether it is another site than before. A redesign changes one or two of the three; where a feed names no address of its own, before and
 * now, the other two decide. What one of them did not say before has not changed.
 */
export function isAnotherSite(before: SiteIdentity, now: SiteIdentity): boolean {
  const isOtherTitle =
    bothSaid(before.title, now.title) && comparable(before.title) !== comparable(now.title);
  if (!isOtherTitle || !isOtherSite(before.siteUrl, now.siteUrl)) return false;
  const namesNone = before.selfUrl === undefined && now.selfUrl === undefined;
  return namesNone || isOtherSite(before.selfUrl, now.selfUrl);
}

function isOtherSite(before: string | undefined, now: string | undefined): boolean {
  const [was, is] = [before && siteHost(before), now && siteHost(now)];
  return bothSaid(was, is) && !isSameSite(was, is);
}

function bothSaid(before: string | undefined, now: string | undefined): boolean {
  return before !== undefined && before !== '' && now !== undefined && now !== '';
}

function comparable(title: string | undefined): string {
  return (title ?? '').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
