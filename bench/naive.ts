// How the time of rss-parser and sanitize-html, used as they come, grows with hostile repetitions (B3), beside ours.
// Run: node bench/naive.ts [--quick]   Each size is twice the one before: what is linear takes twice as long. Says what it measures
// and fails only where ours grows more than threefold.
import Parser from 'rss-parser';
import sanitize from 'sanitize-html';
import { sanitizeHtml } from '../src/core/sanitize/sanitize.ts';
import { readDocument } from '../src/pipeline/read-document.ts';

const isQuick = process.argv.includes('--quick');
const SIZES = isQuick ? [2_000, 4_000] : [4_000, 8_000, 16_000];
const ROUNDS = 5;
/** Shorter times grow by chance. */
const MS_THAT_COUNT = 100;
const GROWTH_MAX = 3;

type Work = (text: string) => unknown;

const feedOf = (description: string) =>
  `<rss version="2.0"><channel><title>T</title><item><title>t</title><description>${description}</description></item></channel></rss>`;
const CASES: readonly (readonly [name: string, unit: string, naive: Work, ours: Work])[] = [
  [
    "rss-parser, '<' in CDATA",
    '<',
    (text) => new Parser().parseString(feedOf(`<![CDATA[${text}]]>`)).catch(() => undefined),
    (text) => readDocument(feedOf(`<![CDATA[${text}]]>`)),
  ],
  [
    "rss-parser, '<!--' in CDATA",
    '<!--',
    (text) => new Parser().parseString(feedOf(`<![CDATA[${text}]]>`)).catch(() => undefined),
    (text) => readDocument(feedOf(`<![CDATA[${text}]]>`)),
  ],
  ["sanitize-html, '<p><b><i>'", '<p><b><i>', (text) => sanitize(text), (text) => sanitizeHtml(text)],
];

for (const [name, unit, naive, ours] of CASES) {
  const inputs = SIZES.map((size) => unit.repeat(size));
  const naiveMs = await timesOf(naive, inputs);
  const oursMs = await timesOf(ours, inputs);
  console.log(`${name.padEnd(36)} naive ${shown(naiveMs)}   ours ${shown(oursMs)}`);
  const [before = 0, last = 0] = oursMs.slice(-2);
  if (last > MS_THAT_COUNT && last > GROWTH_MAX * before) {
    console.log(`  ours grows more than ${GROWTH_MAX} times`);
    process.exitCode = 1;
  }
}

/** The best of some rounds for each, in milliseconds of the processor: other work of the machine counts little. */
async function timesOf(work: Work, inputs: readonly string[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (const input of inputs) {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = process.cpuUsage();
      await work(input);
      const { user, system } = process.cpuUsage(before);
      best = Math.min(best, (user + system) / 1000);
    }
    times.push(best);
  }
  return times;
}

function shown(times: readonly number[]): string {
  const growth = (times.at(-1) ?? 0) / (times.at(-2) ?? 1);
  return `${times.map((ms) => `${ms.toFixed(1)} ms`).join(', ')} (x${growth.toFixed(1)})`;
}
