// A store that fails as a test says, over one that keeps.

import { itemKey, retractionKey } from '../../src/edge/store/keys.ts';
import { KeyvStore } from '../../src/edge/store/keyv-store.ts';
import { MemoryAdapter } from '../../src/edge/store/memory.ts';
import type { CommitResult, Store } from '../../src/edge/store/store.ts';
import { StoreError } from '../../src/model/errors.ts';
import type { ItemHash, PublishedId } from '../../src/model/ids.ts';

export interface FaultyStore {
  readonly store: Store;
  /** Calls that are answered `unavailable`. */
  readonly down: Set<keyof Store>;
  /** Commits are written, and their answers are lost. */
  losesAnswers: boolean;
  /** Names of the calls so far. */
  readonly asked: (keyof Store)[];
  /** Writes garbage in the place of an item. */
  damage(hash: ItemHash): Promise<void>;
  /** The same for a retraction in every feed. */
  damageRetraction(id: PublishedId): Promise<void>;
}

export function faultyStore(): FaultyStore {
  const adapter = new MemoryAdapter();
  const unavailable = {
    kind: 'unavailable',
    error: new StoreError('store-unavailable', 'down'),
  } as const;
  const down = new Set<keyof Store>();
  const asked: (keyof Store)[] = [];
  const store = new Proxy<Store>(new KeyvStore(adapter, 2000), {
    get(target, name: keyof Store) {
      const call = (target[name] as (...said: unknown[]) => unknown).bind(target);
      return async (...said: unknown[]) => {
        asked.push(name);
        if (!down.has(name)) {
          const answer = await call(...said);
          return faulty.losesAnswers && name.startsWith('commit') && isCommitted(answer)
            ? unavailable
            : answer;
        }
        const isByName = name === 'readSources' || name === 'readPolls' || name === 'readHubs';
        return isByName ? new Map((said[0] as string[]).map((id) => [id, unavailable])) : unavailable;
      };
    },
  });
  const faulty: FaultyStore = {
    store,
    down,
    asked,
    losesAnswers: false,
    async damage(hash) {
      await adapter.set(itemKey(hash), '{"value":{"version":1');
    },
    async damageRetraction(id) {
      await adapter.set(retractionKey(id, undefined), '{"value":{"version":1');
    },
  };
  return faulty;
}

function isCommitted(answer: unknown): boolean {
  return (answer as CommitResult).kind === 'committed';
}
