// How much of an item goes out: each level, under each class of rights, in every format, and nothing of it in any other field.
import { describe, expect, it } from 'vitest';
import type { Source } from '../../src/model/config.ts';
import {
  DEFAULT_SHOW,
  type RightsClass,
  SHOWN_LEVELS,
  type Shown,
  type ShowTable,
} from '../../src/model/shown.ts';
import { buildSource } from '../core/build-item.ts';
import { type Documents, publishOnce } from './publish-once.ts';
import { buildConfig, buildFeed, fetched, pipelineRig } from './rig.ts';

const BY = 'https://creativecommons.org/licenses/by/4.0/';
const BEGINNING = 'The night ferry leaves the old harbour at nine';

const STATED: Readonly<
  Record<RightsClass, { readonly item?: string; readonly headers?: Record<string, string> }>
> = {
  unknown: {},
  'all-rights-reserved': { item: '<dc:rights>© 2026 Harbour News. All rights reserved.</dc:rights>' },
  cc: { item: `<creativeCommons:license>${BY}</creativeCommons:license>` },
  'public-domain': {
    item: '<dcterms:license>https://creativecommons.org/publicdomain/zero/1.0/</dcterms:license>',
  },
  'reserved-tdm': { headers: { 'tdm-reservation': '1', 'tdm-policy': 'https://harbour.example/tdm' } },
  rsl: {
    item: '<rsl:content url="https://harbour.example/"><rsl:license><rsl:prohibits type="usage">ai-train</rsl:prohibits></rsl:license></rsl:content>',
  },
};

/** Its words in every field that has words, each with a mark of its own. */
function document(stated = ''): string {
  const body = `&lt;p&gt;${BEGINNING} &lt;b&gt;sharp&lt;/b&gt;. ${'And so on. '.repeat(40)}TAILMARK&lt;/p&gt;&lt;img src="https://harbour.example/bodyimage.png" alt="ALTMARK"&gt;&lt;table&gt;&lt;tr&gt;&lt;td&gt;TABLEMARK&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;`;
  return `<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule" xmlns:rsl="https://rslstandard.org/rsl" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:x="https://x.example/ns">
<channel><title>Harbour News</title><link>https://harbour.example/</link><description>News</description>
<item><title>Night ferry</title><link>https://harbour.example/ferry</link><guid>https://harbour.example/ferry</guid>${stated}
<content:encoded>${body}</content:encoded><description>${BEGINNING} SUMMARYMARK</description><dc:description>DCMARK</dc:description><dcterms:abstract>ABSTRACTMARK</dcterms:abstract>
<itunes:summary>ITUNESMARK</itunes:summary><itunes:subtitle>SUBTITLEMARK</itunes:subtitle><atom:summary>ATOMSUMMARYMARK</atom:summary>
<media:group><media:title>MEDIATITLEMARK</media:title><media:description>MEDIAMARK</media:description><media:text>MEDIATEXTMARK</media:text><media:content url="https://harbour.example/video.mp4" type="video/mp4"/></media:group>
<podcast:transcript url="https://harbour.example/transcript.vtt" type="text/vtt"/><podcast:soundbite startTime="1" duration="2">SOUNDMARK</podcast:soundbite><x:body>FOREIGNMARK</x:body>
<enclosure url="https://harbour.example/audio.mp3" type="audio/mpeg" length="5"/><media:thumbnail url="https://harbour.example/thumb.png"/><itunes:image href="https://harbour.example/itunes.png"/>
<category>CATEGORYMARK</category><comments>https://harbour.example/ferry#comments</comments><dc:creator>Ines Marsh</dc:creator></item></channel></rss>`;
}

const MARKS = /[A-Z]{2,}MARK/g;
const FILES = /bodyimage|video\.mp4|transcript|audio\.mp3|thumb\.png|itunes\.png/;
const FORMATS = ['rss', 'atom', 'json', 'html'] as const;

function table(changes: Partial<Record<RightsClass, Shown>>): ShowTable {
  const told = Object.fromEntries(Object.entries(changes).map(([name, shown]) => [name, { shown }]));
  return { ...DEFAULT_SHOW, classes: { ...DEFAULT_SHOW.classes, ...told } };
}

async function publish(
  name: RightsClass,
  { show = {}, ...said }: Partial<Source> & { show?: Partial<Record<RightsClass, Shown>> },
): Promise<Documents> {
  const source = buildSource('harbour', { name: 'Harbour', ...said });
  const { item, headers } = STATED[name];
  return publishOnce([{ source, text: document(item), ...(headers && { headers }) }], { show: table(show) });
}

/** What a format shows of the item beside title, link, credit and note. */
function expectShown(documents: Documents, shown: Shown): void {
  for (const format of FORMATS) {
    const text = documents[format];
    const marks = new Set(text.match(MARKS) ?? []);
    marks.delete('CATEGORYMARK');
    expect(text, `${format}: title`).toContain('Night ferry');
    expect(text, `${format}: link`).toContain('https://harbour.example/ferry');
    expect(text, `${format}: author`).toContain('Ines Marsh');
    expect(text, `${format}: note`).toContain('class=');
    if (shown === 'full') {
      expect(marks.has('TAILMARK'), format).toBe(true);
      continue;
    }
    expect(text, `${format}: files`).not.toMatch(FILES);
    expect(text.includes(BEGINNING), `${format}: words`).toBe(shown === 'excerpt');
    expect([...marks], `${format}: marks`).toEqual(shown === 'excerpt' ? ['SUMMARYMARK'] : []);
    const isLink = shown === 'link';
    if (format !== 'html') {
      expect(text.includes('CATEGORYMARK'), `${format}: category`).toBe(!isLink);
      expect(text.includes('#comments'), `${format}: comments`).toBe(!isLink);
    }
  }
}

describe('what is shown of an item', () => {
  it.each(SHOWN_LEVELS)('content: %s holds in every format', async (shown) => {
    expectShown(await publish('unknown', { content: { shown } }), shown);
  });

  const classes = Object.keys(STATED) as RightsClass[];
  const cases = classes.flatMap((name) => SHOWN_LEVELS.map((shown) => [name, shown] as const));
  it.each(cases)('show: {%s: %s} holds in every format', async (name, shown) => {
    expectShown(await publish(name, { show: { [name]: shown } }), shown);
  });

  it.each([
    ['unknown', 'full'],
    ['all-rights-reserved', 'full'],
    ['cc', 'full'],
    ['public-domain', 'full'],
    ['reserved-tdm', 'excerpt'],
    ['rsl', 'excerpt'],
  ] as const)('is by default, for %s, %s', async (name, shown) => {
    expectShown(await publish(name, {}), shown);
  });

  it.each(classes)('an excerpt source stays one under %s, whatever the table allows', async (name) => {
    const documents = await publish(name, { content: { shown: 'excerpt' }, show: { [name]: 'full' } });
    expectShown(documents, 'excerpt');
  });

  it('an excerpt has the words asked for, an ellipsis and the way to the page, then the note', async () => {
    const { json, rss } = await publish('unknown', { content: { shown: 'excerpt' }, excerptChars: 30 });
    const [item] = JSON.parse(json).items;
    expect(item.content_html).toMatch(
      /^The night ferry leaves the… <a href="https:\/\/harbour\.example\/ferry" rel="noopener nofollow">harbour\.example<\/a><p class="attribution">/,
    );
    expect(item.summary).toBe('The night ferry leaves the…');
    expect(rss).toContain('<description>The night ferry leaves the…</description>');
  });

  it('says that there is more only where there is', async () => {
    const item = (name: string, summary: string, content: string) =>
      `<item><title>${name}</title><link>https://harbour.example/${name}</link><description>${summary}</description><content:encoded><![CDATA[${content}]]></content:encoded></item>`;
    const text = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour News</title>${item('same', 'The ferry leaves.', '<p>The <b>ferry</b> leaves.</p>')}${item('more', 'The ferry leaves.', '<p>The ferry leaves. At nine.</p>')}${item('picture', 'The ferry leaves.', '<p>The ferry leaves.</p><img src="https://harbour.example/a.png">')}</channel></rss>`;
    const { json } = await publishOnce([
      { source: buildSource('harbour', { content: { shown: 'excerpt' }, excerptChars: 100 }), text },
    ]);
    const more = JSON.parse(json).items.map(({ title, content_html }: Record<string, string>) => [
      title,
      content_html?.includes('…'),
    ]);
    expect(Object.fromEntries(more)).toEqual({ same: false, more: true, picture: true });
  });

  it("keeps the operator's own categories where the publisher's go", async () => {
    const { json } = await publish('unknown', { content: { shown: 'link' }, categories: ['Port'] });
    expect(JSON.parse(json).items[0].tags).toEqual(['Port']);
  });

  it('keeps the credit of a licence that forbids adaptations, and cuts nothing', async () => {
    const source = buildSource('harbour', { content: { shown: 'excerpt' } });
    const license = 'https://creativecommons.org/licenses/by-nd/4.0/';
    const text = document(`<dcterms:license>${license}</dcterms:license>`);
    const documents = await publishOnce([{ source, text }]);
    expectShown(documents, 'link');
    for (const format of ['rss', 'atom', 'json'] as const) expect(documents[format]).toContain(license);
  });

  it('a title that is missing is not made of words that are not shown', async () => {
    const text = document()
      .replace('<title>Night ferry</title>', '')
      .replace('<media:title>MEDIATITLEMARK</media:title>', '');
    for (const shown of ['title', 'link'] as const) {
      const documents = await publishOnce([{ source: buildSource('harbour', { content: { shown } }), text }]);
      for (const format of FORMATS) expect(documents[format], format).not.toContain('The night ferry');
    }
  });
});

describe('a changed setting', () => {
  it('takes effect at the next publishing, on old items, with no new poll and no changed id or date', async () => {
    const source = buildSource('a');
    const config = (shown: Shown) =>
      buildConfig([buildSource('a', { content: { shown } })], [buildFeed({ show: table({}) })]);
    await using rig = await pipelineRig(config('full'));
    rig.answer(source.feedUrl, fetched(document()));
    await rig.poll(source);
    const items = [];
    for (const shown of ['full', 'link', 'excerpt', 'full'] as const) {
      const publisher = await rig.restart(config(shown));
      await publisher.publishDue();
      items.push(rig.json(publisher)[0]);
    }
    expect(rig.requests).toHaveLength(1);
    const [full, link, excerpt, again] = items.map((item) => String(item?.['content_html']));
    expect(full).toContain('TAILMARK');
    expect(link).not.toContain(BEGINNING);
    expect(excerpt).toContain(BEGINNING);
    expect(excerpt).not.toContain('TAILMARK');
    expect(again).toBe(full);
    for (const name of ['id', 'date_published', 'date_modified']) {
      expect(new Set(items.map((item) => item?.[name])).size).toBe(1);
    }
  });
});

describe('RSL terms in a document of their own', () => {
  it('are linked from the item in every format, and obeyed by whoever reads our feeds', async () => {
    const terms = 'https://harbour.example/license.xml';
    const headers = { link: `<${terms}>; rel="license"; type="application/rsl+xml"` };
    const source = buildSource('harbour');
    const first = await publishOnce([{ source, text: document(), headers }]);
    const inXml = `rel="license" type="application/rsl+xml" href="${terms}"`;
    expect(first.rss.split(`<atom:link ${inXml}/>`)).toHaveLength(2);
    expect(first.atom.split(`<link ${inXml}/>`)).toHaveLength(2);
    expect(JSON.parse(first.json).items[0]._tributary).toMatchObject({ rsl: [terms] });
    for (const text of [first.rss, first.atom, first.json]) {
      const next = await publishOnce([{ source: buildSource('next'), text }], {
        show: table({ rsl: 'link' }),
      });
      expectShown(next, 'link');
      expect(JSON.parse(next.json).items[0]._tributary).toMatchObject({ rsl: [terms] });
      expect(next.json).not.toContain('"license"');
    }
  });
});
