// Rendering against hand-built strings of the same bytes, in the same run: 100, 1,000 and 5,000 items in RSS, Atom and JSON Feed.
// The check that reads each document back is measured apart. npm run bench -- render [ROUNDS] [--limit RATIO]
import { checkRendition } from '../src/core/render/check-rendition.ts';
import { OUTPUT_FORMATS } from '../src/core/render/output-formats.ts';
import type { Edition, EditionItem, OutputFormat } from '../src/model/edition.ts';
import { feedId, type PublishedId, sourceId } from '../src/model/ids.ts';
import { ITUNES_NS, PODCAST_NS } from '../src/model/namespaces.ts';
import { timestampOfClock } from '../src/model/timestamp.ts';
import { GENERATOR } from '../src/model/version.ts';
import { atomByHand, jsonByHand, rssByHand } from './by-hand/render.ts';

const WORDS =
  'harbour ferry tide quay council market bridge tram garden “night” morning & river light stone song window café naïve word'.split(
    ' ',
  );
const SIZES = [100, 1000, 5000];
const BY_HAND = { rss: rssByHand, atom: atomByHand, json: jsonByHand } as const;
type Format = keyof typeof BY_HAND;

/** Words from a counter: the same on every machine. */
function words(seed: number, count: number): string {
  let state = seed * 2_654_435_761 + 1;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return WORDS[state % WORDS.length];
  }).join(' ');
}

/** Every fifth is an episode of a podcast, every tenth a long article. */
function item(place: number): EditionItem {
  const page = `https://source-${place % 40}.example/2026/item?n=${place}&x=1`;
  const name = `Source ${place % 40} & friends`;
  const paragraph = (n: number) =>
    `<p>${words(place + n, 60).replaceAll('&', '&amp;')} <a href="${page.replace('&', '&amp;')}#${n}">more</a></p>`;
  const at = timestampOfClock(Date.UTC(2026, 10, 20) - place * 3_600_000);
  const isEpisode = place % 5 === 0;
  return {
    id: `urn:uuid:00000000-0000-5000-8000-${String(place).padStart(12, '0')}` as PublishedId,
    guid: `item-${place}`,
    idIsPermalink: false,
    permalink: page,
    title: words(place, 8),
    contentHtml: Array.from({ length: place % 10 === 0 ? 20 : 4 }, (_, n) => paragraph(n)).join('\n'),
    summary: words(place + 1, 40),
    publishedAt: at,
    updatedAt: at,
    categories: [{ term: words(place, 1) }, { term: 'News' }],
    enclosures: isEpisode
      ? [{ url: `${page}.mp3`, type: 'audio/mpeg', length: 1_000_000 + place, durationSeconds: 1800 }]
      : [],
    links: [],
    language: 'en',
    commentsUrl: undefined,
    imageUrl: isEpisode ? `https://source-${place % 40}.example/${place}.jpg` : undefined,
    attribution: {
      sourceId: sourceId(`source-${place % 40}`),
      sourceName: name,
      source: {
        title: name,
        id: `https://source-${place % 40}.example/feed`,
        feedUrl: `https://source-${place % 40}.example/feed`,
        siteUrl: `https://source-${place % 40}.example/`,
        iconUrl: undefined,
        updatedAt: at,
        authors: [],
        contributors: [],
        categories: [],
        rights: `© 2026 ${name}`,
        licenses: [],
      },
      sourceIsReceived: false,
      via: [],
      also: [],
      authors: [{ name: words(place + 2, 2) }],
      contributors: [],
      publisher: name,
      rights: `© 2026 ${name}`,
      licenses: ['https://creativecommons.org/licenses/by/4.0/'],
    },
    note: {
      position: 'after',
      html: `<p class="attribution">Source: <a href="${page.replace('&', '&amp;')}">${name.replace('&', '&amp;')}</a></p>`,
      text: `Source: ${name}`,
    },
    extensions: isEpisode
      ? [
          { name: 'itunes:episode', namespace: ITUNES_NS, attributes: [], text: String(place), children: [] },
          {
            name: 'podcast:transcript',
            namespace: PODCAST_NS,
            attributes: [
              ['url', `${page}.vtt`],
              ['type', 'text/vtt'],
            ],
            text: '',
            children: [],
          },
        ]
      : undefined,
  };
}

function editionOf(count: number): Edition {
  const items = Array.from({ length: count }, (_, place) => item(place));
  return {
    feedId: feedId('bench'),
    title: 'Everything & more',
    description: 'What <happens>',
    language: 'en',
    imageUrl: undefined,
    author: undefined,
    publicUrl: 'https://feeds.example/',
    updatedAt: timestampOfClock(Date.UTC(2026, 10, 20)),
    generator: GENERATOR,
    items,
  };
}

/**
 * Milliseconds of this thread's CPU in one run, so that other processes do not count. Up to the bytes: strings that are only
 * chained are not yet written.
 */
function timed(work: () => string): number {
  const start = process.threadCpuUsage();
  Buffer.from(work());
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

const [rounds = 15] = process.argv.slice(2).map(Number).filter(Number.isInteger);
const limitAt = process.argv.indexOf('--limit');
const limit = limitAt === -1 ? undefined : Number(process.argv[limitAt + 1]);
const formats: readonly Format[] = ['rss', 'atom', 'json'];
const writerOf = (format: OutputFormat) => OUTPUT_FORMATS.find((one) => one.format === format)?.render;
let worst = 0;

console.log('items  format  MB      by hand ms  ours ms  ratio   read back ms');
for (const size of SIZES) {
  const edition = editionOf(size);
  const ids = edition.items.map((one) => one.id);
  const sums = { hand: 0, ours: 0 };
  for (const format of formats) {
    const ours = () => writerOf(format)?.(edition) ?? '';
    const hand = () => BY_HAND[format](edition);
    const text = ours();
    if (text !== hand()) throw new Error(`${format}: not the same bytes: ${firstDifference(text, hand())}`);
    const times = { hand: [] as number[], ours: [] as number[] };
    // Small documents in more rounds, and none is counted before both are compiled.
    const count = Math.max(rounds, Math.round((rounds * 500) / size));
    for (let round = -Math.ceil(count / 2); round < count; round++) {
      const pair = [timed(hand), timed(ours)] as const;
      if (round < 0) continue;
      times.hand.push(pair[0]);
      times.ours.push(pair[1]);
    }
    const [handMs, oursMs] = [median(times.hand), median(times.ours)];
    sums.hand += handMs;
    sums.ours += oursMs;
    const start = performance.now();
    if (checkRendition(format, text, ids).length > 0) throw new Error(`${format} does not read back`);
    const checkMs = performance.now() - start;
    print(size, format, Buffer.byteLength(text), handMs, oursMs, checkMs.toFixed(1));
  }
  print(size, 'all', 0, sums.hand, sums.ours, '');
  worst = Math.max(worst, sums.ours / sums.hand);
}
console.log(`\nworst ratio of the three formats together: ${worst.toFixed(2)} (goal: at most 1.5)`);
if (limit !== undefined && worst > limit) process.exitCode = 1;

function print(size: number, format: string, bytes: number, hand: number, ours: number, check: string): void {
  const mb = bytes === 0 ? '' : (bytes / 1e6).toFixed(2);
  console.log(
    `${String(size).padStart(5)}  ${format.padEnd(6)}  ${mb.padStart(5)}  ${hand.toFixed(2).padStart(10)}  ${ours.toFixed(2).padStart(7)}  ${(ours / hand).toFixed(2).padStart(5)}   ${check.padStart(8)}`,
  );
}

function firstDifference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return `at ${at}: ${JSON.stringify(a.slice(Math.max(0, at - 60), at + 60))} / ${JSON.stringify(b.slice(Math.max(0, at - 60), at + 60))}`;
}
