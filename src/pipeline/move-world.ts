// What an address that a source moves to must not be: a feed of ours, or where another source is polled. Pure.
import type { Config, Source } from '../model/config.ts';
import type { MoveWorld } from './source-address.ts';

/** By the configuration in force, asked for each time. */
export function createMoveWorld(config: () => Pick<Config, 'server' | 'sources' | 'feeds'>): MoveWorld {
  let indexed: readonly Source[] = [];
  let polledAt: ReadonlyMap<string, readonly Source[]> = new Map();

  /** Made once for each list of sources: thousands may have moved. */
  function sourcesAt(address: string): readonly Source[] {
    const { sources } = config();
    if (sources !== indexed) {
      indexed = sources;
      polledAt = Map.groupBy(sources.filter(isPolled), ({ feedUrl }) => comparable(feedUrl));
    }
    return polledAt.get(address) ?? [];
  }

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
      return sourcesAt(comparable(feedUrl)).some((source) => source.id !== by.id);
    },
  };
}

function isPolled({ enabled, feedUrl }: Source): boolean {
  return enabled && !feedUrl.startsWith('file:');
}

/** `http` and `https` are one site. */
function comparable(feedUrl: string): string {
  const url = URL.parse(feedUrl);
  return url === null ? feedUrl : `${url.host}${url.pathname}${url.search}`;
}
