// Many more histories than a test has time for, in batches of one seed each, spread over processes.
import { fork } from 'node:child_process';
import path from 'node:path';
import type { Batch, BatchEnd } from './batch.ts';

/** At once: what is told in between shows that it goes on. */
const BATCH = 500;

export interface NightOptions {
  readonly runs: number;
  /** 0: no bound. */
  readonly minutes: number;
  readonly seed: number;
  readonly stepsMax: number;
  readonly workers: number;
  /** Within the one seed, as a failure told it. */
  readonly path: string | undefined;
}

/** The exit code: 1 where a promise was broken. */
export async function liveAllNight({ runs, minutes, seed, stepsMax, workers, path: within }: NightOptions) {
  const startMs = Date.now();
  const endMs = minutes === 0 ? undefined : startMs + minutes * 60_000;
  const told = new Map<string, number>();
  let handedOut = 0;
  let nextSeed = seed;
  let lived = 0;
  let failure: string | undefined;

  function nextBatch(): Batch | undefined {
    if (failure !== undefined || handedOut >= runs || (endMs !== undefined && Date.now() >= endMs))
      return undefined;
    const numRuns = Math.min(BATCH, runs - handedOut);
    handedOut += numRuns;
    nextSeed += 1;
    return { numRuns, seed: nextSeed - 1, stepsMax, path: within, endMs };
  }

  function take(end: BatchEnd): void {
    lived += end.lived;
    for (const [reason, count] of end.told) told.set(reason, (told.get(reason) ?? 0) + count);
    failure ??= end.failure;
    const seconds = (Date.now() - startMs) / 1000;
    const hours = ((seconds / Math.max(1, lived)) * 100_000) / 3600;
    process.stdout.write(
      `${lived} histories, ${(lived / seconds).toFixed(1)} a second: ${hours.toFixed(1)} h for 100,000; seeds ${seed} to ${nextSeed - 1}\n`,
    );
  }

  await Promise.all(Array.from({ length: workers }, () => employ(nextBatch, take)));
  if (failure !== undefined) {
    process.stderr.write(failure);
    return 1;
  }
  const reasons = [...told].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `${reason} ${count}`);
  process.stdout.write(`${lived} histories keep every promise; explained: ${reasons.join(', ')}\n`);
  return 0;
}

/** One process that lives through batches as long as there are any. */
function employ(nextBatch: () => Batch | undefined, take: (end: BatchEnd) => void): Promise<void> {
  const worker = fork(path.join(import.meta.dirname, 'batch.ts'));
  const hand = () => {
    const batch = nextBatch();
    if (batch === undefined) worker.disconnect();
    else worker.send(batch);
  };
  worker.on('message', (end: BatchEnd) => {
    take(end);
    hand();
  });
  hand();
  return new Promise((resolve, reject) => {
    worker.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a process of it ended with ${code}`)),
    );
  });
}
