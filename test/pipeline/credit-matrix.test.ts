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
import { CREDIT_SOURCES, SOURCE_URL } from './credit-sources.ts';
import { type Documents, publishOnce } from './publish-once.ts';

const source = buildSource('a', { feedUrl: SOURCE_URL });
const KEEPER = {
  author: { name: 'The Feed Keeper', uri: 'https://feeds.example/about' },
  imageUrl: 'https://feeds.example/logo.png',
};

const FIELDS = [
  'id',
  'page',
  'title',
  'sourceTitle',
  'sourceFeed',
  'authors',
  'publisher',
  'rights',
  'license',
  'via',
  'published',
  'updated',
  'categories',
  'enclosures',
] as const satisfies readonly (keyof Credit)[];

type Format = 'rss' | 'atom' | 'json';
type Field = (typeof FIELDS)[number];

interface Reader {
  readonly name: string;
  readonly isMissing?: boolean;
  readonly read: Partial<
    Readonly<
      Record<Format, (document: string) => readonly Partial<Credit>[] | Promise<readonly Partial<Credit>[]>>
    >
  >;
  /** What it has no word for, by format. Everything else is tested. */
  readonly cannotExpress: Partial<Readonly<Record<Format, readonly Field[]>>>;
}

const OURS: readonly Field[] = ['sourceTitle', 'sourceFeed', 'publisher', 'rights', 'license', 'via'];
const byFeedparser = (document: string) =>
  readWithFeedparser([document]).flatMap(({ problem, entries }) => {
    expect(problem).toBeNull();
    return creditByFeedparser(entries);
  });

const READERS: readonly Reader[] = [
  { name: 'a plain XML parser', read: { rss: creditInRss, atom: creditInAtom }, cannotExpress: {} },
  { name: 'JSON.parse', read: { json: creditInJson }, cannotExpress: {} },
  {
    name: 'feedsmith',
    read: { rss: creditByFeedsmith, atom: creditByFeedsmith, json: creditByFeedsmith },
    // It reads no extension of JSON Feed.
    cannotExpress: { json: OURS },
  },
  { name: 'rss-parser', read: { rss: creditByRssParser, atom: creditByRssParser }, cannotExpress: {} },
  {
    name: "Python's feedparser",
    isMissing: feedparserIsMissing,
    read: { rss: byFeedparser, atom: byFeedparser },
    cannotExpress: {},
  },
];
const CELLS = READERS.flatMap((reader) =>
  Object.entries(reader.read).map(([format, read]) => ({
    reader,
    format: format as Format,
    read,
    cannot: reader.cannotExpress[format as Format] ?? [],
  })),
);

describe.each(CREDIT_SOURCES)('items from $name', async ({ text, expected }) => {
  const documents: Documents = await publishOnce([{ source, text }], KEEPER);

  for (const { reader, format, read, cannot } of CELLS) {
    const suffix = cannot.length === 0 ? '' : `, but for ${cannot.join(', ')}, which it cannot express`;
    it.skipIf(reader.isMissing === true)(
      `have every field of credit as sent, in ${format} for ${reader.name}${suffix}`,
      async () => {
        const found = await read(documents[format]);
        expect(found).toHaveLength(expected.length);
        for (const [place, sent] of expected.entries()) {
          for (const field of FIELDS) {
            const cell = `${sent.title}: ${field}`;
            if (cannot.includes(field)) expect(found[place]?.[field], cell).toBeUndefined();
            else expect(found[place]?.[field], cell).toEqual(sent[field]);
          }
        }
      },
    );
  }

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
