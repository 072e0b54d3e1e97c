// Many more histories than a test has time for: `npm run nightly -- [--runs 100000] [--minutes 0] [--seed N] [--steps 30]`.
// Ends with 1 at the first that breaks a promise, and says how to live through it again. `--minutes`: no longer; 0 for no bound.
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { live } from '../pipeline/history.ts';
import { histories } from '../pipeline/history-steps.ts';

/** At once: what is told in between shows that it goes on. */
const BATCH = 500;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    minutes: { type: 'string', default: '0' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    steps: { type: 'string', default: '30' },
    path: { type: 'string' },
  },
});
const runs = wholeNumber('runs', values.runs);
const seed = wholeNumber('seed', values.seed);
const stepsMax = wholeNumber('steps', values.steps);
const endMs =
  values.minutes === '0' ? Number.POSITIVE_INFINITY : Date.now() + Number(values.minutes) * 60_000;
const told = new Map<string, number>();

let lived = 0;
for (let batch = 0; lived < runs && Date.now() < endMs; batch++) {
  const numRuns = Math.min(BATCH, runs - lived);
  const details = await fc.check(
    fc.asyncProperty(histories(stepsMax), async (drawn) => {
      await live(drawn, told);
      lived += 1;
    }),
    {
      numRuns,
      seed: seed + batch,
      ...(values.path === undefined ? {} : { path: values.path }),
      ...(Number.isFinite(endMs) ? { interruptAfterTimeLimit: Math.max(1, endMs - Date.now()) } : {}),
      markInterruptAsFailure: false,
    },
  );
  if (details.failed) {
    process.stderr.write(`${fc.defaultReportMessage(details)}\n`);
    process.stderr.write(`${details.errorInstance instanceof Error ? details.errorInstance.stack : ''}\n`);
    process.stderr.write(
      `again: npm run nightly -- --runs 1 --steps ${stepsMax} --seed ${seed + batch} --path ${details.counterexamplePath}\n`,
    );
    process.exit(1);
  }
  process.stdout.write(`${lived} histories, seeds ${seed} to ${seed + batch}\n`);
}
const reasons = [...told].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `${reason} ${count}`);
process.stdout.write(`${lived} histories keep every promise; explained: ${reasons.join(', ')}\n`);

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new TypeError(`--${name}: a whole number, not ${text}`);
  return number;
}
