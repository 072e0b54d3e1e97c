// What is counted while we run: plain numbers, so that counting costs next to nothing whether or not anybody ever asks
// (docs/adr/0026-metrics-are-counted-by-us.md). A label is one of a few words of ours, never a text from outside.

/** One line of an exposition: what follows the family's name, its labels, its value. */
export interface Sample {
  readonly suffix: '' | '_bucket' | '_sum' | '_count';
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric as it stands at the moment of asking. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  samples(): readonly Sample[];
}

export interface Counter extends Family {
  /** `values`: one for each label, in the order that the counter names them. */
  add(count: number, ...values: readonly string[]): void;
}

export interface Histogram extends Family {
  observe(value: number, ...values: readonly string[]): void;
}

interface Described {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}

/** No value of ours has it. */
const BETWEEN = '\u0000';

export function counter({ name, help, labels = [] }: Described): Counter {
  const counts = new Map<string, number>(labels.length === 0 ? [['', 0]] : []);
  return {
    name,
    help,
    type: 'counter',
    add(count, ...values) {
      const key = values.join(BETWEEN);
      counts.set(key, (counts.get(key) ?? 0) + count);
    },
    samples: () =>
      Array.from(counts, ([key, value]) => ({ suffix: '', labels: labelled(labels, key), value })),
  };
}

interface Bucketed {
  /** How many were within each bound and above the one before it; those above all bounds last. */
  readonly counts: number[];
  sum: number;
}

/** `bounds`: upper ends of the buckets, ascending. */
export function histogram({
  name,
  help,
  labels = [],
  bounds,
}: Described & { readonly bounds: readonly number[] }): Histogram {
  const empty = (): Bucketed => ({ counts: new Array<number>(bounds.length + 1).fill(0), sum: 0 });
  const observed = new Map<string, Bucketed>(labels.length === 0 ? [['', empty()]] : []);
  return {
    name,
    help,
    type: 'histogram',
    observe(value, ...values) {
      const key = values.join(BETWEEN);
      const found = observed.get(key) ?? empty();
      observed.set(key, found);
      const place = bounds.findIndex((bound) => value <= bound);
      const index = place === -1 ? bounds.length : place;
      found.counts[index] = (found.counts[index] ?? 0) + 1;
      found.sum += value;
    },
    samples: () =>
      Array.from(observed, ([key, each]) => bucketSamples(each, labelled(labels, key), bounds)).flat(),
  };
}

/** What is looked up when somebody asks; `read` gives each value with those of its labels. */
export function gauge(
  { name, help, labels = [] }: Described,
  read: () => Iterable<readonly [value: number, ...values: string[]]>,
): Family {
  return {
    name,
    help,
    type: 'gauge',
    samples: () =>
      Array.from(read(), ([value, ...values]) => ({
        suffix: '',
        labels: labelled(labels, values.join(BETWEEN)),
        value,
      })),
  };
}

function bucketSamples(
  { counts, sum }: Bucketed,
  labels: Readonly<Record<string, string>>,
  bounds: readonly number[],
): readonly Sample[] {
  let count = 0;
  const buckets = counts.map((each, place): Sample => {
    count += each;
    return {
      suffix: '_bucket',
      labels: { ...labels, le: String(bounds[place] ?? '+Inf') },
      value: count,
    };
  });
  return [...buckets, { suffix: '_sum', labels, value: sum }, { suffix: '_count', labels, value: count }];
}

function labelled(names: readonly string[], key: string): Readonly<Record<string, string>> {
  const values = key.split(BETWEEN);
  return Object.fromEntries(names.map((name, place) => [name, values[place] ?? '']));
}
