// A fetcher that another can take the place of while it works, as when the configuration changes who may be polled.
import type { Fetcher } from './fetcher.ts';

export interface CurrentFetcher extends Fetcher {
  /** What begins from now on goes to `next`; what is under way ends where it began. */
  replace(next: Fetcher): void;
}

export function createCurrentFetcher(first: Fetcher): CurrentFetcher {
  let current = retirable(first);
  const retiring = new Set<Retirable>();
  return {
    fetch: (request) => current.fetch(request),
    post: (request) => current.post(request),
    replace(next) {
      const retired = current;
      current = retirable(next);
      retiring.add(retired);
      void retired.retire().finally(() => retiring.delete(retired));
    },
    async close() {
      await Promise.all([current, ...retiring].map((each) => each.close()));
    },
  };
}

interface Retirable extends Fetcher {
  /** Closes it when its last request has ended. */
  retire(): Promise<void>;
}

function retirable(fetcher: Fetcher): Retirable {
  const running = new Set<Promise<unknown>>();
  function counted<T>(outcome: Promise<T>): Promise<T> {
    const ended = outcome.finally(() => running.delete(ended));
    running.add(ended);
    return ended;
  }
  return {
    fetch: (request) => counted(fetcher.fetch(request)),
    post: (request) => counted(fetcher.post(request)),
    close: () => fetcher.close(),
    async retire() {
      await Promise.all(running);
      await fetcher.close();
    },
  };
}
