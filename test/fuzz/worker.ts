// Runs cases of one target until its time is over or one fails (run.ts). It notes the number of each before it begins, in a
// file, so that its parent knows which one hangs or ends the process.
import { openSync, writeSync } from 'node:fs';
import type { Failure } from './cases.ts';
import { failureOf, inputOf, smaller } from './cases.ts';
import type { Input } from './target.ts';
import { TARGETS } from './targets.ts';

export interface Task {
  readonly target: string;
  readonly seed: number;
  readonly from: number;
  readonly forMs: number;
  /** Where the number of the current case goes, as 8 bytes. */
  readonly progressFile: string;
  /** This input alone, not those of the seed. */
  readonly input?: Input;
}

export interface WorkerReport {
  /** The number of the next case. */
  readonly next: number;
  readonly failure?: Failure & { readonly number: number; readonly input: Input };
}

process.once('message', async (task: Task) => {
  const report = await work(task);
  process.send?.(report, () => process.disconnect());
});

async function work({
  target: name,
  seed,
  from,
  forMs,
  progressFile,
  input: given,
}: Task): Promise<WorkerReport> {
  const target = TARGETS.find((each) => each.name === name);
  if (target === undefined) throw new Error(`no target is called ${name}`);
  const progress = openSync(progressFile, 'w');
  const note = new BigInt64Array(1);
  const endMs = performance.now() + forMs;
  let number = from;
  do {
    note[0] = BigInt(number);
    writeSync(progress, note, 0, 8, 0);
    const input = given ?? inputOf(target, seed, number);
    const failure = await failureOf(target, input);
    number += 1;
    if (failure !== undefined) {
      const least = await smaller(target, input, failure);
      const what = (await failureOf(target, least)) ?? failure;
      return { next: number, failure: { ...what, number: number - 1, input: least } };
    }
  } while (given === undefined && performance.now() < endMs);
  return { next: number };
}
