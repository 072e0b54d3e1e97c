// A check of cron expressions: five fields, as crontab(5) has them, with names of months and weekdays. What passes here
// is understood by edge/schedule too (a test compares the two); that there is such a day is looked at as well.
import type { Check, Complaint } from './fields.ts';

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const FIELDS: readonly Field[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of the month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, words: MONTHS },
  { name: 'weekday', least: 0, most: 7, words: WEEKDAYS },
];

export const isCronExpression: Check = (text) => {
  const parts = text.trim().split(/\s+/);
  if (parts.length === FIELDS.length + 1) {
    return 'has six fields; sources are polled by the minute, so leave out the first one, the seconds';
  }
  if (parts.length !== FIELDS.length) {
    return `needs five fields: ${FIELDS.map((field) => field.name).join(', ')}; for example "*/15 6-22 * * *"`;
  }
  for (const [index, field] of FIELDS.entries()) {
    const complaint = complaintAbout(parts[index] ?? '', field);
    if (complaint !== undefined) return complaint;
  }
  return isEverDue(parts[2] ?? '*', parts[3] ?? '*') ? undefined : 'names a day that no month of it has';
};

function complaintAbout(part: string, field: Field): Complaint | undefined {
  const wrong = part.split(',').find((term) => !isTerm(term, field));
  if (wrong === undefined) return undefined;
  const range = `${field.least} to ${field.most}${field.words === undefined ? '' : `, or ${field.words[1]} and the like`}`;
  const right = `the ${field.name} takes ${range}, "*", lists, ranges, and steps such as */15`;
  return { message: `${JSON.stringify(wrong.slice(0, 20))} cannot stand there: ${right}`, blind: right };
}

/** `*`, `5`, `mon`, `1-5`, the latter and `*` with a step. */
function isTerm(term: string, field: Field): boolean {
  const [, from, to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d{1,2}))?$/.exec(term) ?? [];
  if (from === undefined || (from === '*' && to !== undefined)) return false;
  if (step !== undefined && (Number(step) < 1 || (from !== '*' && to === undefined))) return false;
  if (from === '*') return true;
  const first = numberOf(from, field);
  const last = to === undefined ? first : numberOf(to, field);
  return first !== undefined && last !== undefined && first <= last;
}

function numberOf(text: string, { least, most, words }: Field): number | undefined {
  const word = words?.indexOf(text.toLowerCase()) ?? -1;
  if (word >= 0) return word + least;
  const number = /^\d{1,2}$/.test(text) ? Number(text) : -1;
  return number >= least && number <= most ? number : undefined;
}

function isEverDue(days: string, months: string): boolean {
  const firstDays = days.split(',').map((term) => Number(/^\d+/.exec(term)?.[0] ?? 1));
  return (
    Math.min(...firstDays) <= Math.max(...monthsOf(months).map((month) => DAYS_IN_MONTH[month - 1] ?? 31))
  );
}

function monthsOf(part: string): readonly number[] {
  const field: Field = { name: 'month', least: 1, most: 12, words: MONTHS };
  const all = MONTHS.map((_, index) => index + 1);
  return part.split(',').flatMap((term) => {
    const [, from = '', to] = /^(\w+)(?:-(\w+))?$/.exec(term) ?? [];
    const first = numberOf(from, field);
    if (first === undefined) return all;
    return all.filter((month) => month >= first && month <= (numberOf(to ?? from, field) ?? month));
  });
}
