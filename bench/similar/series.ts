// Items of series: one form filled anew each day, for each place, match or product. No two of them are one story, though their
// words are the same. Every second kind keeps its title for all its items, so that the title tells nothing.

export interface SeriesItem {
  readonly kind: string;
  readonly title: string;
  readonly text: string;
}

/** Mulberry32: the same numbers everywhere. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Draw {
  /** An integer from `from` to `to`. */
  int(from: number, to: number): number;
  of<T>(list: readonly T[]): T;
  /** Different ones. */
  some<T>(list: readonly T[], count: number): readonly T[];
}

type Series = (draw: Draw, nth: number) => readonly [title: string, text: string];

const PLACES =
  'Skarrow Holmsey Garth Brockley Penwick Dunmere Ilverton Wexham Ashdown Marrowby Tarnhead Ravenport Castlevale Lowick Stanmoor Eastrigg Fenwold Harrowgate Kelby Norwick Oxley Prestow Quarley Redmire Selsea Thornham Ulverby Whitmoor Yarrow Coldbeck'.split(
    ' ',
  );
const ORTE =
  'Lauterfeld Hagenau Tiefenbach Rodach Altenried Neuhof Kirchau Ahlen Born Rheda Horn Bernau Lindach Weiler Steinfurt Moosbach Grünau Talheim Eichfeld Sandau Birkenried Wolfstein Auerbach Hohenau Brunnthal Seefeld'.split(
    ' ',
  );
const NAMES =
  'Ardley Osterby Nandakumar Lowe Tuffnell Wetherall Odell Brandt Carrero Calloway Hollis Crewe Dray Fenn Noakes Marl Petri Oelmann Roth Voigt Meier Schulte Yilmaz Kaya Neumann Varela Bersani Etxeberri Kuipers Samuelsson Okafor Lindqvist Haddad Moreau Pereira Novak Kowalski Ivanova Tanaka Chen'.split(
    ' ',
  );
const FIRST =
  'Anna Tom Priya Marcus Agnes Jonah Stefan Luis Ruth Gerald Anita Peter Edith Jürgen Katrin Sabine Hanna Paolo Augusto Marleen Olga Kenji Mei Samir Ines'.split(
    ' ',
  );
const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const TAGE = 'Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag'.split(' ');
const TRADES =
  'nurse cook electrician teacher driver plumber gardener accountant librarian paramedic welder architect surveyor baker mechanic'.split(
    ' ',
  );
const FOODS =
  'tomato soup|lentil stew|fish pie|roast chicken|mushroom risotto|vegetable curry|beef goulash|spinach lasagne|potato bake|pea soup|pumpkin soup|noodle salad|bean chilli|rice pudding|apple crumble|pancakes|stuffed peppers|omelette'.split(
    '|',
  );
const SIGNS =
  'Aries Taurus Gemini Cancer Leo Virgo Libra Scorpio Sagittarius Capricorn Aquarius Pisces'.split(' ');
const FORTUNES =
  'a colleague brings good news|an old friend writes|money matters need patience|a journey is put off|your energy is high|someone misunderstands you|a small gift surprises you|rest more than you plan|an argument ends well|a door opens at work|keep a secret this week|trust your first thought|your plans find an ally|avoid hasty promises|an evening out does you good'.split(
    '|',
  );
const TOPICS =
  'the council votes on parking charges|teachers at three schools are on strike|the swimming pool reopens at noon|the ferry is an hour late|the library has a new roof|a bakery closes after ninety years|the bridge is shut for repairs|a choir looks for tenors|bins are emptied a day later|the market moves to the station|a film crew is in town|the museum shows maps|the river is falling again|the hospital opens a ward|a road is named after a poet|a school wins a prize for robots|the theatre sells its costumes|the airport gets a tram'.split(
    '|',
  );
const FIXES =
  'a crash when a list is empty|wrong totals after rounding|slow start on old disks|a leak of file handles|broken links in exports|dates shown in the wrong zone|a freeze while saving|missing icons in dark mode|double entries after sync|a warning that made no sense|wrong order of columns|sound after muting|printing of long tables|search with accents|login behind proxies'.split(
    '|',
  );
const WARES =
  'wheat barley rapeseed diesel copper cocoa coffee sugar cotton butter milk pork beef soy oats'.split(' ');
const MONEY = 'dollar pound yen franc krona zloty lira real rupee rand'.split(' ');
const KINDS_OF_CRASH =
  'a car and a van|two cars|a lorry and a motorcycle|a bus and a car|a tractor and a car|a cyclist and a van'.split(
    '|',
  );

const two = (value: number) => String(value).padStart(2, '0');

const SERIES: Readonly<Record<string, Series>> = {
  weather: (d) => [
    `Weather for ${d.of(PLACES)}`,
    `${d.of(['Mostly cloudy', 'Sunny spells', 'Rain at times', 'Fog at first, then bright', 'Showers with hail'])} today with highs of ${d.int(2, 29)} degrees and lows of ${d.int(-6, 12)}. Winds ${d.of(['light', 'moderate', 'fresh'])} from the ${d.of(['north', 'south', 'east', 'west', 'south-west'])} at ${d.int(5, 60)} km/h. Chance of rain ${d.int(0, 20) * 5} percent. Sunrise at ${d.int(5, 8)}.${two(d.int(0, 59))}, sunset at ${d.int(16, 21)}.${two(d.int(0, 59))}. The next forecast follows at six in the evening.`,
  ],
  wetter: (d, n) => [
    `Das Wetter am ${(n % 28) + 1}. ${d.of(['Januar', 'März', 'Juni', 'Oktober'])}`,
    `In ${d.of(ORTE)} und Umgebung ist es heute ${d.of(['heiter bis wolkig', 'stark bewölkt', 'sonnig', 'regnerisch', 'trüb mit Nebel'])}. Die Höchstwerte liegen bei ${d.int(0, 32)} Grad, nachts kühlt es auf ${d.int(-9, 15)} Grad ab. Der Wind weht ${d.of(['schwach', 'mäßig', 'frisch'])} aus ${d.of(['Nord', 'Süd', 'Ost', 'West'])}. Die Aussichten: Am ${d.of(TAGE)} wird es ${d.of(['wärmer', 'kälter', 'wechselhaft'])}.`,
  ],
  match: (d) => {
    const [home = '', away = ''] = d.some(PLACES, 2);
    const [a = '', b = '', c = ''] = d.some(NAMES, 3);
    return [
      `${home} v ${away} ${d.int(0, 4)}-${d.int(0, 4)}`,
      `${home} met ${away} in front of ${d.int(80, 2400)} spectators on ${d.of(DAYS)}. ${a} opened the scoring in the ${d.int(2, 44)}th minute, ${b} had the ball in the net before the break, and ${c} struck in the ${d.int(50, 89)}th. Referee ${d.of(NAMES)} showed ${d.int(0, 6)} yellow cards. Next week ${home} travel to ${d.of(PLACES)}.`,
    ];
  },
  spielbericht: (d) => {
    const [home = '', away = ''] = d.some(ORTE, 2);
    const [a = '', b = ''] = d.some(NAMES, 2);
    return [
      `Kreisliga: SV ${home} gewinnt Heimspiel`,
      `Der SV ${home} hat sein Heimspiel gegen den TuS ${away} mit ${d.int(1, 5)}:${d.int(0, 1)} gewonnen. Vor ${d.int(40, 600)} Zuschauern traf ${a} in der ${d.int(1, 45)}. Minute zur Führung, ehe ${b} in der ${d.int(46, 90)}. Minute für die Entscheidung sorgte. Am kommenden ${d.of(TAGE)} muss ${home} in ${d.of(ORTE)} antreten.`,
    ];
  },
  briefing: (d) => {
    const [a, b, c] = d.some(TOPICS, 3);
    return [
      'Morning briefing',
      `Good morning. Here is what matters today: ${a}, ${b}, and ${c}. It will be ${d.of(['dry', 'wet', 'windy', 'foggy'])} with highs of ${d.int(1, 25)} degrees. Have a good ${d.of(DAYS)}, the editors of the ${d.of(PLACES)} Courier.`,
    ];
  },
  prices: (d) => {
    const wares = d.some(WARES, 5);
    return [
      'Commodity prices today',
      `Prices at the ${d.of(PLACES)} exchange at noon: ${wares.map((ware) => `${ware} ${d.int(80, 990)}.${two(d.int(0, 99))}`).join(', ')}. Trade was ${d.of(['thin', 'brisk', 'steady'])}. All prices in crowns per tonne.`,
    ];
  },
  rates: (d) => {
    const money = d.some(MONEY, 4);
    return [
      `Exchange rates of the Bank of ${d.of(PLACES)}`,
      `The central bank has set its official rates for today: ${money.map((coin) => `one ${coin} buys ${d.int(0, 9)}.${d.int(1000, 9999)} crowns`).join(', ')}. The rates apply from midnight and are published every working day.`,
    ];
  },
  changelog: (d, n) => {
    const [a, b, c] = d.some(FIXES, 3);
    return [
      `Quillpad ${1 + (n % 7)}.${d.int(0, 30)}.${d.int(0, 40)}`,
      `This release of Quillpad mends ${a}, ${b} and ${c}. Thanks to ${d.of(FIRST)} and ${d.of(FIRST)} for reports. Update as usual; the format of files has not changed. Checksums are in the download folder.`,
    ];
  },
  changes: (d) => {
    const [a, b, c] = d.some(FIXES, 3);
    return [
      'New release of Tally',
      `A new release of Tally is out, number ${d.int(1, 9)}.${d.int(0, 60)}. It mends ${a}, ${b} and ${c}. Everyone is asked to update. Packages for all systems are in the usual place, and the signing key is the same as before.`,
    ];
  },
  part: (d, n) => {
    const [a, b] = d.some(TOPICS, 2);
    return [
      `A walk along the river, part ${(n % 400) + 1}`,
      `In this part of our series we walk from ${d.of(PLACES)} to ${d.of(PLACES)}, ${d.int(4, 25)} kilometres along the river. On the way ${a}, and ${b}. ${d.of(FIRST)} ${d.of(NAMES)} wrote the series; the photographs are from the archive. All parts so far are on our website.`,
    ];
  },
  folge: (d) => [
    'Neue Folge unseres Podcasts',
    `In der neuen Folge spricht ${d.of(FIRST)} ${d.of(NAMES)} mit ${d.of(FIRST)} ${d.of(NAMES)} über ${d.of(['das Leben auf dem Land', 'die Kunst des Brotbackens', 'den langen Weg zur Meisterschaft', 'den Umbau der Innenstadt', 'das Hören im Alter', 'die Suche nach Meteoriten'])}. Die Folge dauert ${d.int(18, 95)} Minuten und ist überall zu hören, wo es Podcasts gibt. Schreibt uns eure Fragen, wir freuen uns über jede Nachricht.`,
  ],
  shownotes: (d) => {
    const [topic, fortune, fix] = [d.of(TOPICS), d.of(FORTUNES), d.of(FIXES)];
    return [
      `The Harbour Podcast: ${topic}`,
      `This time we ask why ${topic}, what to do when ${fortune}, and who is to blame for ${fix}. The Harbour Podcast is made by people who live by the water and like to listen. You can hear every episode wherever you get your podcasts, and if you enjoy what we do, please leave a review, as it helps others to find the show. The music was written for us by friends, and the cover was drawn by our listeners. Write to the team with your questions, complaints and recipes; we read everything, even if we cannot answer all of it. Transcripts are on our website.`,
    ];
  },
  newsletter: (d) => {
    const [topic, fortune, fix] = [d.of(TOPICS), d.of(FORTUNES), d.of(FIXES)];
    return [
      'Our newsletter',
      `Dear readers, this week you will learn that ${topic}, that ${fortune}, and what is known of ${fix}. As always, everything in this newsletter was researched, written and checked by a small team that takes no money from advertisers and depends on your support. If somebody sent this letter on to you, you can subscribe with the button below, and if you no longer want it, you can leave with the link at the end. We are grateful for every hint, every correction and every kind word. Please tell your friends about us, stay curious, and see you again at the same time in the same place.`,
    ];
  },
  horoscope: (d) => {
    const [a, b, c] = d.some(FORTUNES, 3);
    return [
      `Your horoscope: ${d.of(SIGNS)}`,
      `Dear ${d.of(SIGNS)}, this week ${a}. In love ${b}. At work ${c}. Your lucky number is ${d.int(1, 49)}, your lucky colour is ${d.of(['blue', 'green', 'red', 'silver', 'white'])}. Your best day is ${d.of(DAYS)}.`,
    ];
  },
  job: (d) => {
    const trade = d.of(TRADES);
    return [
      `Job: ${trade} in ${d.of(PLACES)} (m/f/d)`,
      `We are looking for a ${trade} for our team, ${d.of(['full time', 'part time'])}, from 1 ${d.of(['January', 'February', 'March', 'May'])}. You have completed training and enjoy working with others. We offer a fair salary, ${d.int(25, 34)} days of holiday, a job ticket and a place in our kindergarten. Please send your application with the usual documents to ${d.of(FIRST)} ${d.of(NAMES)}. We look forward to hearing from you!`,
    ];
  },
  obituary: (d) => [
    'Obituaries',
    `${d.of(FIRST)} ${d.of(NAMES)}, of ${d.of(PLACES)}, passed away peacefully on ${d.of(DAYS)} at the age of ${d.int(51, 101)}, surrounded by family. A service will be held at the church of St ${d.of(FIRST)} on ${d.of(DAYS)} at ${d.int(9, 15)} o'clock. Family flowers only please; donations are welcome in aid of the hospice in ${d.of(PLACES)}.`,
  ],
  crash: (d) => [
    `Crash on the A${d.int(2, 60)} near ${d.of(PLACES)}`,
    `${d.int(2, 6)} people were injured when ${d.of(KINDS_OF_CRASH)} collided near ${d.of(PLACES)} on ${d.of(DAYS)} ${d.of(['morning', 'afternoon', 'evening'])}. The injured, aged between ${d.int(18, 40)} and ${d.int(41, 88)}, were taken to hospital. The road was closed for ${d.int(2, 7)} hours. Police are asking witnesses to come forward.`,
  ],
  einbruch: (d) => [
    'Polizeibericht',
    `Unbekannte sind in der Nacht zum ${d.of(TAGE)} in ${d.of(['eine Apotheke', 'eine Bäckerei', 'einen Kiosk', 'ein Vereinsheim', 'eine Gartenlaube', 'ein Einfamilienhaus'])} in ${d.of(ORTE)} eingebrochen. Sie hebelten ein Fenster auf und stahlen ${d.of(['Bargeld', 'Werkzeug', 'Schmuck', 'Zigaretten', 'Fahrräder', 'Elektrogeräte'])} im Wert von ${d.int(3, 90) * 100} Euro. Hinweise nimmt die Polizei in ${d.of(ORTE)} unter der Nummer ${d.int(10000, 99999)} entgegen.`,
  ],
  menu: (d) => {
    const dishes = d.some(FOODS, 5);
    return [
      'This week in the canteen',
      `Here is the menu: on Monday ${dishes[0]}, on Tuesday ${dishes[1]}, on Wednesday ${dishes[2]}, on Thursday ${dishes[3]} and on Friday ${dishes[4]}. A vegetarian dish is served every day, and there is fruit for dessert. We wish you a good appetite!`,
    ];
  },
  bourse: (d) => [
    'La Bourse à la clôture',
    `La Bourse de ${d.of(['Paris', 'Bruxelles', 'Genève', 'Milan'])} a terminé en ${d.of(['hausse', 'baisse'])} de ${d.int(0, 3)},${two(d.int(1, 99))} % à ${d.int(3000, 9000)} points. ${d.of(NAMES)} a gagné ${d.int(1, 8)},${d.int(1, 9)} % tandis que ${d.of(NAMES)} a cédé ${d.int(1, 8)},${d.int(1, 9)} %. Les investisseurs attendent les chiffres de l'inflation publiés ${d.of(['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'])}.`,
  ],
  quake: (d) => [
    `M ${d.int(2, 6)}.${d.int(0, 9)} - ${d.int(3, 90)} km ${d.of(['N', 'S', 'E', 'W'])} of ${d.of(PLACES)}`,
    `An earthquake of magnitude ${d.int(2, 6)}.${d.int(0, 9)} was recorded ${d.int(3, 90)} km from ${d.of(PLACES)} at a depth of ${d.int(2, 140)} km at ${two(d.int(0, 23))}:${two(d.int(0, 59))} UTC. No damage has been reported so far. This notice was written automatically from the readings of ${d.int(8, 60)} stations.`,
  ],
  loteria: (d) => [
    'Resultado del sorteo',
    `Los números premiados en el sorteo de este ${d.of(['lunes', 'martes', 'jueves', 'sábado'])} son ${Array.from({ length: 6 }, () => d.int(1, 49)).join(', ')} y el complementario ${d.int(1, 49)}. Hay ${d.int(0, 4)} acertantes de primera categoría, que cobran ${d.int(100, 900)}.${d.int(100, 999)} euros cada uno. El próximo sorteo se celebra dentro de tres días.`,
  ],
  tenki: (d, n) => [
    `${(n % 28) + 1}日の天気`,
    `${d.of(['青浜', '北嶺', '南原', '東川', '西町'])}地方は${d.of(['高気圧に覆われておおむね晴れる', '低気圧の影響で昼過ぎから雨が降る', '雲が広がりやすく所により雪が降る', '湿った空気の影響で曇る'])}見込みです。最高気温は${d.int(1, 34)}度、最低気温は${d.int(-8, 20)}度の予想です。${d.of(['北', '南', '東', '西'])}の風がやや強く吹くでしょう。`,
  ],
  kurs: (d) => [
    'Официальный курс валют',
    `Центробанк установил официальный курс доллара на завтра на уровне ${d.int(70, 99)},${two(d.int(0, 99))} рубля, курс евро на уровне ${d.int(80, 110)},${two(d.int(0, 99))} рубля. Доллар ${d.of(['подорожал', 'подешевел'])} на ${d.int(1, 99)} копеек, евро ${d.of(['подорожал', 'подешевел'])} на ${d.int(1, 99)} копеек по сравнению с предыдущим днем.`,
  ],
  dizhen: (d) => [
    '最新地震快讯',
    `据地震台网测定，${d.int(1, 12)}月${d.int(1, 28)}日${d.int(0, 23)}时${d.int(0, 59)}分在${d.of(['东屏区', '临川区', '云江县', '西岭市', '南坪镇'])}发生${d.int(2, 5)}.${d.int(0, 9)}级地震，震源深度${d.int(5, 30)}公里。目前未收到人员伤亡报告，后续情况将继续跟踪。`,
  ],
  sale: (d) => [
    `Deal of the day`,
    `Today only: the ${d.of(NAMES)} ${d.of(['kettle', 'drill', 'vacuum cleaner', 'headphones', 'backpack', 'tent', 'blender', 'lamp'])} model ${d.of(['K', 'X', 'R', 'T'])}${d.int(100, 999)} for ${d.int(9, 300)}.99 instead of ${d.int(301, 600)}.99. Delivery is free from 29 crowns, and you can return it within 30 days. The offer ends at midnight or when all are sold. Prices include tax.`,
  ],
};

/** `count` items, every kind in turn, none the same as another to the letter. */
export function seriesItems(count: number, seed = 1): readonly SeriesItem[] {
  const draw = drawOf(randomOf(seed));
  const kinds = Object.entries(SERIES);
  const seen = new Set<string>();
  const items: SeriesItem[] = [];
  for (let nth = 0; items.length < count; nth += 1) {
    const [kind, make] = kinds[nth % kinds.length] as (typeof kinds)[number];
    const [title, text] = make(draw, Math.floor(nth / kinds.length));
    const whole = `${title}\n${text}`;
    if (!seen.has(whole)) items.push({ kind, title, text });
    seen.add(whole);
  }
  return items;
}

function drawOf(random: () => number): Draw {
  const int = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const of = <T>(list: readonly T[]): T => list[int(0, list.length - 1)] as T;
  return {
    int,
    of,
    some<T>(list: readonly T[], count: number) {
      const rest = [...list];
      return Array.from({ length: count }, () => rest.splice(int(0, rest.length - 1), 1)[0] as T);
    },
  };
}
