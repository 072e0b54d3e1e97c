// Zones as dates name them: figures, abbreviations, places of the IANA database. Never the machine's own.

/** Minutes east of UTC, or a place whose offset depends on the day, as in `europe/paris`. */
export type Zone = number | string;

/**
 * RFC 822, section 5.1, and what is in use beside it. An abbreviation with several meanings has the one that is
 * commoner in feeds: AST Atlantic rather than Arabia, BDT Bangladesh rather than Brunei, BST British Summer Time rather
 * than Bangladesh, CST and CDT North America rather than China, Cuba or Australia, ECT none, EST North America rather than
 * Australia, GST Gulf rather than South Georgia, IST India rather than Israel or Ireland, MST Mountain rather than
 * Malaysia or Moscow, PST Pacific rather than the Philippines, SST Samoa rather than Singapore. AMT, where there is
 * none that is commoner, and every other word count as UTC (RFC 2822, section 4.3).
 */
const NAMED: readonly (readonly [minutes: number, names: string])[] = [
  [-660, 'sst'],
  [-600, 'hst hast'],
  [-540, 'akst hadt'],
  [-480, 'pst akdt'],
  [-420, 'mst pdt'],
  [-360, 'cst mdt'],
  [-300, 'est cdt cot pet'],
  [-240, 'ast edt clt vet bot at'],
  [-210, 'nst'],
  [-180, 'adt brt art uyt clst'],
  [-150, 'ndt'],
  [-120, 'brst uyst'],
  [-60, 'cvt egt azot'],
  [0, 'z ut utc gmt wet uct'],
  [60, 'bst west cet mez met wat'],
  [120, 'cest cedt mesz mest eet sast cat'],
  [180, 'eest msk trt eat idt fet'],
  [210, 'irst'],
  [240, 'gst msd samt azt get'],
  [270, 'irdt aft'],
  [300, 'pkt yekt uzt tjt mvt'],
  [330, 'ist slst'],
  [345, 'npt'],
  [360, 'omst bdt btt almt kgt'],
  [390, 'mmt'],
  [420, 'ict wib krat novt hovt'],
  [480, 'hkt sgt awst pht myt wita irkt ulat'],
  [540, 'jst kst wit yakt awdt'],
  [570, 'acst'],
  [600, 'aest vlat chst pgt'],
  [630, 'acdt lhst'],
  [660, 'aedt magt sakt lhdt'],
  [720, 'nzst pett fjt'],
  [765, 'chast'],
  [780, 'nzdt tot'],
  [825, 'chadt'],
];

/** What means summer or winter as the day has it. */
const GENERAL: ReadonlyMap<string, Zone> = new Map([
  ['et', 'america/new_york'],
  ['ct', 'america/chicago'],
  ['mt', 'america/denver'],
  ['pt', 'america/los_angeles'],
]);

const ZONES: ReadonlyMap<string, Zone> = new Map([
  ...NAMED.flatMap(([minutes, names]) => names.split(' ').map((name): [string, Zone] => [name, minutes])),
  ...GENERAL,
]);

/** Zones spelt out, by what they are called for short. */
export function shortenZones(date: string): string {
  const text = date.includes('dt') ? date.replace(/\b([ecmp])st\d[ecmp]dt\b/, '$1t') : date;
  if (!text.includes('time')) return text;
  return text
    .replace(/\bcentral european (?:standard )?time\b/g, 'cet')
    .replace(/\bcentral european summer time\b/g, 'cest')
    .replace(/\b(?:greenwich mean|gmt standard|coordinated universal|universal) time\b/g, 'utc')
    .replace(/\bbritish summer time\b/g, 'bst')
    .replace(/\b(india|japan|korea) standard time\b/g, (_, place: string) => `${place.charAt(0)}st`)
    .replace(
      /\b(eastern|central|mountain|pacific) (?:(s)tandard |(d)aylight )?time\b/g,
      (_, place: string, winter = '', summer = '') => `${place.charAt(0)}${winter}${summer}t`,
    );
}

export function zoneNamed(word: string): Zone | undefined {
  return ZONES.get(word);
}

/** `+0100`, `-5`, `+01:00:00`, with a name before them or without: `gmt+1`, `est-0500`, `europe/paris+01:00`. */
const FIGURES = /^[a-z/_]{0,40}([+-])(\d{1,2}?)(?::?(\d{2})|:(\d))?(?::\d{2})?(?:z|utc|gmt)?$/;
const PLACE = /^[a-z]{2,20}(?:\/[a-z0-9_+-]{2,30}){1,2}$/;
const WORD = /^[a-z]{1,5}$/;
const NO_ZONE = /^(?:00(?:00)?|dst)$/;
const EASTERNMOST_MINUTES = 15 * 60;

/**
 * The zone that words say together; UTC where there are none, undefined where one of them can be none. `gmt +0200` and
 * `+0200 (cest)`: figures say more than names. A short word that nobody knows is UTC: the day is then right, or the one
 * beside it.
 */
export function zoneOf(words: readonly string[]): Zone | undefined {
  let figured: Zone | undefined;
  let named: Zone | undefined;
  for (const word of words) {
    const figures = FIGURES.exec(word);
    if (figures !== null) {
      figured ??= minutesOf(figures);
      if (figured === undefined) return undefined;
    } else if (zoneNamed(word) !== undefined) named ??= zoneNamed(word);
    else if (PLACE.test(word)) named ??= clockOf(word) === undefined ? 0 : word;
    else if (!WORD.test(word) && !NO_ZONE.test(word)) return undefined;
  }
  const zone = figured ?? named ?? 0;
  return typeof zone === 'number' && figured === undefined && words.includes('dst') ? zone + 60 : zone;
}

function minutesOf([, sign, hours, two, one]: RegExpExecArray): number | undefined {
  const minutes = Number(hours) * 60 + Number(two ?? one ?? 0);
  if (minutes > EASTERNMOST_MINUTES || Number(two ?? 0) > 59) return undefined;
  return sign === '-' ? -minutes : minutes;
}

/** Minutes east of UTC that the clocks of a place show at an instant, by the zone database that the platform has. */
export function placeOffset(place: string, ms: number): number {
  const shown = clockOf(place)?.format(ms);
  const parts = shown === undefined ? null : /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/.exec(shown);
  if (parts === null) return 0;
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((local - ms) / 60_000);
}

/** Making one takes far longer than asking it; feeds name one place or none. */
const CLOCKS_MAX = 16;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Undefined for a name that is no place's. */
function clockOf(place: string): Intl.DateTimeFormat | undefined {
  const known = clocks.get(place);
  if (known !== undefined) return known;
  try {
    const clock = new Intl.DateTimeFormat('en-US', {
      timeZone: place,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    if (clocks.size >= CLOCKS_MAX) clocks.clear();
    clocks.set(place, clock);
    return clock;
  } catch {
    return undefined;
  }
}
