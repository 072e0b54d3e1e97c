// The same two items as each input format says them: one with all the credit that the format can carry, received from
// elsewhere, and one that says nothing of authors and rights itself. And what must be read of them in our documents.

const DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"';
const DCTERMS = 'xmlns:dcterms="http://purl.org/dc/terms/"';
const ATOM = 'xmlns:atom="http://www.w3.org/2005/Atom"';

export interface ExpectedCredit {
  readonly id: string;
  readonly page: string;
  readonly title: string;
  readonly sourceTitle: string;
  readonly sourceFeed: string;
  readonly authors: readonly string[];
  readonly publisher: string;
  readonly rights: string | undefined;
  readonly license: string | undefined;
  readonly via: readonly string[];
  readonly published: string;
  readonly updated: string;
  readonly categories: readonly string[];
  readonly enclosures: readonly string[];
}

export interface CreditSource {
  readonly name: string;
  readonly text: string;
  /** The item with everything, then the one without. */
  readonly expected: readonly [ExpectedCredit, ExpectedCredit];
}

export const SOURCE_URL = 'https://a.example/feed';
const FIRST = 'https://first.example/feed';
const SECOND = 'https://second.example/feed?a=1&b=2';
const BY = 'https://creativecommons.org/licenses/by/4.0/';
const SA = 'https://creativecommons.org/licenses/by-sa/4.0/';
const SOUND = 'https://a.example/full.mp3';

const FULL: ExpectedCredit = {
  id: 'tag:a.example,2026:Full/%7e1',
  page: 'https://a.example/full?x=1&y=%7E2',
  title: 'Full & <plain> “title”',
  sourceTitle: 'The First & only',
  sourceFeed: FIRST,
  authors: ['Mara Quill', 'Jon & Sons', 'עדה לב'],
  publisher: 'Harbour "News" & more',
  rights: '© 2026 Mara Quill & <others>',
  license: SA,
  via: [SECOND, SOURCE_URL],
  published: '2026-11-19T07:30:00.000Z',
  updated: '2026-11-19T09:45:00.000Z',
  categories: ['Ferries & trams', 'News'],
  enclosures: [SOUND],
};

const PLAIN: ExpectedCredit = {
  id: 'https://a.example/plain',
  page: 'https://a.example/plain',
  title: 'Plain',
  sourceTitle: FULL.publisher,
  sourceFeed: SOURCE_URL,
  authors: ['The Harbour Desk'],
  publisher: FULL.publisher,
  rights: '© 2026 Harbour News',
  license: BY,
  via: [],
  published: '2026-11-18T00:00:00.000Z',
  updated: '2026-11-18T00:00:00.000Z',
  categories: [],
  enclosures: [],
};

const e = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const each = (values: readonly string[], write: (value: string) => string): string =>
  values.map((value) => write(e(value))).join('');

const RSS_2 = `<rss version="2.0" ${DC} ${DCTERMS} ${ATOM} xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule">
<channel><title>${e(FULL.publisher)}</title><link>https://a.example/</link><description>d</description><atom:link rel="self" href="${SOURCE_URL}"/>
<copyright>© 2026 Harbour News</copyright><dc:creator>The Harbour Desk</dc:creator><creativeCommons:license>${BY}</creativeCommons:license>
<item><title>${e(FULL.title.replace('<plain>', '&lt;plain>'))}</title><link>${e(FULL.page)}</link><guid isPermaLink="false">${FULL.id}</guid>
${each(FULL.authors, (name) => `<dc:creator>${name}</dc:creator>`)}<dc:rights>${e(FULL.rights?.replace('<others>', '&lt;others>') ?? '')}</dc:rights>
<creativeCommons:license>${SA}</creativeCommons:license><source url="${FIRST}">${e(FULL.sourceTitle)}</source><atom:link rel="via" title="The Second" href="${e(SECOND)}"/>
<pubDate>Thu, 19 Nov 2026 08:30:00 +0100</pubDate><atom:updated>${FULL.updated}</atom:updated>
${each(FULL.categories, (term) => `<category>${term}</category>`)}<enclosure url="${SOUND}" length="12345" type="audio/mpeg"/><description>Text</description></item>
<item><title>Plain</title><link>${PLAIN.page}</link><guid>${PLAIN.id}</guid><pubDate>Wed, 18 Nov 2026 00:00:00 GMT</pubDate><description>Text</description></item>
</channel></rss>`;

const ATOM_1 = `<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:a.example,2020:feed</id><title>${e(FULL.publisher)}</title><updated>2026-11-20T00:00:00Z</updated>
<link rel="self" href="${SOURCE_URL}"/><link href="https://a.example/"/><author><name>The Harbour Desk</name></author><rights>© 2026 Harbour News</rights><link rel="license" href="${BY}"/>
<entry><id>${FULL.id}</id><title>${e(FULL.title)}</title><link href="${e(FULL.page)}"/><published>2026-11-19T08:30:00+01:00</published><updated>${FULL.updated}</updated>
${each(FULL.authors, (name) => `<author><name>${name}</name></author>`)}<rights>${e(FULL.rights ?? '')}</rights><link rel="license" href="${SA}"/>
<link rel="via" title="The Second" href="${e(SECOND)}"/><link rel="enclosure" href="${SOUND}" type="audio/mpeg" length="12345"/>
${each(FULL.categories, (term) => `<category term="${term}"/>`)}<source><id>tag:first.example,2019:feed</id><title>${e(FULL.sourceTitle)}</title><updated>2026-11-01T00:00:00Z</updated>
<link rel="self" href="${FIRST}"/><link href="https://first.example/"/><author><name>Somebody at the first</name></author><rights>not the entry's</rights><link rel="license" href="${BY}"/></source>
<content type="html">&lt;p&gt;Text&lt;/p&gt;</content></entry>
<entry><id>${PLAIN.id}</id><title>Plain</title><link href="${PLAIN.page}"/><published>${PLAIN.published}</published><updated>${PLAIN.updated}</updated><summary>Text</summary></entry></feed>`;

const RSS_1 = `<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" ${DC} ${DCTERMS} ${ATOM} xmlns:cc="http://web.resource.org/cc/" xmlns:enc="http://purl.oclc.org/net/rss_2.0/enc#">
<channel rdf:about="https://a.example/rdf"><title>${e(FULL.publisher)}</title><link>https://a.example/</link><description>d</description><dc:creator>The Harbour Desk</dc:creator><dc:rights>© 2026 Harbour News</dc:rights>
<cc:license rdf:resource="${BY}"/><items><rdf:Seq><rdf:li rdf:resource="${FULL.id}"/><rdf:li rdf:resource="${PLAIN.id}"/></rdf:Seq></items></channel>
<item rdf:about="${FULL.id}"><title>${e(FULL.title.replace('<plain>', '&lt;plain>'))}</title><link>${e(FULL.page)}</link>${each(FULL.authors, (name) => `<dc:creator>${name}</dc:creator>`)}
<dc:rights>${e(FULL.rights?.replace('<others>', '&lt;others>') ?? '')}</dc:rights><cc:license rdf:resource="${SA}"/><atom:source><atom:title>${e(FULL.sourceTitle)}</atom:title><atom:link rel="self" href="${FIRST}"/></atom:source>
<atom:link rel="via" title="The Second" href="${e(SECOND)}"/><dc:date>2026-11-19T08:30:00+01:00</dc:date><dcterms:modified>${FULL.updated}</dcterms:modified>
${each(FULL.categories, (term) => `<dc:subject>${term}</dc:subject>`)}<atom:link rel="enclosure" href="${SOUND}" type="audio/mpeg" length="12345"/><description>Text</description></item>
<item rdf:about="${PLAIN.id}"><title>Plain</title><link>${PLAIN.page}</link><dc:date>2026-11-18</dc:date><description>Text</description></item></rdf:RDF>`;

const JSON_FEED = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: FULL.publisher,
  home_page_url: 'https://a.example/',
  feed_url: SOURCE_URL,
  authors: [{ name: 'The Harbour Desk' }],
  _tributary: { rights: '© 2026 Harbour News', license: BY },
  items: [
    {
      id: FULL.id,
      url: FULL.page,
      title: FULL.title,
      content_html: '<p>Text</p>',
      authors: FULL.authors.map((name) => ({ name })),
      date_published: '2026-11-19T08:30:00+01:00',
      date_modified: FULL.updated,
      tags: FULL.categories,
      attachments: [{ url: SOUND, mime_type: 'audio/mpeg', size_in_bytes: 12345 }],
      _tributary: {
        rights: FULL.rights,
        license: SA,
        source: { title: FULL.sourceTitle, feed_url: FIRST },
        via: [{ title: 'The Second', url: SECOND }],
      },
    },
    { id: PLAIN.id, url: PLAIN.page, title: 'Plain', content_text: 'Text', date_published: PLAIN.published },
  ],
});

export const CREDIT_SOURCES: readonly CreditSource[] = [
  { name: 'RSS 2.0', text: RSS_2, expected: [FULL, PLAIN] },
  { name: 'Atom 1.0', text: ATOM_1, expected: [FULL, PLAIN] },
  { name: 'RSS 1.0', text: RSS_1, expected: [FULL, PLAIN] },
  { name: 'JSON Feed 1.1', text: JSON_FEED, expected: [FULL, PLAIN] },
];
