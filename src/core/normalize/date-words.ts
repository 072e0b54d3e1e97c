// Words in dates: months in the languages that publishers write, and zones by name with their offsets in minutes.

/** By their beginnings, three letters or as many as tell them apart; accents kept as written and without. */
const MONTHS: readonly string[] = [
  'jan januar janvier janv enero ene gennaio gen janeiro ιαν янв sty stycznia led ledna ocak oca ian ianuarie tammi tammikuuta jän jänner január січня',
  'feb februar février fevrier févr fév fev febrero febbraio fevereiro φεβ фев lut lutego únor února şubat şub februarie helmi helmikuuta február februari',
  'mar march märz maerz mär mrz mars marzo março marco maart mrt μάρ μαρ мар marca březen března mart martie maalis maaliskuuta március márc marts',
  'apr april avril avr abril abr aprile απρ апр kwi kwietnia duben dubna nisan nis aprilie huhti huhtikuuta április ápr',
  'may mai mayo maggio mag maio mei maj μάι μαϊ μαι мая май maja květen května mayıs touko toukokuuta május máj',
  'jun june juni juin junio giugno giu junho ιούν ιον ιουν июн cze czerwca červen června haziran haz iunie iun kesä kesäkuuta június jún',
  'jul july juli juillet juil julio luglio lug julho ιούλ ιολ ιουλ июл lip lipca červenec července temmuz tem iulie iul heinä heinäkuuta július júl',
  'aug august août aout aoû agosto ago augustus αύγ αυγ авг sie sierpnia srpen srpna ağustos ağu elo elokuuta augusztus augusti',
  'sep sept september septembre septiembre settembre set setembro σεπ сен wrz września září eylül eyl septembrie syys syyskuuta szeptember szept',
  'oct october oktober okt octobre octubre ottobre ott outubro out οκτ окт paź października říjen října ekim eki octombrie loka lokakuuta október',
  'nov november novembre noviembre novembro νοέ νοε ноя lis listopada listopad listopadu kasım kas noiembrie marras marraskuuta',
  'dec december dezember dez décembre decembre déc diciembre dic dicembre dezembro δεκ дек gru grudnia prosinec prosince aralık ara decembrie joulu joulukuuta desember des',
];

const MONTH_BY_WORD: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((words, month) => words.split(' ').map((word) => [word, month + 1] as const)),
);

/** 1 to 12. Longer forms count by their first three letters where those are a month in some language. */
export function monthNamed(word: string): number | undefined {
  return MONTH_BY_WORD.get(word) ?? (word.length > 3 ? MONTH_BY_WORD.get(word.slice(0, 3)) : undefined);
}

/** RFC 822, section 5.1, and what is in use beside it; an abbreviation with two meanings has the commoner one. */
const ZONES: readonly (readonly [minutes: number, names: string])[] = [
  [-600, 'hst'],
  [-540, 'akst'],
  [-480, 'pst pt akdt'],
  [-420, 'mst mt pdt'],
  [-360, 'cst ct mdt'],
  [-300, 'est et cdt'],
  [-240, 'ast edt'],
  [-210, 'nst'],
  [-180, 'adt brt art'],
  [-150, 'ndt'],
  [0, 'z ut utc gmt wet'],
  [60, 'bst west cet mez met'],
  [120, 'cest mesz mest eet sast'],
  [180, 'eest msk trt'],
  [330, 'ist'],
  [480, 'hkt sgt awst'],
  [540, 'jst kst'],
  [570, 'acst'],
  [600, 'aest'],
  [630, 'acdt'],
  [660, 'aedt'],
  [720, 'nzst'],
  [780, 'nzdt'],
];

const ZONE_MINUTES: ReadonlyMap<string, number> = new Map(
  ZONES.flatMap(([minutes, names]) => names.split(' ').map((name) => [name, minutes] as const)),
);

export function zoneNamed(word: string): number | undefined {
  return ZONE_MINUTES.get(word);
}
