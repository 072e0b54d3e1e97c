// Reads a folder of real feeds with us, Python's feedparser, feedsmith and stock rss-parser, and compares every field. Each
// difference between us and feedparser is in corpus-differences.yaml, with whose answer is better; the table counts how often
// each reader has the better answer. Ends with 1 where a difference is not in the file, or is no more, or a feed is lost.
// Run: node bench/read-corpus.ts [--show [PART-OF-A-PATH]] [--update] [FOLDER]
// Without FOLDER: ../shared/corpus beside the project, and all is well where there is none. In another folder differences are
// counted, not judged. --show prints differences that the file does not have; --update writes them into it, to be looked at.
// Needs Debian's python3-feedparser.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  atOf,
  type Difference,
  differencesOf,
  judge,
  readVerdicts,
  updated,
  writeVerdicts,
} from './corpus/differences.ts';
import { feedparser } from './corpus/feedparser.ts';
import { feedsmith, rssParser } from './corpus/other-readers.ts';
import type { Reader } from './corpus/reading.ts';
import { printTable, type Readings, Scores } from './corpus/table.ts';
import { tributary } from './corpus/tributary.ts';

/** Of all fields compared, so many may be better in feedparser's reading. */
const THEIRS_BETTER_MAX = 0.01;
const PROBLEMS_SHOWN_MAX = 20;
const FILE = fileURLToPath(new URL('corpus-differences.yaml', import.meta.url));
const CORPUS = fileURLToPath(new URL('../../shared/corpus', import.meta.url));

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { show: { type: 'boolean' }, update: { type: 'boolean' }, only: { type: 'string' } },
});
const folder = positionals[0] ?? CORPUS;

if (existsSync(folder)) process.exitCode = await compare();
else console.log(`no feeds to read: there is no folder ${folder}`);

async function compare(): Promise<number> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:xml|json|rss|atom|rdf)$/.test(path))
    .filter((path) => options.only === undefined || path.includes(options.only))
    .sort();
  const addressOf = (path: string): string => `https://feeds.example/${path}`;
  const readers = [
    tributary(folder, addressOf),
    feedparser(folder, paths, addressOf),
    feedsmith(folder),
    rssParser(folder),
  ];
  const readings = await Promise.all(readers.map((reader) => readAll(reader, paths)));
  const differences = differencesBetween(readings, paths);
  const isJudged = positionals.length === 0 && options.only === undefined;
  const verdicts = readVerdicts(FILE).filter(({ feed }) => paths.includes(feed));
  const { verdictOf, problems } = judge(differences, verdicts);
  if (options.show)
    show(differences.filter((each) => (verdictOf.get(each)?.kind ?? 'not-looked-at') === 'not-looked-at'));
  if (options.update && isJudged) writeVerdicts(FILE, headOf(FILE), updated(differences, verdicts));
  console.log(`${paths.length} feeds in ${folder}; share of fields that each reader has right by ${FILE}`);
  const scores = new Scores(readings, verdictOf);
  printTable(scores.rows());
  console.log('');
  printTable([
    ['reader', 'lost', 'items'],
    ...readings.map(({ name, byPath }) => {
      const all = [...byPath.values()];
      const items = all.reduce((sum, reading) => sum + reading.items.length, 0);
      return [name, String(all.filter(({ lost }) => lost).length), String(items)];
    }),
  ]);
  return isJudged ? verdict(scores, differences, verdictOf, problems, readings) : 0;
}

async function readAll(reader: Reader, paths: readonly string[]): Promise<Readings> {
  const byPath = new Map();
  for (const path of paths) byPath.set(path, await reader.read(path));
  return { name: reader.name, byPath };
}

function differencesBetween([ours, theirs]: readonly Readings[], paths: readonly string[]): Difference[] {
  return paths.flatMap((path) => {
    const [mine, other] = [ours?.byPath.get(path), theirs?.byPath.get(path)];
    return mine === undefined || other === undefined ? [] : differencesOf(path, mine, other);
  });
}

function verdict(
  scores: Scores,
  differences: readonly Difference[],
  verdictOf: ReturnType<typeof judge>['verdictOf'],
  problems: readonly string[],
  [ours]: readonly Readings[],
): number {
  const count = (kind: string): number =>
    differences.filter((each) => verdictOf.get(each)?.kind === kind).length;
  const theirsBetter = count('theirs-better') / scores.asked;
  console.log(
    `\n${scores.asked} fields, ${differences.length} differ from feedparser: ${count('ours-better')} ours better, ` +
      `${count('theirs-better')} theirs (${(100 * theirsBetter).toFixed(2)} %), ${count('taste')} taste`,
  );
  const lost = [...(ours?.byPath ?? [])].filter(([, reading]) => reading.lost).map(([path]) => path);
  const failures = [
    ...lost.map((path) => `lost: ${path}`),
    ...(theirsBetter > THEIRS_BETTER_MAX ? [`more than ${100 * THEIRS_BETTER_MAX} % theirs better`] : []),
    ...problems,
  ];
  for (const failure of failures.slice(0, PROBLEMS_SHOWN_MAX)) console.log(failure);
  if (failures.length > PROBLEMS_SHOWN_MAX) console.log(`and ${failures.length - PROBLEMS_SHOWN_MAX} more`);
  return failures.length > 0 ? 1 : 0;
}

/** Both answers, long ones from a little before where they part. */
function show(differences: readonly Difference[]): void {
  for (const { feed, index, field, ours, theirs } of differences) {
    const [mine, other] = [JSON.stringify(ours), JSON.stringify(theirs)];
    let alike = 0;
    while (alike < mine.length && mine[alike] === other[alike]) alike += 1;
    const start = alike > 100 ? alike - 40 : 0;
    const part = (text: string): string => `${start > 0 ? '…' : ''}${text.slice(start, start + 400)}`;
    console.log(`${feed} [${atOf([index])}] ${field}\n  us:   ${part(mine)}\n  them: ${part(other)}`);
  }
}

/** The comment that the file begins with. */
function headOf(file: string): string {
  return existsSync(file) ? (readFileSync(file, 'utf8').match(/^(?:#.*\n)+/)?.[0] ?? '') : '';
}
