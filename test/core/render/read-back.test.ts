// What readers see of our documents: rss-parser, feedsmith, a strict XML parser, libxml2 and Python's feedparser.
import RssParser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import { MergedFeedDocument } from '../../../src/core/render/merged-feed-document.ts';
import { feedparserIsMissing, readWithFeedparser } from '../../oracles/feedparser.ts';
import {
  childrenOf,
  linksOf,
  readWithFeedsmith,
  readWithRssParser,
  readXml,
  textsOf,
} from '../../oracles/readers.ts';
import { lintXml, xmllintIsMissing } from '../../oracles/xmllint.ts';
import { BARE, editionOf, FULL, HOSTILE, RECEIVED } from './sample-editions.ts';

const ITEMS = [FULL, RECEIVED, BARE, HOSTILE];
const IDS = ITEMS.map((item) => item.id);
const document = new MergedFeedDocument(editionOf(...ITEMS));
const rss = document.rss2();
const atom = document.atom1();
const json = document.json1();
const [license] = FULL.attribution.licenses;
const names = FULL.attribution.authors.map((author) => author.name);

describe('our documents', () => {
  it('have every item once, in order, for rss-parser and feedsmith', async () => {
    for (const text of [rss, atom])
      expect((await readWithRssParser(text)).map((item) => item.id)).toEqual(IDS);
    for (const text of [rss, atom, json]) expect(readWithFeedsmith(text).map((item) => item.id)).toEqual(IDS);
  });

  it('name source, page, identity, authors, publisher, rights, licence, dates and note in RSS', () => {
    const [item] = childrenOf(childrenOf(readXml(rss), 'channel')[0], 'item');
    expect(childrenOf(item, 'source')[0]).toMatchObject({
      text: FULL.attribution.source.title,
      attributes: { url: FULL.attribution.source.feedUrl },
    });
    expect(textsOf(item, 'link')).toEqual([FULL.permalink]);
    expect(childrenOf(item, 'guid')[0]).toMatchObject({ text: FULL.id, attributes: { isPermaLink: 'true' } });
    expect(textsOf(item, 'dc:creator')).toEqual(names);
    expect(textsOf(item, 'dc:publisher')).toEqual([FULL.attribution.publisher]);
    expect(textsOf(item, 'dc:rights')).toEqual([FULL.attribution.rights]);
    for (const name of ['creativeCommons:license', 'dcterms:license'])
      expect(textsOf(item, name)).toEqual([license]);
    expect(linksOf(item, 'atom:link', 'license')).toEqual([license]);
    expect(linksOf(item, 'atom:link', 'related')).toContain('https://tram.example/ferry');
    expect(textsOf(item, 'pubDate')).toEqual(['Thu, 19 Nov 2026 08:30:00 GMT']);
    expect(textsOf(item, 'atom:updated')).toEqual([FULL.updatedAt]);
    expect(textsOf(item, 'content:encoded')).toEqual([`${FULL.contentHtml}${FULL.note.html}`]);
    expect(textsOf(item, 'tributary:note')).toEqual([FULL.note.html]);
    expect(childrenOf(item, 'enclosure').map((one) => one.attributes)).toEqual([
      { url: 'https://harbour.example/ferry.mp3', length: '12345', type: 'audio/mpeg' },
    ]);
    expect(childrenOf(item, 'media:content')).toHaveLength(1);
    expect(childrenOf(childrenOf(item, 'media:group')[0], 'media:content')).toHaveLength(1);
    expect(childrenOf(item, 'category')).toHaveLength(2);
  });

  it('name them in Atom, with the whole source', () => {
    const [entry, received] = childrenOf(readXml(atom), 'entry');
    const [source] = childrenOf(entry, 'source');
    expect(textsOf(source, 'id')).toEqual([FULL.attribution.source.id]);
    expect(textsOf(source, 'title')).toEqual([FULL.attribution.source.title]);
    expect(textsOf(source, 'updated')).toEqual([FULL.attribution.source.updatedAt]);
    expect(linksOf(source, 'link', 'self')).toEqual([FULL.attribution.source.feedUrl]);
    expect(linksOf(source, 'link', 'alternate')).toEqual([FULL.attribution.source.siteUrl]);
    expect(linksOf(source, 'link', 'license')).toEqual(FULL.attribution.source.licenses);
    expect(textsOf(source, 'rights')).toEqual([FULL.attribution.source.rights]);
    for (const name of ['author', 'contributor', 'category', 'icon'])
      expect(childrenOf(source, name)).toHaveLength(1);
    expect(childrenOf(entry, 'author').flatMap((author) => textsOf(author, 'name'))).toEqual(names);
    expect(textsOf(entry, 'rights')).toEqual([FULL.attribution.rights]);
    expect(linksOf(entry, 'link', 'license')).toEqual([license]);
    expect(linksOf(entry, 'link', 'alternate')).toEqual([FULL.permalink]);
    expect(linksOf(entry, 'link', 'enclosure')).toHaveLength(3);
    expect(linksOf(received, 'link', 'via')).toEqual(RECEIVED.attribution.via.map((hop) => hop.url));
  });

  it('name them in JSON Feed', () => {
    const [item] = JSON.parse(json).items;
    expect(item).toMatchObject({
      id: FULL.id,
      url: FULL.permalink,
      title: FULL.title,
      date_published: FULL.publishedAt,
    });
    expect(item.authors.map((author: { name: string }) => author.name)).toEqual(names);
    expect(item._tributary).toMatchObject({
      source: { title: FULL.attribution.source.title, feed_url: FULL.attribution.source.feedUrl },
      guid: FULL.guid,
      note: FULL.note.html,
      rights: FULL.attribution.rights,
      license,
      publisher: FULL.attribution.publisher,
      also: [{ title: 'Tram Times', url: 'https://tram.example/ferry' }],
    });
  });

  it('let no item inherit an author, rights or a licence of ours', () => {
    const channel = childrenOf(readXml(rss), 'channel')[0];
    for (const name of [
      'copyright',
      'managingEditor',
      'dc:creator',
      'dc:rights',
      'creativeCommons:license',
    ]) {
      expect(childrenOf(channel, name), name).toEqual([]);
    }
    const feed = readXml(atom);
    expect(childrenOf(feed, 'rights')).toEqual([]);
    expect(linksOf(feed, 'link', 'license')).toEqual([]);
    expect(childrenOf(feed, 'author')).toHaveLength(1);
    for (const entry of childrenOf(feed, 'entry'))
      expect(childrenOf(entry, 'author').length).toBeGreaterThan(0);
    expect(JSON.parse(json).authors).toHaveLength(1);
    for (const item of JSON.parse(json).items) expect(item.authors.length).toBeGreaterThan(0);
    expect([rss, atom, json].every((text) => text.split('The Feed Keeper').length <= 2)).toBe(true);
  });

  it('show the note once where an item has no content, and none where none is wanted', () => {
    const [, received, bare] = childrenOf(childrenOf(readXml(rss), 'channel')[0], 'item');
    expect(textsOf(received, 'content:encoded')).toEqual([RECEIVED.note.html]);
    expect(textsOf(received, 'description')).toEqual(['Source: The First, via Harbour News']);
    expect(textsOf(bare, 'content:encoded')).toEqual([]);
    expect(textsOf(bare, 'description')).toEqual(['The First']);
    expect(textsOf(bare, 'tributary:note')).toEqual([]);
  });

  it('give an item without a title the first words of its text in Atom, which demands one, and none elsewhere', () => {
    const summary = 'Words that go on and on and on, past all that a title can hold in a list of items.';
    const untitled = new MergedFeedDocument(editionOf({ ...BARE, summary }));
    expect(textsOf(childrenOf(readXml(untitled.atom1()), 'entry')[0], 'title')).toEqual([
      'Words that go on and on and on, past all that a title can hold in a list of…',
    ]);
    expect(
      childrenOf(childrenOf(childrenOf(readXml(untitled.rss2()), 'channel')[0], 'item')[0], 'title'),
    ).toEqual([]);
    expect(JSON.parse(untitled.json1()).items[0]).not.toHaveProperty('title');
  });

  it('cut no character of a made title in half', () => {
    const untitled = new MergedFeedDocument(editionOf({ ...BARE, summary: `x${'😀'.repeat(60)}` }));
    expect(textsOf(childrenOf(readXml(untitled.atom1()), 'entry')[0], 'title')).toEqual([
      `x${'😀'.repeat(39)}…`,
    ]);
  });

  it('give descriptions that stay text when they are read as HTML', () => {
    const [item] = childrenOf(childrenOf(readXml(rss), 'channel')[0], 'item');
    expect(textsOf(item, 'description')).toEqual(['The ferry leaves at nine. 1 &lt; 2 &amp;amp; so on.']);
  });

  it('pass on no link that would speak for our document', () => {
    for (const text of [rss, atom]) expect(text).not.toMatch(/evil\.example\/hub/);
  });

  it("name an item's translation so that no reader takes it for the item's page", async () => {
    const translation = 'https://harbour.example/de/2026/ferry';
    const [item] = childrenOf(childrenOf(readXml(rss), 'channel')[0], 'item');
    const [entry] = childrenOf(readXml(atom), 'entry');
    expect(linksOf(item, 'atom:link', 'alternate')).toEqual([translation]);
    expect(linksOf(entry, 'link', 'related')).toContain(translation);
    for (const text of [rss, atom]) {
      expect(text).toMatch(/hreflang="de"/);
      const { items } = await new RssParser().parseString(text);
      expect(items[0]?.link).toBe(FULL.permalink);
    }
  });
});

describe.skipIf(xmllintIsMissing)('our documents for xmllint', () => {
  it('are well-formed', () => {
    for (const text of [rss, atom]) expect(lintXml(text)).toBe('');
  });
});

describe.skipIf(feedparserIsMissing)("our documents for Python's feedparser", () => {
  it('stand though a text in them makes its HTML reader fall over', () => {
    const trap = '<!DOCTYPE a [&</b>';
    const attribution = { ...FULL.attribution, rights: trap, publisher: trap, authors: [{ name: trap }] };
    const trapped = new MergedFeedDocument(
      editionOf({ ...FULL, title: trap, summary: trap, attribution }, RECEIVED),
    );
    for (const { entries } of readWithFeedparser([trapped.rss2(), trapped.atom1()]))
      expect(entries).toHaveLength(2);
  });

  it('have every item with its credit', () => {
    const results = readWithFeedparser([rss, atom]);
    for (const { problem, entries } of results) {
      expect(problem).toBeNull();
      expect(entries.map((entry) => entry.id)).toEqual(IDS);
      const [full, received] = entries;
      expect(full).toMatchObject({
        title: FULL.title,
        link: FULL.permalink,
        rights: FULL.attribution.rights,
        publisher: FULL.attribution.publisher,
        source: { title: FULL.attribution.source.title },
        tributary_note: FULL.note.html,
      });
      expect(full?.authors?.map((author) => author.name)).toEqual(names);
      expect(full?.content?.[0]?.value).toContain(
        '<p class="attribution">Source: <a href="https://harbour.example/',
      );
      expect(full?.links?.filter((link) => link.rel === 'license').map((link) => link.href)).toContain(
        license,
      );
      expect(new Date(full?.published ?? '').toISOString()).toBe(FULL.publishedAt);
      expect(new Date(full?.updated ?? '').toISOString()).toBe(FULL.updatedAt);
      expect(received?.links?.filter((link) => link.rel === 'via').map((link) => link.href)).toEqual(
        RECEIVED.attribution.via.map((hop) => hop.url),
      );
      expect(received).not.toHaveProperty('rights');
    }
  });
});
