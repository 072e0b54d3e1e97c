// Ways in which documents are damaged, each at a place that a seed chooses.

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The damaged text, and the first and last place in the text before that it changed; undefined where there is no place. */
export type Damage = (
  text: string,
  random: Random,
) => { readonly text: string; readonly touched: Range } | undefined;

export const XML_DAMAGES: Readonly<Record<string, Damage>> = {
  'a bare ampersand': (text, random) => {
    const place = random.of(places(text, /[a-z](?=[a-z ]+<)/g));
    return place && change(text, { start: place.end, end: place.end }, ' & ');
  },
  'a bad date': (text, random) => {
    const place = random.of(places(text, /(?<=<(?:pubDate|dc:date|updated|published)>)[^<]+/g));
    return (
      place &&
      change(
        text,
        place,
        random.of(['yesterday', '', '2026-13-45T99:99:99Z', 'Mon, 32 Foo 2026', '<b>']) ?? '',
      )
    );
  },
  'a truncated tail': (text, random) => {
    const start = Math.floor(text.length * (0.3 + 0.7 * random.next()));
    return change(text, { start, end: text.length }, '');
  },
  'a control character': (text, random) => {
    const start = Math.floor(text.length * random.next());
    return change(
      text,
      { start, end: start },
      random.of(['\0', '\x01', '\x08', '\x0b', '\x1f', '\uffff']) ?? '',
    );
  },
  'an undeclared prefix': (text, random) => {
    const place = random.of(places(text, / xmlns:(?!rdf)\w+="[^"]*"/g));
    return place && change(text, place, '');
  },
  'an element of an unknown prefix': (text, random) => {
    const place = random.of(places(text, /<\/(?:title|link|guid|id)>/g));
    return place && change(text, { start: place.end, end: place.end }, '<nope:x nope:y="z">w</nope:x>');
  },
  'leading junk': (text, random) =>
    change(
      text,
      { start: 0, end: 0 },
      random.of(['\n\n ', '<br />\n<b>Warning</b>: x\n', 'junk & <3 ', '\ufeff\ufeff', '<!-- a -->']) ?? '',
    ),
  'a lost quote': (text, random) => {
    const tag = random.of(places(text, /<[a-z][^<>]*"[^<>]*>/gi));
    const quote = tag && random.of(places(text.slice(tag.start, tag.end), /"/g));
    return tag && quote && change(text, { start: tag.start + quote.start, end: tag.start + quote.end }, '');
  },
  'a lost end of CDATA': (text, random) => {
    const place = random.of(places(text, /\]\]>/g));
    if (place === undefined) return undefined;
    // What is well-formed stands: the CDATA then reaches to the next end, and the damage with it.
    const next = text.indexOf(']]>', place.end);
    const touched = { start: place.start, end: Math.max(next, place.end) };
    return { ...change(text, place, ''), touched };
  },
  'a lost end tag': (text, random) => {
    const place = random.of(places(text, /<\/(?:title|link|item|entry|description|summary|pubDate|id)>/g));
    return place && change(text, place, '');
  },
};

export const JSON_DAMAGES: Readonly<Record<string, Damage>> = {
  'a line end within a string': (text, random) => {
    const place = random.of(places(text, /[a-z](?=[a-z ]+"\s*[,}\]])/g));
    return place && change(text, { start: place.end, end: place.end }, '\n');
  },
  'a bad date': (text, random) => {
    const place = random.of(places(text, /(?<="date_(?:published|modified)"\s*:\s*")[^"]+/g));
    return place && change(text, place, random.of(['yesterday', '', '2026-13-45T99:99:99Z']) ?? '');
  },
  'a truncated tail': (text, random) => {
    const start = Math.floor(text.length * (0.3 + 0.7 * random.next()));
    return change(text, { start, end: text.length }, '');
  },
  'a control character': (text, random) => {
    const place = random.of(places(text, /[a-z](?=[a-z ]+"\s*[,}\]])/g));
    return (
      place && change(text, { start: place.end, end: place.end }, random.of(['\0', '\x01', '\x1f']) ?? '')
    );
  },
  'a comma too many': (text, random) => {
    const place = random.of(places(text, /(?=\s*[\]}])/g));
    return place && change(text, { start: place.end, end: place.end }, ',');
  },
  'leading junk': (text, random) =>
    change(text, { start: 0, end: 0 }, random.of(['\n\n ', '\ufeff\ufeff', '\0']) ?? ''),
  'trailing junk': (text, random) =>
    change(text, { start: text.length, end: text.length }, random.of(['\n\n', '\0\0', '<!-- 3 s -->']) ?? ''),
};

export function places(text: string, pattern: RegExp): Range[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function change(text: string, touched: Range, by: string): { text: string; touched: Range } {
  return { text: text.slice(0, touched.start) + by + text.slice(touched.end), touched };
}

/** Numerical Recipes, section 7.1. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  next(): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.state / 2 ** 32;
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  of<Value>(values: readonly Value[]): Value | undefined {
    return values[Math.floor(this.next() * values.length)];
  }
}
