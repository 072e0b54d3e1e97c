// Reading speed in MB/s: our parseFeed and readDocument, stock rss-parser, feedsmith and htmlparser2's Parser alone. One
// process for each, rounds interleaved, CPU time with collector and compiler counted, so that other work on the machine
// weighs little; feeds that one of them fails on are left out for all.
// Run: node bench/read-speed.ts [--rounds N] [FOLDER]   Without FOLDER: ../shared/corpus beside the project, where it is.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseFeed as feedsmith } from 'feedsmith';
import { Parser } from 'htmlparser2';
import RssParser from 'rss-parser';
import { decodeBody } from '../src/core/decode/decode-body.ts';
import { parseFeed } from '../src/core/parse/parse-feed.ts';
import { readDocument } from '../src/pipeline/read-document.ts';
import { generatedFeeds } from './feeds/generated-feeds.ts';

interface Document {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly text: string;
}

type Read = (document: Document) => unknown;

const stock = new RssParser();
const CONTESTANTS: Readonly<Record<string, Read>> = {
  'rss-parser': ({ text }) => stock.parseString(text),
  parseFeed: ({ text }) => parseFeed(text),
  readDocument: ({ bytes }) => readDocument(bytes, { url: 'https://feeds.example/feed' }),
  feedsmith: ({ text }) => feedsmith(text),
  'htmlparser2 alone': ({ text }) => new Parser({}, { xmlMode: true }).end(text),
};
const REFERENCE = 'rss-parser';
const LARGE_BYTES = 100_000;
/** A contestant reads every feed of a group this often in a round, so that a round is long against the clock's grain. */
const PASSES = 3;
const WARM_UP_ROUNDS = 10;

const args = process.argv.slice(2);
const contestant = process.env['READ_SPEED_CONTESTANT'];
if (contestant === undefined) await compare();
else await contend(CONTESTANTS[contestant]);

function documents(): { readonly generated: Document[]; readonly corpus: Document[] } {
  const generated = generatedFeeds().map(([name, text]) => ({ name, text, bytes: Buffer.from(text) }));
  const folder =
    args.find((argument, index) => !argument.startsWith('--') && args[index - 1] !== '--rounds') ??
    fileURLToPath(new URL('../../shared/corpus', import.meta.url));
  if (!existsSync(folder)) return { generated, corpus: [] };
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:xml|rss|atom|rdf)$/.test(name))
    .sort();
  const corpus = names.map((name): Document => {
    const bytes = readFileSync(path.join(folder, name));
    return { name, bytes, text: decodeBody(bytes).text };
  });
  return { generated, corpus };
}

/** In a process of its own: says what it fails on, then reads whatever it is told to and how long it took. */
async function contend(read: Read | undefined): Promise<void> {
  const { generated, corpus } = documents();
  const all = new Map([...generated, ...corpus].map((document) => [document.name, document]));
  const failed: string[] = [];
  for (const document of all.values()) {
    try {
      await read?.(document);
    } catch {
      failed.push(document.name);
    }
  }
  process.on('message', async (names: string[]) => {
    const chosen = names.map((name) => all.get(name)).filter((document) => document !== undefined);
    const start = process.cpuUsage();
    for (let pass = 0; pass < PASSES; pass += 1) {
      for (const document of chosen) await read?.(document);
    }
    const { user, system } = process.cpuUsage(start);
    process.send?.((user + system) / 1e6 / PASSES);
  });
  process.send?.(failed);
}

async function compare(): Promise<void> {
  const rounds = Number(args[args.indexOf('--rounds') + 1] ?? 0) || 15;
  const { generated, corpus } = documents();
  const children = new Map<string, ChildProcess>();
  const failed = new Set<string>();
  for (const name of Object.keys(CONTESTANTS)) {
    const child = fork(fileURLToPath(import.meta.url), args, {
      env: { ...process.env, READ_SPEED_CONTESTANT: name },
      execArgv: ['--no-warnings', '--no-allocation-site-pretenuring'],
    });
    children.set(name, child);
    const [names] = (await once(child, 'message')) as [string[]];
    for (const each of names) failed.add(each);
    console.log(`${name}: fails on ${names.length} of ${generated.length + corpus.length}`);
  }
  const large = [...generated, ...corpus].filter(({ bytes }) => bytes.length >= LARGE_BYTES);
  const groups: Group[] = Object.entries({ generated, corpus, 'of 100 KB and more': large })
    .map(([name, members]) => fairGroup(name, members, failed))
    .filter(({ names }) => names.length > 0);
  await race(groups, children, rounds);
  for (const child of children.values()) child.disconnect();
  for (const group of groups) report(group);
  const mixed = groups.filter(({ name }) => name === 'generated' || name === 'corpus');
  if (mixed.length > 1) report(both(mixed));
}

interface Group {
  readonly name: string;
  readonly names: readonly string[];
  readonly megabytes: number;
  /** Seconds by contestant, one value for each round. */
  readonly seconds: Map<string, number[]>;
}

function fairGroup(name: string, members: readonly Document[], failed: ReadonlySet<string>): Group {
  const fair = members.filter((document) => !failed.has(document.name));
  return {
    name,
    names: fair.map((document) => document.name),
    megabytes: fair.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6,
    seconds: new Map(Object.keys(CONTESTANTS).map((contestant) => [contestant, []])),
  };
}

/** Groups take turns within a round as well: what a process has just read decides what it is optimized for. */
async function race(
  groups: readonly Group[],
  children: ReadonlyMap<string, ChildProcess>,
  rounds: number,
): Promise<void> {
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
    for (const { names, seconds } of groups) {
      for (const [name, child] of children) {
        child.send(names);
        const [taken] = (await once(child, 'message')) as [number];
        if (round >= 0) seconds.get(name)?.push(taken);
      }
    }
  }
}

function both(groups: readonly Group[]): Group {
  const rounds = groups[0]?.seconds.get(REFERENCE)?.length ?? 0;
  const sum = (contestant: string): number[] =>
    Array.from({ length: rounds }, (_, round) =>
      groups.reduce((total, { seconds }) => total + (seconds.get(contestant)?.[round] ?? 0), 0),
    );
  return {
    name: 'both',
    names: groups.flatMap(({ names }) => names),
    megabytes: groups.reduce((total, group) => total + group.megabytes, 0),
    seconds: new Map(Object.keys(CONTESTANTS).map((contestant) => [contestant, sum(contestant)])),
  };
}

function report({ name, names, megabytes, seconds }: Group): void {
  const reference = median(seconds.get(REFERENCE) ?? []);
  console.log(`\n${name}: ${names.length} feeds, ${megabytes.toFixed(2)} MB`);
  for (const [contestant, taken] of seconds) {
    const middle = median(taken);
    const speed = `${(megabytes / middle).toFixed(1)} MB/s`.padStart(13);
    console.log(`  ${contestant.padEnd(20)}${speed}${`${(reference / middle).toFixed(2)} ×`.padStart(10)}`);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
