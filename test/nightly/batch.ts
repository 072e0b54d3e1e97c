// A process of its own that lives through batches of histories, each from one seed.
import fc from 'fast-check';
import { live } from '../pipeline/history.ts';
import { histories } from '../pipeline/history-steps.ts';

export interface Batch {
  readonly numRuns: number;
  readonly seed: number;
  readonly stepsMax: number;
  readonly path: string | undefined;
  /** Milliseconds since 1970; no bound without it. */
  readonly endMs: number | undefined;
}

export interface BatchEnd {
  readonly lived: number;
  readonly told: readonly (readonly [reason: string, count: number])[];
  /** For people: what broke, and how to live through it again. */
  readonly failure: string | undefined;
}

process.on('message', async (batch: Batch) => {
  process.send?.(await liveThrough(batch));
});

async function liveThrough({ numRuns, seed, stepsMax, path, endMs }: Batch): Promise<BatchEnd> {
  const told = new Map<string, number>();
  let lived = 0;
  const details = await fc.check(
    fc.asyncProperty(histories(stepsMax), async (drawn) => {
      await live(drawn, told);
      lived += 1;
    }),
    {
      numRuns,
      seed,
      ...(path && { path }),
      ...(endMs && { interruptAfterTimeLimit: Math.max(1, endMs - Date.now()) }),
      markInterruptAsFailure: false,
    },
  );
  const stack = details.errorInstance instanceof Error ? details.errorInstance.stack : '';
  const failure = details.failed
    ? `${fc.defaultReportMessage(details)}\n${stack}\nagain: npm run nightly -- --runs 1 --steps ${stepsMax} --seed ${seed} --path ${details.counterexamplePath}\n`
    : undefined;
  return { lived, told: [...told], failure };
}
