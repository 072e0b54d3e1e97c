// Words in dates: months and days of the week in the languages that publishers write.

/**
 * Full forms, cases and abbreviations; accents do not count. `listopad` is November, as in Polish, Czech and Ukrainian,
 * not October as in Croatian.
 */
const MONTHS: readonly string[] = [
  'jan january januar janvier janv enero ene gennaio gen janeiro ιαν ιανουαριος ιανουαριου янв январь января sty styczen stycznia led leden ledna ocak oca ian ianuarie tammi tammikuu tammikuuta jan janner januari ledna sijecnja sijecanj sij jaanuar jaan janvaris sausio sausis gener xaneiro urtarrila januara януари яну јануар јан січ січень січня студзеня januari janeiro يناير ינואר',
  'feb february februar fevrier fevr fev febrero febbraio fevereiro φεβ φεβρουαριος φεβρουαριου фев февраль февраля февр lut luty lutego unor unora uno subat sub februarie helmi helmikuu helmikuuta februari veljace veljaca velj veebruar veebr februaris vasario vasaris febrer febreiro otsaila februara февруари фебруар феб лют лютий лютого лютага فبراير פברואר febuary',
  'mar march marz maerz mrz mars marzo marco maart mrt μαρ μαρτιος μαρτιου μαω мар март марта marzec marca brezen brezna bre mart martie maalis maaliskuu maaliskuuta marcius marc marts ozujka ozujak ozu martha marec martxoa kovo kovas march березень березня бер сакавіка maret مارس מרץ מרס',
  'apr april avril avr abril abr aprile απρ απριλιος απριλιου апр апрель апреля kwi kwiecien kwietnia dub duben dubna nisan nis aprilie huhti huhtikuu huhtikuuta aprilis travnja travanj aprill balandzio balandis apirila априла април кві квіт квітень квітня красавіка ابريل أبريل אפריל',
  'may mai mayo maggio mag maio mei maj μαι μαιος μαιου май мая maja kveten kvetna kve mayis touko toukokuu toukokuuta majus maujus svibnja svibanj svi maijs geguzes geguze maig maiatza мај тра трав травень травня maya maios مايو מאי',
  'jun june juni juin junio giugno giu junho ιουν ιον ιουνιος ιουνιου июн июнь июня cze czerwiec czerwca cerven cervna cvn haziran haz iunie iun kesa kesakuu kesakuuta junius lipnja lipanj juuni junijs birzelio birzelis juny xuno ekaina juna juni юни јун јуни чер черв червень червня يونيو יוני',
  'jul july juli juillet juil julio luglio lug julho ιουλ ιολ ιουλιος ιουλιου июл июль июля lip lipiec lipca cervenec cervence cvc temmuz tem iulie iul heina heinakuu heinakuuta julius srpnja srpanj juuli julijs liepos liepa juliol xullo uztaila jula юли јул јули лип липень липня ліпеня يوليو יולי',
  'aug august aout aou agosto ago augustus αυγ αυγουστος αυγουστου авг август августа sie sierpien sierpnia srpen srpna srp agustos agu elo elokuu elokuuta augusztus augusti kolovoza kolovoz kol augusts rugpjucio rugpjutis agost abuztua augusta avgust avg август сер серп серпень серпня agustus أغسطس اغسطس אוגוסט',
  'sep sept september septembre septiembre settembre set setembro σεπ σεπτ σεπτεμβριος σεπτεμβριου сен сент сентябрь сентября wrz wrzesien wrzesnia zari zar eylul eyl septembrie syys syyskuu syyskuuta szeptember szept rujna rujan ruj septembris rugsejo rugsejis setembre iraila septembra септември септембар сеп вер верес вересень вересня верасня سبتمبر ספטמבר',
  'oct october oktober okt octobre octubre ottobre ott outubro out οκτ οκτωβριος οκτωβριου окт октябрь октября paz pazdziernik pazdziernika rij rijen rijna ekim eki octombrie loka lokakuu lokakuuta oktoober oktobris spalio spalis outubro urria oktobra октомври октобар жов жовт жовтень жовтня أكتوبر اكتوبر אוקטובר',
  'nov november novembre noviembre novembro νοε νοεμ νοεμβριος νοεμβριου ноя нояб ноябрь ноября lis listopad listopada listopadu kasim kas noiembrie noi marras marraskuu marraskuuta studenoga studenog studeni novembris lapkricio lapkritis azaroa novembra ноември новембар нов листопад листопада лист نوفمبر נובמבר',
  'dec december dezember dez decembre diciembre dic dicembre dezembro δεκ δεκεμβριος δεκεμβριου дек декабрь декабря gru grudzien grudnia pro prosinec prosince aralik ara decembrie joulu joulukuu joulukuuta desember des prosinca prosinac detsember dets decembris gruodzio gruodis desembre decembro abendua decembra декември децембар гру груд грудень грудня снежня ديسمبر דצמבר',
];

const MONTH_BY_WORD: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((words, month) => words.split(' ').map((word) => [plainWord(word), month + 1] as const)),
);

/** Misspelt names of months begin as they should. */
const ENGLISH = 'jan feb apr jun jul aug sep oct nov dec'.split(' ');

/** 1 to 12. */
export function monthNamed(word: string): number | undefined {
  const plain = plainWord(word).replace(/^ב(?=[א-ת]{3})/, '');
  const known = MONTH_BY_WORD.get(plain);
  if (known !== undefined || plain.length <= 3) return known;
  const beginning = plain.slice(0, 3);
  return ENGLISH.includes(beginning) ? MONTH_BY_WORD.get(beginning) : undefined;
}

/** From Sunday on. Languages whose days begin alike agree on the day. */
const DAYS: readonly string[] = [
  'sonntag so dimanche dim domingo dom domenica zondag zo sondag son niedziela воскресенье вс nedele vasarnap pazar duminica dum diumenge',
  'montag mo lundi lun lunes lunedi segunda seg maandag mandag man poniedzialek pon понедельник пн pondeli hetfo pazartesi luni dilluns',
  'dienstag di mardi mar martes martedi terca ter dinsdag tirsdag tir tisdag tis wtorek вторник вт utery kedd sali marti dimarts',
  'mittwoch mi mercredi mer miercoles mie mercoledi quarta qua woensdag wo onsdag ons sroda среда ср streda szerda carsamba miercuri dimecres',
  'donnerstag do jeudi jeu jueves jue giovedi gio quinta qui donderdag torsdag tor tors czwartek четверг чт ctvrtek csutortok persembe joi dijous',
  'freitag fr vendredi ven viernes vie venerdi sexta sex vrijdag vr fredag fre piatek пятница пт patek pentek cuma vineri divendres',
  'samstag sonnabend sa samedi sam sabado sab sabato zaterdag za lordag lor суббота сб sobota szombat cumartesi sambata dissabte',
];

const DAY_BY_WORD: ReadonlyMap<string, number> = new Map(
  DAYS.flatMap((words, day) => words.split(' ').map((word) => [word, day] as const)),
);
const ENGLISH_DAYS = 'sun mon tue wed thu fri sat'.split(' ');

/** 0 for Sunday; English words count by their first three letters. */
export function weekdayNamed(word: string): number | undefined {
  const plain = plainWord(word).replace(/-feira$/, '');
  const known = DAY_BY_WORD.get(plain);
  if (known !== undefined) return known;
  const english = ENGLISH_DAYS.indexOf(plain.slice(0, 3));
  return english < 0 ? undefined : english;
}

/** Whether a day of the week is of a language that never writes the month before the day in figures. */
export function isOtherThanEnglish(weekday: string): boolean {
  return DAY_BY_WORD.has(plainWord(weekday).replace(/-feira$/, ''));
}

function plainWord(word: string): string {
  return /^[a-z]*$/.test(word) ? word : word.normalize('NFD').replace(/\p{M}/gu, '');
}
