// What an address that a source moves to must not be: a feed of ours, or where another source is polled. Pure.
import type { Config, Source } from '../model/config.ts';
import type { MoveWorld } from './source-address.ts';

/** By the configuration in force, asked for each time. */
export function createMoveWorld(config: () => Pick<Config, 'server' | 'sources' | 'feeds'>): MoveWorld {
  return {
    isOurs(feedUrl) {
      const { server, feeds } = config();
      const base = new URL(server.publicUrl);
      const prefix = `${base.host}${base.pathname.replace(/\/*$/, '/')}feeds/`;
      const address = comparable(feedUrl);
      if (!address.startsWith(prefix)) return false;
      const id = address.slice(prefix.length).replace(/\.(?:rss|atom|json|html)$|\?.*/g, '');
      return feeds.some((feed) => feed.id === id);
    },
    isTaken(feedUrl, by) {
      const address = comparable(feedUrl);
      return config().sources.some((source) => isOther(source, by) && comparable(source.feedUrl) === address);
    },
  };
}

function isOther(source: Source, by: Source): boolean {
  return source.id !== by.id && source.enabled && !source.feedUrl.startsWith('file:');
}

/** `http` and `https` are one site. */
function comparable(feedUrl: string): string {
  const url = URL.parse(feedUrl);
  return url === null ? feedUrl : `${url.host}${url.pathname}${url.search}`;
}
