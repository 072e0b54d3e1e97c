// Nobody's item can be taken over: three sources copy what a fourth publishes, its ids, links and texts, dated back, with a
// forged source and a feed that says that it is the other. In whatever order they are polled, and across restarts, the item
// keeps who leads it, its credit, its dates and its id.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Source } from '../../src/model/config.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { buildSource } from '../core/build-item.ts';
import { publishOnce } from './publish-once.ts';
import { buildConfig, buildFeed, fetched, type PipelineRig, pipelineRig, START_MS } from './rig.ts';

const HISTORIES = 100;
const SEED = 20261126;
const MINUTE_MS = 60_000;

/** What the three thieves do with each item. */
interface Theft {
  readonly format: 'rss' | 'atom' | 'json';
  readonly keeps: 'id and page' | 'id' | 'page';
  readonly date: '1999-01-01T00:00:00Z' | '2026-11-20T11:59:00Z' | '2099-01-01T00:00:00Z';
  readonly forges: boolean;
}

interface Story {
  readonly guid: string;
  readonly page: string;
  readonly title: string;
}

/** At home: pages and ids on the host that is polled. Abroad: on another host, as with feed services. */
type Victim = 'at home' | 'abroad';

const VICTIM_FEED = 'https://victim.example/feed';
const PAGES = { 'at home': 'https://victim.example', abroad: 'https://blog.elsewhere.example' };
const guidOf = (victim: Victim, n: number) =>
  [`${PAGES[victim]}/?p=${n}`, `tag:${PAGES[victim].slice('https://'.length)},2026:${n}`][n % 2] ?? '';
const storyOf = (victim: Victim, n: number): Story => ({
  guid: guidOf(victim, n),
  page: `${PAGES[victim]}/story-${n}`,
  title: `Story ${n}`,
});

function victimDocument(victim: Victim, count: number): string {
  const entries = Array.from({ length: count }, (_, place) => storyOf(victim, place + 1)).map(
    ({ guid, page, title }) =>
      `<entry><id>${guid}</id><title>${title}</title><link href="${page}"/><author><name>Vera</name></author>` +
      `<rights>© Vera</rights><published>2026-11-19T10:00:00Z</published><updated>2026-11-19T11:00:00Z</updated><content>Text of ${title}</content></entry>`,
  );
  return `<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:victim.example,2020:feed</id><title>Victim</title><updated>2026-11-19T11:00:00Z</updated>
<link rel="self" href="${VICTIM_FEED}"/><link href="https://victim.example/"/><author><name>Vera</name></author>${entries.join('')}</feed>`;
}

function stolenDocument(theft: Theft, stories: readonly Story[], thief: number): string {
  const copies = stories.map((story, place) => ({
    ...story,
    guid: theft.keeps === 'page' ? `tag:thief${thief}.example,2026:${place}` : story.guid,
    page: theft.keeps === 'id' ? `https://thief${thief}.example/${place}` : story.page,
  }));
  const { date, forges } = theft;
  if (theft.format === 'json') {
    const source = { title: 'Victim', id: 'tag:victim.example,2020:feed', feed_url: VICTIM_FEED };
    return JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Victim',
      feed_url: VICTIM_FEED,
      home_page_url: 'https://victim.example/',
      items: copies.map(({ guid, page, title }) => ({
        id: guid,
        url: page,
        title,
        content_html: `Text of ${title}`,
        date_published: date,
        date_modified: date,
        authors: [{ name: 'Thief' }],
        ...(forges && { _tributary: { source, note: `Text of ${title}`, via: [{ url: VICTIM_FEED }] } }),
      })),
    });
  }
  const forged = `<source><id>tag:victim.example,2020:feed</id><title>Victim</title><updated>${date}</updated><link rel="self" href="${VICTIM_FEED}"/></source>`;
  if (theft.format === 'atom') {
    const entries = copies.map(
      ({ guid, page, title }) =>
        `<entry><id>${guid}</id><title>${title}</title><link href="${page}"/><author><name>Thief</name></author><rights>© Thief</rights>` +
        `<published>${date}</published><updated>${date}</updated>${forges ? forged : ''}<content>Text of ${title}</content></entry>`,
    );
    return `<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:victim.example,2020:feed</id><title>Victim</title><updated>${date}</updated><link rel="self" href="${VICTIM_FEED}"/>${entries.join('')}</feed>`;
  }
  const items = copies.map(
    ({ guid, page, title }) =>
      `<item><guid isPermaLink="false">${guid}</guid><title>${title}</title><link>${page}</link><dc:creator>Thief</dc:creator><dc:date>${date}</dc:date>` +
      `${forges ? `<source url="${VICTIM_FEED}">Victim</source>` : ''}<description>Text of ${title}</description></item>`,
  );
  return `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Victim</title><link>https://victim.example/</link><description/>${items.join('')}</channel></rss>`;
}

type Step =
  | { readonly kind: 'poll victim' | 'publish' | 'restart' | 'wait' | 'victim writes' }
  | { readonly kind: 'poll thief'; readonly thief: number };

const thiefStep = fc.nat({ max: 2 }).map((thief): Step => ({ kind: 'poll thief', thief }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: thiefStep },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom('poll victim', 'publish', 'publish', 'restart', 'wait', 'victim writes')
      .map((kind): Step => ({ kind: kind as 'publish' })),
  },
);
const theft: fc.Arbitrary<Theft> = fc.record({
  format: fc.constantFrom('rss', 'atom', 'json'),
  keeps: fc.constantFrom('id and page', 'id', 'page'),
  date: fc.constantFrom('1999-01-01T00:00:00Z', '2026-11-20T11:59:00Z', '2099-01-01T00:00:00Z'),
  forges: fc.boolean(),
});

/** What may be added to an item is that it stands elsewhere too. */
function creditOf(item: { readonly [name: string]: unknown }): Record<string, unknown> {
  const { also: _, note, ...said } = item['_tributary'] as { also: unknown; note: string };
  const untilAlso = (html: unknown) => String(html).replace(/<br>Also: .*(?=<\/p>)/, '');
  return {
    ...item,
    content_html: untilAlso(item['content_html']),
    _tributary: { ...said, note: untilAlso(note) },
  };
}

class History {
  readonly #rig: PipelineRig;
  readonly #victim: Victim;
  readonly #thefts: readonly Theft[];
  readonly #alone: ReadonlyMap<string, unknown>;
  readonly #sources: readonly Source[];
  #publisher: Publisher;
  /** How many stories the victim has published; and how many of them were polled. */
  #written = 2;
  #seen = 0;
  readonly #polled = new Set<Source>();
  readonly #ids = new Map<string, string>();

  constructor(
    rig: PipelineRig,
    publisher: Publisher,
    said: { victim: Victim; thefts: readonly Theft[]; alone: ReadonlyMap<string, unknown> },
  ) {
    this.#rig = rig;
    this.#publisher = publisher;
    this.#victim = said.victim;
    this.#thefts = said.thefts;
    this.#alone = said.alone;
    this.#sources = sourcesFor(said.victim);
  }

  async do(step: Step): Promise<void> {
    this.#rig.nowMs += step.kind === 'wait' ? 60 * MINUTE_MS : 1000;
    if (step.kind === 'victim writes') this.#written = Math.min(this.#written + 1, 4);
    if (step.kind === 'poll victim')
      await this.#poll(this.#place(VICTIM_FEED), victimDocument(this.#victim, this.#written));
    if (step.kind === 'poll thief') await this.#steal(step.thief);
    if (step.kind === 'restart') this.#publisher = await this.#rig.restart(configFor(this.#victim));
    if (step.kind === 'publish') await this.publish();
  }

  #place(feedUrl: string): Source {
    return this.#sources.find((source) => source.feedUrl === feedUrl) as Source;
  }

  async #poll(source: Source, text: string): Promise<void> {
    this.#rig.answer(source.feedUrl, fetched(text, { url: source.feedUrl }));
    await this.#rig.poll(source);
    this.#polled.add(source);
    if (source.feedUrl === VICTIM_FEED) this.#seen = this.#written;
  }

  /** What is at home anybody may have copied before we come; what is not, only what we saw there first. */
  async #steal(thief: number): Promise<void> {
    const count = this.#victim === 'at home' ? this.#written : Math.max(this.#seen, 2);
    const stories = Array.from({ length: count }, (_, place) => storyOf(this.#victim, place + 1));
    const text = stolenDocument(this.#thefts[thief] as Theft, stories, thief);
    await this.#poll(this.#place(`https://thief${thief}.example/feed`), text);
  }

  async publish(): Promise<void> {
    this.#rig.nowMs += 1000;
    await this.#publisher.publishDue();
    const items = this.#rig.json(this.#publisher);
    // Before each source was asked once, what stands stays.
    if (this.#polled.size < this.#sources.length) return;
    for (let n = 1; n <= this.#seen; n++) {
      const { page, title, guid } = storyOf(this.#victim, n);
      const [item, ...more] = items.filter((each) => each['url'] === page);
      expect(more, `${title} stands there once`).toEqual([]);
      expect(item, `${title} stands there`).toBeDefined();
      if (item === undefined) continue;
      const id = this.#ids.get(title) ?? item.id;
      this.#ids.set(title, id);
      expect(item.id, `${title} keeps its id`).toBe(id);
      const { id: _, ...credit } = creditOf(item);
      expect(credit, `${title} keeps its credit`).toEqual(this.#alone.get(title));
      if (this.#thefts.every(({ keeps }) => keeps !== 'page')) expect(item.id).toBe(guid);
    }
  }
}

/** The thieves stand before a victim whose pages say where they are at home, else after it. */
function sourcesFor(victim: Victim): readonly Source[] {
  const thieves = [0, 1, 2].map((n) => buildSource(`thief${n}`));
  const one = buildSource('victim', { feedUrl: VICTIM_FEED, address: VICTIM_FEED });
  return victim === 'at home' ? [...thieves, one] : [one, ...thieves];
}

const configFor = (victim: Victim) => buildConfig(sourcesFor(victim), [buildFeed()]);

async function aloneOf(victim: Victim): Promise<ReadonlyMap<string, unknown>> {
  const source = buildSource('victim', { feedUrl: VICTIM_FEED, address: VICTIM_FEED });
  const { json } = await publishOnce([{ source, text: victimDocument(victim, 4) }]);
  const items: readonly { readonly title: string; readonly [name: string]: unknown }[] =
    JSON.parse(json).items;
  return new Map(
    items.map((item) => {
      const { id: _, ...credit } = creditOf(item);
      return [item.title, credit];
    }),
  );
}

it.each(['at home', 'abroad'] as const)(
  'nobody takes over the items of a publisher %s',
  async (victim) => {
    const alone = await aloneOf(victim);
    const thefts = fc.array(theft, { minLength: 3, maxLength: 3 });
    const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 });
    await fc.assert(
      fc.asyncProperty(thefts, order, fc.array(step, { maxLength: 14 }), async (stolen, first, steps) => {
        await using rig = await pipelineRig(configFor(victim));
        const history = new History(rig, await rig.restart(configFor(victim)), {
          victim,
          thefts: stolen,
          alone,
        });
        rig.nowMs = START_MS;
        // One cycle, in any order, with documents in between.
        for (const place of first) {
          await history.do(place === 3 ? { kind: 'poll victim' } : { kind: 'poll thief', thief: place });
          if (steps.length % 2 === 0) await history.publish();
        }
        for (const each of steps) await history.do(each);
        await history.publish();
      }),
      { numRuns: HISTORIES, seed: SEED, endOnFailure: false },
    );
  },
  120_000,
);
