// One case: its input by seed and number alone, so that whoever has both has the input; what fails of it; the same made smaller.
import { createHash } from 'node:crypto';
import { Random } from '../pipeline/damages.ts';
import type { Input, Target } from './target.ts';

/** Processor time that one input may take, on a slow and busy machine. Honest ones take a few milliseconds. */
export const CPU_MS_MAX = 3000;

const SMALLER_MS_MAX = 8000;

export interface Failure {
  /** What did not hold, or what was thrown, in one line. */
  readonly what: string;
  /** The trace of what was thrown. */
  readonly trace: string;
}

export function inputOf(target: Target, seed: number, number: number): Input {
  const digest = createHash('sha256').update(`${seed} ${target.name} ${number}`).digest();
  return target.make(new Random(digest.readUInt32LE(0)));
}

export async function failureOf(target: Target, input: Input): Promise<Failure | undefined> {
  const before = process.cpuUsage();
  try {
    await target.check(input);
  } catch (error) {
    const what = String(error).split('\n')[0]?.slice(0, 300) ?? '';
    return { what, trace: error instanceof Error ? (error.stack ?? '') : '' };
  }
  const { user } = process.cpuUsage(before);
  return user > CPU_MS_MAX * 1000 ? { what: `takes over ${CPU_MS_MAX} ms`, trace: '' } : undefined;
}

/** An input that fails in the same way, with as much of it left out as time allows: halves, then quarters, and so on. */
export async function smaller(target: Target, input: Input, failure: Failure): Promise<Input> {
  const endMs = performance.now() + SMALLER_MS_MAX;
  const kind = kindOf(failure);
  let best = input;
  for (const name of Object.keys(input)) {
    for (
      let size = Math.ceil((best[name] ?? '').length / 2);
      size >= 1;
      size = size === 1 ? 0 : Math.ceil(size / 2)
    ) {
      for (let from = 0; from < (best[name] ?? '').length; ) {
        if (performance.now() > endMs) return best;
        const text = best[name] ?? '';
        const without = { ...best, [name]: text.slice(0, from) + text.slice(from + size) };
        const again = await failureOf(target, without);
        if (again !== undefined && kindOf(again) === kind) best = without;
        else from += size;
      }
    }
  }
  return best;
}

/** The beginning of what is said: the rest quotes the input. */
function kindOf({ what }: Failure): string {
  return what.split(': ').slice(0, 2).join(': ').replace(/\d+/g, '0').slice(0, 60);
}
