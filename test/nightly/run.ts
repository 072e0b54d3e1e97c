// What takes longer than a test may: `npm run nightly`.
//   [--runs 100000] [--minutes 0] [--seed N] [--steps 30] [--workers 2]   histories; `--minutes`: no longer, 0 for no bound
//   --kills 500 [--store sqlite|redis|postgres] [--seed N]                kill -9, over and over
// Ends with 1 at the first promise that is broken, and says how to live through it again.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    minutes: { type: 'string', default: '0' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    steps: { type: 'string', default: '30' },
    workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    path: { type: 'string' },
    kills: { type: 'string' },
    store: { type: 'string', default: 'sqlite' },
  },
});
const seed = wholeNumber('seed', values.seed);
if (values.kills !== undefined) {
  const { killAllNight } = await import('./kills.ts');
  await killAllNight(wholeNumber('kills', values.kills), values.store, seed);
} else {
  const { liveAllNight } = await import('./histories.ts');
  process.exitCode = await liveAllNight({
    runs: wholeNumber('runs', values.runs),
    minutes: wholeNumber('minutes', values.minutes),
    seed,
    stepsMax: wholeNumber('steps', values.steps),
    workers: Math.max(1, wholeNumber('workers', values.workers)),
    path: values.path,
  });
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new TypeError(`--${name}: a whole number, not ${text}`);
  return number;
}
