// Every field of credit × our formats × the formats that items come in, as readers that are not ours find it: equal to what
// the publisher sent. And our own feed's author, rights and image, which no item may inherit.
import { describe, expect, it } from 'vitest';
import { buildSource } from '../core/build-item.ts';
import {
  type Credit,
  creditByFeedparser,
  creditByFeedsmith,
  creditByRssParser,
  creditInAtom,
  creditInJson,
  creditInRss,
} from '../oracles/credit.ts';
import { feedparserIsMissing, readWithFeedparser } from '../oracles/feedparser.ts';
import { childrenOf, readXml } from '../oracles/readers.ts';
import { CREDIT_SOURCES, type ExpectedCredit, SOURCE_URL } from './credit-sources.ts';
import { type Documents, publishOnce } from './publish-once.ts';

const source = buildSource('a', { feedUrl: SOURCE_URL });
const KEEPER = {
  author: { name: 'The Feed Keeper', uri: 'https://feeds.example/about' },
  imageUrl: 'https://feeds.example/logo.png',
};

/** What a reader found against what was sent; only the fields that the reader has. */
function expectCredit(found: readonly Partial<Credit>[], expected: readonly ExpectedCredit[], fields = 4) {
  expect(found).toHaveLength(expected.length);
  for (const [place, credit] of found.entries()) {
    expect(Object.keys(credit).length).toBeGreaterThanOrEqual(fields);
    expect(expected[place]).toMatchObject(credit);
  }
}

describe.each(CREDIT_SOURCES)('items from $name', async ({ text, expected }) => {
  const documents: Documents = await publishOnce([{ source, text }], KEEPER);

  it('have every field of credit in RSS, Atom and JSON Feed, as sent', () => {
    expectCredit(creditInRss(documents.rss), expected, 14);
    expectCredit(creditInAtom(documents.atom), expected, 14);
    expectCredit(creditInJson(documents.json), expected, 14);
  });

  it('have it for feedsmith and rss-parser', async () => {
    for (const document of [documents.rss, documents.atom, documents.json])
      expectCredit(creditByFeedsmith(document), expected, 8);
    for (const document of [documents.rss, documents.atom])
      expectCredit(await creditByRssParser(document), expected);
  });

  it.skipIf(feedparserIsMissing)("have it for Python's feedparser", () => {
    for (const { problem, entries } of readWithFeedparser([documents.rss, documents.atom])) {
      expect(problem).toBeNull();
      expectCredit(creditByFeedparser(entries), expected, 13);
    }
  });

  it('have it on the page: source, chain, authors, rights, in the note', () => {
    const [full, plain] = expected;
    for (const words of [
      'The First &amp; only, via Harbour &quot;News&quot; &amp; more',
      `Author: ${full.authors.join(', ').replace('&', '&amp;')}`,
      '© 2026 Mara Quill &amp; &lt;others&gt;',
      `Author: ${plain.authors.join(', ')}`,
      '© 2026 Harbour News',
    ])
      expect(documents.html).toContain(words);
  });
});

describe('what is ours', () => {
  const nothing = `<rss version="2.0"><channel><title>Quiet</title><link>https://a.example/</link><description>d</description>
<item><guid isPermaLink="false">1</guid><title>Quiet</title></item></channel></rss>`;

  it('reaches no item that has no author, rights, licence or image, nor has its source', async () => {
    const documents = await publishOnce([{ source, text: nothing }], KEEPER);
    const quiet = {
      authors: ['Quiet'],
      publisher: 'Quiet',
      rights: undefined,
      license: undefined,
      via: [],
      sourceTitle: 'Quiet',
      sourceFeed: SOURCE_URL,
    };
    expect(creditInRss(documents.rss)[0]).toMatchObject(quiet);
    expect(creditInAtom(documents.atom)[0]).toMatchObject(quiet);
    expect(creditInJson(documents.json)[0]).toMatchObject(quiet);
    expect(JSON.parse(documents.json).items[0]).not.toHaveProperty('image');
    const feed = readXml(documents.atom);
    expect(childrenOf(feed, 'rights')).toEqual([]);
    expect(childrenOf(feed, 'author')).toHaveLength(1);
    expect(documents.atom.split('The Feed Keeper')).toHaveLength(2);
    expect(documents.rss).not.toContain('The Feed Keeper');
  });

  it.skipIf(feedparserIsMissing)('is given to no item by a reader that inherits', async () => {
    const documents = await publishOnce([{ source, text: nothing }], KEEPER);
    for (const { entries } of readWithFeedparser([documents.rss, documents.atom])) {
      expect(entries[0]?.authors?.map((author) => author.name)).toEqual(['Quiet']);
      expect(entries[0]?.rights).toBeUndefined();
    }
  });
});
