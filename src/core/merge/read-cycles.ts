// When the sources whose copies there are were first read, and which of those reads are one cycle.
import type { Timestamp } from '../../model/timestamp.ts';
import { cycleStarts, seenAt } from './leadership.ts';
import type { Copy } from './order.ts';

export class ReadCycles {
  /** How many copies come from a source that was first read then. */
  readonly #reads = new Map<Timestamp, number>();
  #starts: ReadonlyMap<Timestamp, Timestamp> = new Map();
  #isStale = false;

  add({ sourceReadAt }: Copy): void {
    if (sourceReadAt === undefined) return;
    const count = this.#reads.get(sourceReadAt) ?? 0;
    if (count === 0) this.#isStale = true;
    this.#reads.set(sourceReadAt, count + 1);
  }

  delete({ sourceReadAt }: Copy): void {
    if (sourceReadAt === undefined) return;
    const count = this.#reads.get(sourceReadAt) ?? 0;
    if (count > 1) this.#reads.set(sourceReadAt, count - 1);
    else if (this.#reads.delete(sourceReadAt)) this.#isStale = true;
  }

  /** True where a source that joined or left moved the start of a cycle of others. */
  recount(): boolean {
    if (!this.#isStale) return false;
    this.#isStale = false;
    const before = this.#starts;
    this.#starts = cycleStarts(this.#reads.keys());
    return [...this.#starts].some(([read, start]) => (before.get(read) ?? start) !== start);
  }

  seenAt(copy: Copy): Timestamp {
    return seenAt(copy, this.#starts);
  }
}
