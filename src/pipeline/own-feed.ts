// Whether a document that a source brought is a feed of ours though it was found at another address: what we publish would come
// back to us, credited to ourselves.
import type { Config } from '../model/config.ts';
import type { SourceFeed } from '../model/item.ts';

/** By what it is ours; undefined for anybody else's. */
export type OwnFeedCheck = (feed: Pick<SourceFeed, 'id' | 'selfUrl'>) => 'self' | 'id' | undefined;

export function ownFeedWords(by: 'self' | 'id'): string {
  const how =
    by === 'self' ? 'says by its self link that it is a feed of ours' : 'has the id of a feed of ours';
  return `what stands there ${how}: its items would come back to us as ours`;
}

/** Another Tributary is welcome: it is an id or a self link below our public URL that makes a feed ours. */
export function createOwnFeedCheck(config: () => Pick<Config, 'server'>): OwnFeedCheck {
  return ({ selfUrl, id }) => {
    const { publicUrl, publicUrlIsGuessed } = config().server;
    // Anybody's feed may say that it is at home on `localhost`.
    if (publicUrlIsGuessed === true) return undefined;
    if (isFeedOfOurs(selfUrl, publicUrl)) return 'self';
    return isFeedOfOurs(id, publicUrl) ? 'id' : undefined;
  };
}

/** It is the address of a feed below our public URL; only host and path count: `http` and `https` are one site. */
export function isFeedOfOurs(address: string | undefined, publicUrl: string): boolean {
  const [url, base] = [URL.parse(address ?? ''), URL.parse(publicUrl)];
  if (url === null || base === null || url.protocol === 'file:') return false;
  return `${url.host}${url.pathname}`.startsWith(`${base.host}${base.pathname.replace(/\/*$/, '/')}feeds/`);
}
