// One after the other for each source: what a poll brings and what is pushed are never worked in at the same time.
import type { SourceId } from '../model/ids.ts';

export interface Turns {
  /** Runs `work` when everything that was asked for this source before it has ended, however that ended. */
  take<T>(id: SourceId, work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  const last = new Map<SourceId, Promise<unknown>>();
  return {
    take(id, work) {
      const before = last.get(id);
      const turn = before === undefined ? work() : before.then(work, work);
      const forget = () => {
        if (last.get(id) === turn) last.delete(id);
      };
      last.set(id, turn);
      turn.then(forget, forget);
      return turn;
    },
  };
}
