// The table: what is right in each place by the file's verdicts, and how often each reader has it.
import { type Difference, isSame, type Verdict } from './differences.ts';
import { FEED_FIELDS, type Field, type Fields, ITEM_FIELDS, type Reading } from './reading.ts';

export interface Readings {
  readonly name: string;
  readonly byPath: ReadonlyMap<string, Reading>;
}

interface Tally {
  asked: number;
  readonly right: Map<string, number>;
}

const ORDER = [
  ...FEED_FIELDS.map((field) => `feed ${field}`),
  ...ITEM_FIELDS.map((field) => `item ${field}`),
];
const NONE: readonly string[] = [];
const NOTHING: Fields = new Map();

export class Scores {
  private readonly tallies = new Map<string, Tally>();
  private readonly readers: readonly Readings[];
  private readonly verdictOf: ReadonlyMap<string, Verdict>;

  /** The first two of `readers` are we and feedparser, whom the verdicts are about. */
  constructor(readers: readonly Readings[], verdictOf: ReadonlyMap<Difference, Verdict>) {
    this.readers = readers;
    this.verdictOf = new Map(
      [...verdictOf].map(([{ feed, index, field }, verdict]) => [`${feed}\n${index}\n${field}`, verdict]),
    );
    const [ours, theirs] = readers;
    for (const [path, reading] of ours?.byPath ?? []) {
      const other = theirs?.byPath.get(path);
      this.compare(path, -1, FEED_FIELDS);
      const items = Math.max(reading.items.length, other?.items.length ?? 0);
      for (let index = 0; index < items; index += 1) this.compare(path, index, ITEM_FIELDS);
    }
  }

  get asked(): number {
    return [...this.tallies.values()].reduce((sum, tally) => sum + tally.asked, 0);
  }

  rows(): string[][] {
    const rows = [['field', 'asked', ...this.readers.map(({ name }) => name)]];
    const all: Tally = { asked: 0, right: new Map() };
    for (const name of ORDER) {
      const tally = this.tallies.get(name);
      if (tally === undefined) continue;
      rows.push(this.row(name, tally));
      all.asked += tally.asked;
      for (const [reader, count] of tally.right) all.right.set(reader, (all.right.get(reader) ?? 0) + count);
    }
    return [...rows, this.row('all', all)];
  }

  private row(name: string, { asked, right }: Tally): string[] {
    const shares = this.readers.map(
      (reader) => `${((100 * (right.get(reader.name) ?? 0)) / asked).toFixed(1)} %`,
    );
    return [name, String(asked), ...shares];
  }

  private compare(path: string, index: number, fields: readonly Field[]): void {
    const answers = this.readers.map(({ name, byPath }) => ({
      name,
      fields: fieldsAt(byPath.get(path), index),
    }));
    const [ours, theirs] = answers;
    for (const field of fields) {
      const mine = ours?.fields.get(field) ?? NONE;
      const other = theirs?.fields.get(field) ?? NONE;
      if (mine.length + other.length === 0) continue;
      const right = this.rightAt(path, index, field, mine, other);
      const tally = this.tallyOf(`${index < 0 ? 'feed' : 'item'} ${field}`);
      tally.asked += 1;
      for (const { name, fields: said } of answers) {
        if (!right.some((values) => isSame(values, said.get(field) ?? NONE))) continue;
        tally.right.set(name, (tally.right.get(name) ?? 0) + 1);
      }
    }
  }

  private rightAt(
    path: string,
    index: number,
    field: Field,
    ours: readonly string[],
    theirs: readonly string[],
  ) {
    const whole = index < 0 ? 'feed' : 'item';
    const verdict =
      this.verdictOf.get(`${path}\n${index}\n${field}`) ??
      this.verdictOf.get(`${path}\n${index}\n${whole}`) ??
      this.verdictOf.get(`${path}\n-1\nfeed`);
    if (verdict?.kind === 'ours-better') return [ours];
    return verdict?.kind === 'theirs-better' ? [theirs] : [ours, theirs];
  }

  private tallyOf(name: string): Tally {
    const known = this.tallies.get(name);
    if (known !== undefined) return known;
    const tally = { asked: 0, right: new Map() };
    this.tallies.set(name, tally);
    return tally;
  }
}

function fieldsAt(reading: Reading | undefined, index: number): Fields {
  return (index < 0 ? reading?.feed : reading?.items[index]) ?? NOTHING;
}

export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}
