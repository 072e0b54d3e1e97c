// A site to look at: the sample feeds, a feed from right to left, one of many long items with archives, one of hostile items; as
// `serve` serves it and as `once` writes it, behind a web server that knows nothing of us.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { PAYLOADS } from '../core/sanitize/payloads.ts';
import { type Folder, ROOT, run, serve, temporaryFolder, until } from '../e2e/tributary.ts';

export const RIVER_ITEMS = 100;
const OLDER_ITEMS = 30;
export const HOSTILE_ITEMS = 60;
/** Opens the feed `board`. */
export const TOKEN = 'a-word/for+few';

export interface SampleSite extends AsyncDisposable {
  readonly served: string;
  /** The same site from files. */
  readonly fixed: string;
  /** Where its files lie. */
  readonly folder: string;
}

export async function sampleSite(): Promise<SampleSite> {
  const folder = await temporaryFolder();
  const config = await written(folder);
  const once = run(['once', '--config', config, '--out', folder.file('site')], {
    TRIBUTARY_DATA: folder.file('once-data'),
  });
  const service = await serve(config, { TRIBUTARY_DATA: folder.file('data') });
  await until(async () => (await service.get('/readyz')).ok, 'every feed to be published');
  const ended = await once;
  if (ended.code !== 0) throw new Error(ended.stderr);
  const files = await fileServer(folder.file('site'));
  return {
    served: `${service.url}/`,
    fixed: files.url,
    folder: folder.file('site'),
    async [Symbol.asyncDispose]() {
      await files.close();
      await service[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function written(folder: Folder): Promise<string> {
  await folder.write('arabic.xml', arabic());
  await folder.write('river.xml', river());
  await folder.write('hostile.xml', hostile());
  const sample = (name: string) => JSON.stringify(path.join(ROOT, 'config/samples', name));
  return folder.write(
    'tributary.yaml',
    `server: { publicUrl: 'https://feeds.example.org/' }
network: { contact: https://feeds.example.org/about }
sources:
  - { id: harbour-news, url: ${sample('harbour-news.xml')}, publicUrl: https://harbour-news.example/feed.xml, categories: [News] }
  - { id: tram-notes, url: ${sample('tram-notes.xml')}, publicUrl: https://tram-notes.example/feed.atom, categories: [Transport] }
  - { id: city-library, url: ${sample('city-library.rdf')}, publicUrl: https://library.port-elsin.example/news.rdf }
  - { id: makers, url: ${sample('makers.json')}, publicUrl: https://ropewalk-makers.example/feed.json }
  - { id: mina, url: ./arabic.xml, publicUrl: https://mina.example/feed }
  - { id: almanac, url: ./river.xml, publicUrl: https://almanac.example/feed }
  - { id: hostile, url: ./hostile.xml, publicUrl: https://hostile.example/feed }
  - { id: lost, url: ./missing.xml, name: A source that is not there }
feeds:
  - { id: city, title: Port Elsin in one feed, description: 'News, trams, books and workshops of one harbour city', language: en, sources: [harbour-news, tram-notes, city-library, makers] }
  - { id: mina, title: ميناء المدينة, description: أخبار الميناء والترام, language: ar, sources: [mina, tram-notes] }
  - { id: river, title: An almanac, language: de, sources: [almanac], limit: ${RIVER_ITEMS}, archive: true }
  - { id: hostile, title: Hostile, sources: [hostile], noindex: true }
  - { id: board, title: For a few, sources: [harbour-news], limit: 2, archive: true, access: { tokens: [${TOKEN}] } }
  - { id: empty, title: Nothing yet, sources: [harbour-news], include: [nothing at all says this] }
`,
  );
}

const escaped = (text: string) => text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);

interface Entry {
  readonly title: string;
  readonly link: string;
  readonly body: string;
  readonly category?: string;
  readonly creator?: string;
  readonly day: number;
}

function rss(title: string, link: string, language: string, entries: readonly Entry[]): string {
  const items = entries.map(
    (each) =>
      `<item><title>${escaped(each.title)}</title><link>${each.link}</link><guid>${each.link}</guid>` +
      `<pubDate>${new Date(Date.UTC(2026, 9, 20) - each.day * 86_400_000).toUTCString()}</pubDate>` +
      `<category>${escaped(each.category ?? 'Almanac')}</category><dc:creator>${escaped(each.creator ?? '')}</dc:creator>` +
      `<content:encoded>${escaped(each.body)}</content:encoded></item>\n`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>${escaped(title)}</title><link>${link}</link><language>${language}</language><copyright>© ${escaped(title)}</copyright>
${items.join('')}</channel></rss>`;
}

function arabic(): string {
  const titles = [
    'عودة العبارة الليلية إلى الجزر في ديسمبر',
    'المجلس يبقي سوق السمك مفتوحًا أيام الأحد',
    'الترام رقم 7 – new cars from “Elsin Works”',
  ];
  return rss(
    'صحيفة الميناء',
    'https://mina.example/',
    'ar',
    titles.map((title, place) => ({
      title,
      link: `https://mina.example/${place}`,
      body: `<p>تبحر العبارة الليلية من جديد اعتبارًا من <b>4 ديسمبر</b> بعد شتاءين من دونها. <a href="https://mina.example/places">الجزر الخارجية</a>.</p><blockquote>لدينا الطاقم ولدينا السفينة.</blockquote>`,
      category: 'نقل',
      creator: 'إيناس مرسى',
      day: place,
    })),
  );
}

const SYLLABLES =
  'ti de fer ry lam har bour win mo le ro pe cop lan tern coun mar ket chart she to wer clo cra quay sa'.split(
    ' ',
  );

/** The same on every run, and as hard to compress as words are. */
function wordsFrom(seed: number, count: number): string {
  let state = seed + 1;
  const next = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const word = () => Array.from({ length: 1 + next(4) }, () => SYLLABLES[next(SYLLABLES.length)]).join('');
  return Array.from({ length: count }, word).join(' ');
}

function river(): string {
  return rss(
    'The Almanac',
    'https://almanac.example/',
    'en',
    Array.from({ length: RIVER_ITEMS + OLDER_ITEMS }, (_, place) => ({
      title:
        place === 1
          ? `A title that goes on and on: ${wordsFrom(3, 40)}`
          : place === 2
            ? 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3)
            : `Day ${place}: ${wordsFrom(place, 5)}`,
      link: `https://almanac.example/${place}`,
      body: `<p>${wordsFrom(place, 120)}.</p><h2>${wordsFrom(place, 3)}</h2><p>${wordsFrom(place + 1, 120)} https://almanac.example/${'long/'.repeat(30)}</p>${
        place % 10 === 3
          ? `<p><img src="https://almanac.example/${place}.png" width="1200" height="675" alt="Day ${place}"></p>`
          : ''
      }${place === 4 ? `<pre>${'x'.repeat(300)}</pre><table><tr>${'<td>wide cell</td>'.repeat(30)}</tr></table>` : ''}`,
      category: place % 2 === 0 ? 'Even days' : 'Odd days',
      creator: place % 3 === 0 ? 'Ada Tern' : 'Bo Skua & Sons',
      day: place,
    })),
  );
}

const BREAKERS = [
  '</article></div></main></body></html><script>globalThis.hit = 1</script>',
  '"><img src=x onerror="globalThis.hit = 1">',
  '\u202eright to left override',
  ']]></title><script src="https://evil.example/x.js"></script>',
  '<style>* { display: none }</style>',
  'id=_content name=filters',
];

function hostile(): string {
  const step = Math.floor(PAYLOADS.length / HOSTILE_ITEMS);
  return rss(
    BREAKERS[0] ?? '',
    'https://hostile.example/',
    'en',
    Array.from({ length: HOSTILE_ITEMS }, (_, place) => ({
      title: `${place} ${BREAKERS[place % BREAKERS.length]}`,
      link: `https://hostile.example/${place}`,
      body: `${PAYLOADS[place * step]?.html}<p id="_content" class="filters item">${BREAKERS[place % BREAKERS.length]}</p>`,
      category: BREAKERS[place % BREAKERS.length] ?? '',
      creator: BREAKERS[(place + 1) % BREAKERS.length] ?? '',
      day: place,
    })),
  );
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** As any web host: files by their names, no header of ours. */
export async function fileServer(root: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host.example');
    const file = path.join(root, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    try {
      const body = await readFile(file);
      response.setHeader('Content-Type', MEDIA_TYPES[path.extname(file)] ?? 'application/xml');
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
