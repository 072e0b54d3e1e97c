// Everything that lies in a store on Redis: values and revisions are two fields of one hash (redis-script.ts).
import { contentsByKeys, type StoreContents } from './contents.ts';

export type ReadCommand = 'HGET' | 'HEXISTS' | 'HSTRLEN';

type Ask = (command: ReadCommand, keys: readonly string[], field: 'v' | 'r') => Promise<readonly unknown[]>;

/** `indexed`: the names of all that is no item; what guards commits is among them. */
export function redisContents(
  keys: readonly string[],
  ask: Ask,
  indexed: () => Promise<readonly string[]>,
): StoreContents {
  const revisionsOf = async (some: readonly string[]) => (await ask('HGET', some, 'r')).map(Number);
  return contentsByKeys(keys, 0, {
    charsOf: async (some) => (await ask('HSTRLEN', some, 'v')) as number[],
    async entriesOf(some) {
      const values = await ask('HGET', some, 'v');
      const revisions = await revisionsOf(some);
      return some.map((key, index) => {
        const value = values[index];
        return typeof value === 'string' ? { key, value, revision: revisions[index] ?? 0 } : undefined;
      });
    },
    async revisions() {
      const names = await indexed();
      const revisions = await revisionsOf(names);
      return new Map(
        names
          .map((name, index) => [name, revisions[index] ?? 0] as const)
          .filter(([, revision]) => revision > 0),
      );
    },
  });
}
