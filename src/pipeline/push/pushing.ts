// WebSub both ways, as the service sees it: callbacks for the web server, one turn a second, and what polling asks.
import type { Fetcher } from '../../edge/fetch/fetcher.ts';
import type { Log } from '../../edge/ops/log.ts';
import type { HubCallbacks } from '../../edge/serve/hub-callbacks.ts';
import type { Store } from '../../edge/store/store.ts';
import { isActive } from '../../edge/websub/subscription.ts';
import type { MergedFeed, NetworkConfig, Source } from '../../model/config.ts';
import type { Site } from '../../model/edition.ts';
import type { SourceId } from '../../model/ids.ts';
import type { HubSubscription } from '../../model/subscription-record.ts';
import type { KnownSources } from '../known-sources.ts';
import { createHubDesk } from './hub-desk.ts';
import { createHubTeller } from './hub-teller.ts';
import { createInbox, type Inbox } from './inbox.ts';
import type { PushedDocument, PushReport } from './read-push.ts';
import { createSubscriber, type Subscriber } from './subscriber.ts';
import { loadSubscriptions, type SubscriptionShelf } from './subscription-shelf.ts';

export interface PushingOptions {
  readonly store: Store;
  readonly fetcher: Pick<Fetcher, 'post'>;
  readonly known: KnownSources;
  /** Asked for each time. */
  readonly network: Pick<NetworkConfig, 'timeoutMs' | 'bodyBytesMax' | 'perHost'>;
  /** Those that are read now. */
  readonly sources: () => readonly Source[];
  readonly feeds: () => readonly MergedFeed[];
  readonly site: () => Site;
  /** Ends with '/'; undefined where nobody can reach us: then no hub is asked or told anything. */
  readonly publicUrl: () => string | undefined;
  /** Reads a pushed document while no poll of its source runs. */
  readonly read: (source: Source, document: PushedDocument) => Promise<PushReport>;
  readonly pollNow: (id: SourceId) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  /** Aborts what is under way at a stop. */
  readonly signal: AbortSignal;
}

export interface Pushing {
  readonly callbacks: HubCallbacks;
  /** Asks and tells hubs what is due. Nothing is asked or told but in a turn. */
  turn(): void;
  /** To be told what each poll found. Gives whether pushes can still be relied on. */
  isPushedAfter(id: SourceId, newItems: number): boolean;
  /** What is agreed with a hub about the source; undefined where nothing is, or the store has not said yet. */
  subscriptionOf(id: SourceId): HubSubscription | undefined;
  /** Resolves when nothing of it is under way, and what is agreed is kept. */
  stop(): Promise<void>;
}

interface Parts {
  readonly shelf: SubscriptionShelf;
  readonly subscriber: Subscriber;
  readonly inbox: Inbox;
}

export function createPushing(options: PushingOptions): Pushing {
  const { store, fetcher, network, now, signal, log } = options;
  const desk = createHubDesk({ fetcher, network, now, signal });
  const teller = createHubTeller({ ...options, desk });
  /** Undefined until the store has said what is agreed. */
  let parts: Parts | undefined;
  let loading: Promise<void> | undefined;
  const working = new Set<Promise<void>>();
  let stopped = false;

  async function load(): Promise<void> {
    const shelf = await loadSubscriptions(store);
    if (shelf === undefined) return;
    const sourceOf = (id: SourceId) => options.sources().find((source) => source.id === id);
    parts = {
      shelf,
      subscriber: createSubscriber({ ...options, shelf, desk }),
      inbox: createInbox({ ...options, shelf, sourceOf, bodyBytesMax: () => network.bodyBytesMax }),
    };
  }

  async function work(): Promise<void> {
    if (parts === undefined) {
      if (options.publicUrl() === undefined) return;
      loading ??= load().finally(() => {
        loading = undefined;
      });
      await loading;
    }
    parts?.inbox.turn();
    await Promise.all([parts?.subscriber.turn(), teller.turn()]);
  }

  const subscriptionOf = (id: SourceId) => parts?.shelf.of(id).wanted;

  return {
    callbacks: {
      isReady: () => parts !== undefined,
      answer: (name, query) => parts?.subscriber.answer(name, query),
      bytesMaxOf: (name) => parts?.inbox.bytesMaxOf(name),
      deliver: (name, delivery) => parts?.inbox.deliver(name, delivery),
    },
    turn() {
      if (stopped) return;
      const turn = work()
        .catch((error: unknown) => log.error('push-failed', { error }))
        .finally(() => working.delete(turn));
      working.add(turn);
    },
    isPushedAfter(id, newItems) {
      parts?.subscriber.lookAt(id);
      parts?.inbox.afterPoll(id, newItems);
      return isActive(subscriptionOf(id), now());
    },
    subscriptionOf,
    async stop() {
      stopped = true;
      await Promise.all([parts?.inbox.stop(), ...working]);
      await parts?.shelf.save();
    },
  };
}
