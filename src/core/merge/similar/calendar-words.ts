// The names of weekdays and months in the languages that feeds are written in most, as the runtime's locale data has them.

const LANGUAGES =
  'ar bg ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nb nl pl pt ro ru sk sl sr sv th tr uk vi zh'.split(
    ' ',
  );
/** Shorter ones are other words too: `mar`, `may` stays for English is read as the month that it mostly is in a title. */
const CHARS_MIN = 3;
/** 2024-01-01 was a Monday. */
const MONDAY_MS = 1_704_067_200_000;
const DAY_MS = 86_400_000;

const NAMES: ReadonlyMap<string, string> = calendarNames();

/** `weekday 1` (Monday) to `weekday 7`, `month 1` to `month 12`; undefined for a word (in lower case) that names neither. */
export function calendarName(word: string): string | undefined {
  return NAMES.get(word);
}

function calendarNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const add = (written: string, name: string) => {
    const word = written.normalize('NFKC').toLowerCase();
    if (word.length >= CHARS_MIN || /\p{Script=Han}|\p{Script=Hangul}/u.test(word)) {
      if (!names.has(word) && !/\p{Nd}/u.test(word)) names.set(word, name);
    }
  };
  for (const language of LANGUAGES) {
    for (let day = 0; day < 7; day += 1)
      add(partOf(language, { weekday: 'long' }, 'weekday', MONDAY_MS + day * DAY_MS), `weekday ${day + 1}`);
    for (let month = 0; month < 12; month += 1) {
      const at = Date.UTC(2024, month, 15);
      for (const options of [{ month: 'long' }, { month: 'long', day: 'numeric' }] as const)
        add(partOf(language, options, 'month', at), `month ${month + 1}`);
    }
  }
  return names;
}

function partOf(language: string, options: Intl.DateTimeFormatOptions, type: string, atMs: number): string {
  const format = new Intl.DateTimeFormat(language, {
    ...options,
    timeZone: 'UTC',
    numberingSystem: 'latn',
    calendar: 'gregory',
  });
  return format.formatToParts(atMs).find((part) => part.type === type)?.value ?? '';
}
