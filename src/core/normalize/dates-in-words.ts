// Dates with the month by name, in any order and in many languages: `Mon, 05 Jan 2004`, `January 5th, 2004`,
// `lunes, 5 de enero de 2004`, and asctime, whose year stands after the clock.
import { type CalendarDate, instant } from './calendar.ts';
import { findClock, findPoints, parseTime } from './date-clock.ts';
import { monthNamed, weekdayNamed } from './date-words.ts';
import { zoneNamed } from './date-zones.ts';

/** Milliseconds since 1970. */
export function parseWords(text: string): number | undefined {
  const clock = findClock(text) ?? findPoints(text);
  const reader = new WordReader();
  reader.read(clock === undefined ? text : text.slice(0, clock.start));
  const after = clock === undefined ? '' : reader.takeYear(text.slice(clock.end));
  const { date } = reader;
  if (date === undefined) return undefined;
  const time = clock === undefined ? reader.late.join(' ') : `${text.slice(clock.start, clock.end)} ${after}`;
  const zones = reader.zones.length > 0 && parseTime(time)?.zone === 0 ? ` ${reader.zones.join(' ')}` : '';
  return instant(date, parseTime(time + zones));
}

/** Words that say nothing of the day. */
const FILLERS: ReadonlySet<string> = new Set(
  'de del den der di of the at on le a alle las la ore om kl kl. klo um o d d. m m. г г. р р. gada g god el an year day'.split(
    ' ',
  ),
);
/** A day of the week and a word more are passed over; of what has more than that nothing is certain. */
const STRANGE_WORDS_MAX = 2;
/** Between words; `-` joins them, but is a sign before figures that stand alone. */
const BETWEEN = /[\s,;:/'’‘`]+|(?<=[\p{L}\p{M}\d])\.?-(?=[\p{L}\d])|(?<=\p{L})\.(?=\d)|(?<=\d)\.(?=\p{L})/u;

class WordReader {
  /** Offsets and names of zones before the clock. */
  readonly zones: string[] = [];
  /** An hour alone, and what follows it, where there is no clock. */
  readonly late: string[] = [];
  private day: number | undefined;
  private month: number | undefined;
  private year: number | undefined;
  /** `mar` is Tuesday in French, Spanish, Italian and Romanian: the other month counts where there is one. */
  private isMonthDoubtful = false;
  private strange = 0;

  get date(): CalendarDate | undefined {
    const { year, month, day } = this;
    if (year === undefined || month === undefined || this.strange > STRANGE_WORDS_MAX) return undefined;
    if (day !== undefined) return { year, month, day };
    return year >= 1000 ? { year, month, day: 1 } : undefined;
  }

  read(text: string): void {
    for (const word of text.split(BETWEEN)) {
      const plain = word.replace(/^[.-]+$/, '');
      if (plain !== '' && !FILLERS.has(plain)) this.take(plain);
    }
  }

  /** The year of asctime from what is after the clock; returns the rest. */
  takeYear(text: string): string {
    const match = this.year === undefined ? /(?:^| )((?:19|20)\d{2})(?= |$)/.exec(text) : null;
    if (match === null) return text;
    this.year = Number(match[1]);
    return `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
  }

  private take(written: string): void {
    const figures = /^(\d{1,4})(?:st|nd|rd|th|er|e|o|a|ο|η|\.|-?[её]|-?го)?$/.exec(written)?.[1];
    const isWhole = this.day !== undefined && this.month !== undefined && this.year !== undefined;
    if (
      this.late.length > 0 ||
      (isWhole && (figures !== undefined || /^(?:[+-]\d|[ap]\.?m)/.test(written)))
    ) {
      this.late.push(written);
      return;
    }
    if (figures !== undefined) {
      this.takeFigures(figures);
      return;
    }
    const word = withoutPoint(written);
    const month = monthNamed(word);
    if (month !== undefined) this.takeMonth(word, month);
    else if (/^[+-]\d{2}:?\d{2}$/.test(word) || (isWhole && zoneNamed(word) !== undefined))
      this.zones.push(word);
    else if (weekdayNamed(word) === undefined) this.strange += /\d/.test(word) ? STRANGE_WORDS_MAX + 1 : 1;
  }

  private takeFigures(figures: string): void {
    if (figures.length <= 2 && this.day === undefined) this.day = Number(figures);
    else if (this.year === undefined && figures.length > 1) this.year = fullYear(figures);
    else this.strange += STRANGE_WORDS_MAX + 1;
  }

  private takeMonth(word: string, month: number): void {
    const isDoubtful = word === 'mar';
    if (this.month !== undefined && !this.isMonthDoubtful) {
      this.strange += isDoubtful ? 0 : 1;
    } else if (this.month === undefined || !isDoubtful) {
      this.month = month;
      this.isMonthDoubtful = isDoubtful;
    }
  }
}

function withoutPoint(word: string): string {
  return word.endsWith('.') ? word.slice(0, -1) : word;
}

/** RFC 2822, section 4.3: two digits below 50 are of this century, three are since 1900. */
function fullYear(figures: string): number {
  const year = Number(figures);
  if (figures.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return figures.length === 3 ? 1900 + year : year;
}
