// What a store of SQLite's holds after 3, 6, 9 and 12 months of publishing, by kind of record. Ratios of each to that after three
// months, when all bounds are reached; archives grow by design, and are set against what was published.
//
//   npm run bench -- retention [sources=12] [days=360] [items=60] [--limit 1.1]
import { parseArgs } from 'node:util';
import { type Look, publishForDays } from '../test/rig/publishing-year.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { limit: { type: 'string', default: '1.1' } },
});
const [sources = 12, days = 360, items = 60] = positionals.map(Number);
const BY_DESIGN = new Set(['archive', 'archive-head', 'retraction', 'retractions']);

const startedMs = performance.now();
const lookEvery = Math.max(30, Math.floor(days / 4 / 30) * 30);
const year = await publishForDays({ sources, days, items, lookEvery, pollEvery: 1 }, (look) => {
  process.stderr.write(`day ${look.day}: ${Math.round((performance.now() - startedMs) / 1000)} s\n`);
});
const first = year.looks.find(({ day }) => day >= 90) ?? year.looks[0];
const kinds = [...new Set(year.looks.flatMap((look) => [...look.kinds.keys()]))].sort();
const cells = (label: string, texts: readonly string[]) =>
  `${label.padEnd(18)}${texts.map((text) => text.padStart(22)).join('')}\n`;
const bytesOf = (look: Look | undefined, isByDesign: boolean) =>
  [...(look?.kinds ?? [])].reduce(
    (sum, [kind, { bytes }]) => sum + (BY_DESIGN.has(kind) === isByDesign ? bytes : 0),
    0,
  );
const ratio = (now: number, then: number) => `${now} (${(now / Math.max(1, then)).toFixed(2)} x)`;

process.stdout.write(
  cells(
    'records, bytes',
    year.looks.map(({ day }) => `day ${day}`),
  ),
);
for (const kind of kinds)
  process.stdout.write(
    cells(
      kind,
      year.looks.map((look) => {
        const { records, bytes } = look.kinds.get(kind) ?? { records: 0, bytes: 0 };
        return `${records}, ${bytes}`;
      }),
    ),
  );
const line = (label: string, of: (look: Look) => number) =>
  process.stdout.write(
    cells(
      label,
      year.looks.map((look) => ratio(of(look), first === undefined ? 0 : of(first))),
    ),
  );
line('all but archives', (look) => bytesOf(look, false));
line('archives', (look) => bytesOf(look, true));
line('pages', ({ pages }) => pages);
line('free pages', ({ freePages }) => freePages);
line('files in dataDir', ({ files }) => files);
const items12 = year.looks.at(-1)?.kinds.get('item');
if (items12 !== undefined)
  process.stdout.write(`an item's record: ${Math.round(items12.bytes / items12.records)} bytes\n`);
process.stdout.write(`${year.listed} items listed, ${year.toldNew} told as new\n`);
const grown = bytesOf(year.looks.at(-1), false) / Math.max(1, bytesOf(first, false));
const isFlat = grown <= Number(values.limit) && year.listed === year.toldNew;
process.stdout.write(`${isFlat ? 'flat' : 'NOT FLAT'}: ${grown.toFixed(3)} x (limit ${values.limit})\n`);
if (!isFlat) process.exitCode = 1;
