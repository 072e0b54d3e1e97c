// A year of publishing, as fast as it goes: steady sources that add, edit and drop items every day, one whose ids change with each
// poll, one that comes and goes, and each month a guest with an archived feed and a hub of its own, as `forEach` over a list makes them.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../src/edge/store/open-store.ts';
import { hubRecord } from '../contract/store-records.ts';
import { type Post, rss, startOrigin } from '../e2e/origin.ts';
import { listWorld } from './list-world.ts';

export interface YearOptions {
  /** Steady sources; three of other characters come on top. */
  readonly sources: number;
  readonly days: number;
  /** Days from one poll of a source to the next: 1, 2 or 3, which are counted as 2 of what is absent. */
  readonly pollEvery: number;
  /** How many items are known of each source. */
  readonly items: number;
  /** Looked at after each so many days; a multiple of 30, so that it is at the same point of a guest's stay. */
  readonly lookEvery: number;
}

export interface Look {
  readonly day: number;
  /** Records and bytes of their values, by the prefix of their keys. */
  readonly kinds: ReadonlyMap<string, { readonly records: number; readonly bytes: number }>;
  /** Of the database's file. */
  readonly pages: number;
  readonly freePages: number;
  readonly pageBytes: number;
  /** Of `dataDir`, its archives aside. */
  readonly files: number;
}

export interface Year {
  readonly looks: readonly Look[];
  /** Items that stood in a document when it was polled, each once; of the sources whose ids mean something. */
  readonly listed: number;
  /** What polls of the same called new. */
  readonly toldNew: number;
  /** Events by name. */
  readonly events: ReadonlyMap<string, number>;
}

const DAY_MS = 86_400_000;
const STAY_DAYS = 30;
const DOCUMENT_ITEMS = 12;
const WORDS = ['tide', 'market', 'swifts', 'bakery', 'choir', 'ferry', 'council'];

class Writer {
  readonly name: string;
  /** As they stand in the document, the newest first. */
  posts: Post[] = [];
  readonly listed = new Set<string>();
  count = 0;
  asked = 0;

  constructor(name: string) {
    this.name = name;
  }

  day(nowMs: number, day: number): void {
    this.count += 1;
    const n = this.count;
    const said = `Number ${n} of ${this.name} tells of the ${WORDS[n % WORDS.length]} and of the year ${1900 + n}. `;
    this.posts.unshift({
      guid: `tag:${this.name}.test,2026:${n}`,
      title: `${this.name} ${n}`,
      link: `http://${this.name}.test/${n}`,
      date: new Date(nowMs - 3_600_000).toUTCString(),
      body: said.repeat(4),
    });
    const [, edited] = this.posts;
    if (edited !== undefined && day % 3 === 0)
      this.posts[1] = { ...edited, body: `${edited.body} Edited on day ${day}.` };
    if (day % 5 === 0) this.posts.splice(3, 1);
    this.posts.splice(DOCUMENT_ITEMS);
  }

  /** As somebody who asks now gets it. `isChurning`: under ids that nobody has had before. */
  document(isChurning: boolean): string {
    this.asked += 1;
    for (const { guid } of this.posts) this.listed.add(guid ?? '');
    const posts = this.posts.map((post, place) => ({ ...post, guid: `${this.asked}-${place}` }));
    return rss(this.name, isChurning ? posts : this.posts);
  }
}

export async function publishForDays(
  options: YearOptions,
  see: (look: Look) => void = () => {},
): Promise<Year> {
  const steady = Array.from({ length: options.sources }, (_, n) => new Writer(`steady-${n}`));
  const [churning, visitor] = [new Writer('churning'), new Writer('visitor')];
  const origin = await startOrigin();
  const said = ({ name }: Writer) =>
    `{ id: ${name}, url: 'http://${name}.test/${name}', every: 24h, items: ${options.items} }`;
  /** As of a day: the visitor is there for 40 days of 60, so that it is always back before its 30 days are over. */
  const present = (day: number) => [...steady, churning, ...(day % 60 < 40 ? [visitor] : [])];
  const yamlOf = (day: number, guest: Writer) => `
sources: [${[...present(day), guest].map(said).join(', ')}]
feeds:
  - { id: all, title: All, limit: 20 }
  - { id: kept, title: Kept, sources: [steady-0], limit: 20, archive: true }
  - { id: ${guest.name}, title: Guest, sources: [${guest.name}], limit: 2, archive: true, hubs: ['https://${guest.name}.example/'] }
`;
  const guests = Array.from(
    { length: Math.floor(options.days / STAY_DAYS) + 1 },
    (_, n) => new Writer(`guest-${n}`),
  );
  const guestOf = (day: number) => guests[Math.floor(day / STAY_DAYS)] as Writer;
  for (const writer of [...steady, churning, visitor, ...guests])
    origin.on(`/${writer.name}`, (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/rss+xml' });
      response.end(writer.document(writer === churning));
    });
  await using world = await listWorld(yamlOf(0, guestOf(0)), origin);
  const file = world.folder.file('store.db');
  const looks: Look[] = [];
  let applied = '';
  for (let day = 1; day <= options.days; day += 1) {
    for (const writer of [...steady, churning, visitor]) writer.day(world.clock.now(), day);
    if (day % 6 === 0) guestOf(day).day(world.clock.now(), day);
    if (day % options.pollEvery !== 0) {
      await world.clock.advance(DAY_MS);
      continue;
    }
    const yaml = yamlOf(day, guestOf(day));
    if (yaml !== applied) {
      await world.apply(yaml);
      await tellHub(file, `https://${guestOf(day).name}.example/`);
    } else if (day % 24 === 0) await world.restart();
    applied = yaml;
    await world.day();
    if (day % options.lookEvery !== 0) continue;
    const look = lookAt(day, file, world.folder.file('data'));
    looks.push(look);
    see(look);
  }
  const events = new Map<string, number>();
  for (const { event } of world.log) events.set(event, (events.get(event) ?? 0) + 1);
  const counted = new Set([...steady, visitor].map(({ name }) => name));
  const polls = world.log.filter((line) => line.event === 'poll' && counted.has(line.source ?? ''));
  return {
    looks,
    events,
    listed: [...steady, visitor].reduce((sum, { listed }) => sum + listed.size, 0),
    toldNew: polls.reduce((sum, line) => sum + (line.new ?? 0), 0),
  };
}

/** As a hub's teller does; the hubs themselves are not there. */
async function tellHub(file: string, hubUrl: string): Promise<void> {
  const store = await openStore(`sqlite:${file}`);
  await store.writeHub(hubRecord(hubUrl));
  await store.close();
}

function lookAt(day: number, file: string, dataDir: string): Look {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database
      .prepare(
        `SELECT substr(key, 1, instr(key || ':', ':') - 1) AS kind, count(*) AS records, sum(octet_length(value)) AS bytes
         FROM entry GROUP BY 1 ORDER BY 1`,
      )
      .all();
    const number = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
    return {
      day,
      kinds: new Map(
        rows.map(({ kind, records, bytes }) => [
          String(kind),
          { records: Number(records), bytes: Number(bytes) },
        ]),
      ),
      pages: number('PRAGMA page_count'),
      freePages: number('PRAGMA freelist_count'),
      pageBytes: number('PRAGMA page_size'),
      files: readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter(
        (name) => !name.startsWith(`archives${path.sep}kept`) && statSync(path.join(dataDir, name)).isFile(),
      ).length,
    };
  } finally {
    database.close();
  }
}
