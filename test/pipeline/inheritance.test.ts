// Readers give an item what it lacks and its feed has. Our feed has an author, a picture and a language of its own: no item ever gets
// one of them, whether it says its own or nothing at all; and what is an item's own stays it.
import RssParser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../src/index.ts';
import { buildSource } from '../core/build-item.ts';
import {
  creditByFeedparser,
  creditByFeedsmith,
  creditInAtom,
  creditInJson,
  creditInRss,
} from '../oracles/credit.ts';
import { feedparserIsMissing, readWithFeedparser } from '../oracles/feedparser.ts';
import { publishOnce } from './publish-once.ts';

const OURS = {
  author: { name: 'The Feed Keeper', uri: 'https://feeds.example/about' },
  imageUrl: 'https://feeds.example/logo.png',
  language: 'en',
};
const FRENCH = 'https://creativecommons.org/licenses/by/4.0/';
const rss = (channel: string, item: string) =>
  `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel><title>Le Quai</title><link>https://q.example/</link><description>d</description>${channel}
<item><guid isPermaLink="false">urn:x:1</guid><title>Un</title><enclosure url="https://q.example/1.mp3" length="1" type="audio/mpeg"/>${item}</item></channel></rss>`;
const SAID = `<dc:creator>Anne</dc:creator><dc:rights>© Anne</dc:rights><creativeCommons:license>${FRENCH}</creativeCommons:license><dc:language>fr</dc:language><itunes:image href="https://q.example/1.jpg"/>`;

const CASES = [
  {
    what: 'that says nothing',
    text: rss('', ''),
    author: 'Le Quai',
    rights: undefined,
    license: undefined,
    language: 'und',
  },
  {
    what: 'that says its own',
    text: rss('', SAID),
    author: 'Anne',
    rights: '© Anne',
    license: FRENCH,
    language: 'fr',
  },
  {
    what: 'whose source says it',
    text: rss(
      `<copyright>© Le Quai</copyright><language>fr</language><dc:creator>La Rédaction</dc:creator>`,
      '',
    ),
    author: 'La Rédaction',
    rights: '© Le Quai',
    license: undefined,
    language: 'fr',
  },
] as const;

describe.each(CASES)('an item $what', async ({ text, author, rights, license, language }) => {
  const documents = await publishOnce([{ source: buildSource('q'), text }], OURS);
  const expected = { authors: [author], rights, license };

  it('keeps it beside a feed of ours with an author, a picture and a language', () => {
    for (const [credit] of [
      creditInRss(documents.rss),
      creditInAtom(documents.atom),
      creditInJson(documents.json),
    ])
      expect(credit).toMatchObject(expected);
    expect(documents.rss).toContain(`<dc:language>${language}</dc:language>`);
    expect(documents.atom).toContain(`<entry xml:lang="${language}"`);
    expect(JSON.parse(documents.json).items[0].language).toBe(language);
    expect(JSON.parse(documents.json).items[0].image ?? '').not.toContain('feeds.example');
  });

  it('keeps it for feedsmith and rss-parser', async () => {
    expect(creditByFeedsmith(documents.rss)[0]).toMatchObject(expected);
    expect(creditByFeedsmith(documents.atom)[0]).toMatchObject(expected);
    expect(creditByFeedsmith(documents.json)[0]).toMatchObject({ authors: [author] });
    for (const document of [documents.rss, documents.atom]) {
      const [item] = (await new RssParser<object, { author?: string }>().parseString(document)).items;
      expect(item?.creator ?? item?.author).toBe(author);
      expect(JSON.stringify(item)).not.toContain('feeds.example');
    }
  });

  it.skipIf(feedparserIsMissing)("keeps it for Python's feedparser, which inherits", () => {
    for (const { entries } of readWithFeedparser([documents.rss, documents.atom])) {
      expect(creditByFeedparser(entries)[0]).toMatchObject({ authors: [author], rights });
      const said = JSON.stringify(entries);
      expect(said).not.toContain('Feed Keeper');
      expect(said).not.toContain('feeds.example');
    }
  });

  it('keeps it when another Tributary reads it', async () => {
    for (const document of [documents.rss, documents.atom, documents.json]) {
      const feed = await readFeed(document, { url: 'https://feeds.example/feeds/all' });
      const [item] = feed.items;
      expect(item?.authors.map((one) => one.name)).toEqual([author]);
      expect(item?.rights.text).toBe(rights);
      expect(item?.language).toBe(language);
    }
  });
});

it('states no rights and no licence of our feed, in any format', async () => {
  const documents = await publishOnce([{ source: buildSource('q'), text: CASES[0].text }], OURS);
  const all = Object.values(documents).join('');
  expect(all).not.toMatch(
    /<copyright>|<rights|dc:rights|rel="license"|managingEditor|webMaster|"rights"|"license"/,
  );
});
