// What a poll works with.
import type { Fetcher } from '../edge/fetch/fetcher.ts';
import type { Store } from '../edge/store/store.ts';
import type { NetworkConfig } from '../model/config.ts';
import type { SourceId } from '../model/ids.ts';
import type { KnownSources } from './known-sources.ts';
import type { OriginTdms } from './origin-tdm.ts';
import type { OwnFeedCheck } from './own-feed.ts';
import type { MoveWorld } from './source-address.ts';
import type { UntrustedWork } from './untrusted-work.ts';

export interface PollDeps {
  readonly store: Store;
  readonly known: KnownSources;
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  readonly network: NetworkConfig;
  readonly work: UntrustedWork;
  /** What origins reserve; nothing is asked where it is absent. */
  readonly tdms?: OriginTdms | undefined;
  /** Whether hubs can be relied on after a poll that found so many new items; absent where nothing is subscribed to. */
  readonly isPushedAfter?: ((id: SourceId, newItems: number) => boolean) | undefined;
  /** Where sources must not move to; anywhere will do where it is absent. */
  readonly moves?: MoveWorld | undefined;
  /** Feeds of ours are not read; any document is where it is absent. */
  readonly ownFeed?: OwnFeedCheck | undefined;
  /** It does not take what is written: no source is asked for what could not be kept. Absent where nobody knows. */
  readonly isStoreAway?: (() => boolean) | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Aborts what is under way at a stop. */
  readonly signal: AbortSignal;
}
