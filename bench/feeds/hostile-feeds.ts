// Feeds that are hostile in one way each: a text of one to four characters repeated in one field, and structures that make
// careless readers slow.

type Make = (size: number) => string;

/** One to four characters each. */
export const UNITS: readonly string[] = [
  ...['<', '>', '&', '"', "'", '=', '/', ' ', '\n', '\t', 'a', '0', '-', '.', ':', '@', '(', '[', '{', '%'],
  ...['#', '?', '!', ';', ',', '\\', '<a', '<a ', '</a', '<!--', '<p>', '<b>', '</p>', '&lt;', '&#', '&a;'],
  ...[']]>', '<![', '<?', 'a@', '://', '../', 'x,', ' a', '’', '😀', '"=\'', 'a=b ', '://a', '0:', '<td>'],
];

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
const NAMESPACES =
  'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"';
const rss = (inner: string): string =>
  `<rss version="2.0" ${NAMESPACES}><channel><title>t</title><item><title>a</title>${inner}</item><item><title>b</title></item></channel></rss>`;
const atom = (inner: string): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>a</title>${inner}</entry></feed>`;
const json = (member: string, value: unknown): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 't',
    items: [{ id: '1', [member]: value }],
  });

/** The fields that a text is put into, each as a whole document. */
export const FIELDS: Readonly<Record<string, (text: string) => string>> = {
  title: (text) => rss(`<title>${escaped(text)}</title>`),
  'title as it is': (text) => rss(`<title>${text}</title>`),
  description: (text) => rss(`<description>${escaped(text)}</description>`),
  'description as it is': (text) => rss(`<description>${text}</description>`),
  'content:encoded': (text) => rss(`<content:encoded>${cdata(text)}</content:encoded>`),
  link: (text) => rss(`<link>${escaped(text)}</link>`),
  guid: (text) => rss(`<guid>${escaped(text)}</guid>`),
  author: (text) => rss(`<author>${escaped(text)}</author>`),
  'dc:creator': (text) => rss(`<dc:creator>${escaped(text)}</dc:creator>`),
  category: (text) => rss(`<category domain="${escaped(text)}">${escaped(text)}</category>`),
  pubDate: (text) => rss(`<pubDate>${escaped(text)}</pubDate>`),
  'dates of 99 characters': (text) =>
    rss(
      Array.from({ length: 90 }, (_, at) => `<pubDate>${escaped(text.slice(at, at + 99))}</pubDate>`).join(
        '',
      ),
    ),
  enclosure: (text) =>
    rss(`<enclosure url="${escaped(text)}" type="${escaped(text)}" length="${escaped(text)}"/>`),
  namespace: (text) => rss(`<x:y xmlns:x="${escaped(text)}" x:z="${escaped(text)}">w</x:y>`),
  copyright: (text) => `<rss version="2.0"><channel><copyright>${escaped(text)}</copyright></channel></rss>`,
  'media:content': (text) =>
    rss(
      `<media:content url="https://h.example/${escaped(text)}"><media:title>${escaped(text)}</media:title></media:content>`,
    ),
  'itunes:duration': (text) =>
    rss(`<itunes:duration>${escaped(text)}</itunes:duration><enclosure url="https://h.example/a"/>`),
  'Atom XHTML': (text) =>
    atom(
      `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p title="${escaped(text)}">${escaped(text)}</p></div></content>`,
    ),
  'Atom HTML': (text) => atom(`<content type="html" xml:base="${escaped(text)}">${escaped(text)}</content>`),
  'Atom persons': (text) =>
    atom(
      `<author><name>${escaped(text)}</name><email>${escaped(text)}</email><uri>${escaped(text)}</uri></author>`,
    ),
  'link in HTML': (text) =>
    rss(`<description>${cdata(`<a href="${text.replaceAll('"', '')}">x</a>`)}</description>`),
  'srcset in HTML': (text) =>
    rss(`<description>${cdata(`<img src="/a" srcset="${text.replaceAll('"', '')}">`)}</description>`),
  'document type': (text) => `<!DOCTYPE rss [${text}]>${rss('')}`,
  comment: (text) => `<!--${text}-->${rss(`<!--${text}-->`)}`,
  'JSON title': (text) => json('title', text),
  'JSON content_html': (text) => json('content_html', text),
  'JSON content_text': (text) => json('content_text', text),
  'JSON url': (text) => json('url', text),
  'JSON authors': (text) => json('authors', [{ name: text, url: text }]),
  'JSON tags': (text) => json('tags', [text]),
  'JSON date': (text) => json('date_published', text),
  'JSON as it is': (text) => `{"title":"t","items":[{"id":"1","title":${text}}]}`,
};

const numbered = (size: number, width: number, make: (index: number) => string): string =>
  Array.from({ length: Math.floor(size / width) }, (_, index) => make(index)).join('');

export const STRUCTURES: Readonly<Record<string, Make>> = {
  'tags in text': (size) => rss(`<description>${'<b>x</b>'.repeat(size / 8)}</description>`),
  'paragraphs never closed': (size) =>
    rss(`<description>${cdata('<p><b><i>'.repeat(size / 9))}</description>`),
  'links in HTML': (size) => rss(`<description>${cdata('<a href=x>'.repeat(size / 10))}</description>`),
  'tables in HTML': (size) => rss(`<description>${cdata('<table><tr><td>'.repeat(size / 15))}</description>`),
  children: (size) => rss('<x/>'.repeat(size / 4)),
  names: (size) => rss(numbered(size, 10, (index) => `<a${index}/>`)),
  attributes: (size) => rss(`<x ${numbered(size, 10, (index) => `a${index}="1" `)}/>`),
  namespaces: (size) => rss(numbered(size, 30, (index) => `<a xmlns:b${index}="urn:${index}"/>`)),
  'namespaces within each other': (size) =>
    rss(numbered(size, 30, (index) => `<a xmlns:b${index}="urn:${index}">`)),
  categories: (size) => rss(numbered(size, 26, (index) => `<category>${index}</category>`)),
  enclosures: (size) => rss(numbered(size, 42, (index) => `<enclosure url="https://h.example/${index}"/>`)),
  authors: (size) => rss(numbered(size, 22, (index) => `<author>a${index}</author>`)),
  'empty items': (size) => `<rss version="2.0"><channel>${'<item/>'.repeat(size / 7)}</channel></rss>`,
  'document types': (size) => '<!doctype [>'.repeat(size / 12) + rss(''),
  instructions: (size) => '<?'.repeat(size / 2) + rss(''),
  'CDATA not closed': (size) => rss(`<description>${'<![CDATA[x</description>'.repeat(size / 24)}`),
  'CDATA starts, one end': (size) => rss(`<description>${'<![CDATA['.repeat(size / 9)}]]></description>`),
  'CDATA over items': (size) => `<rss><channel>${'<item><x><![CDATA[y</item>'.repeat(size / 26)}]]>`,
  'comments not closed': (size) => `<rss><channel>${'<item><!-- y</item>'.repeat(size / 19)}`,
  'lost double quotes': (size) => rss('<x a="b>c'.repeat(size / 9)),
  'lost quotes of both kinds': (size) => rss(`<x a="b<x a='c>`.repeat(size / 15)),
  'end tags not closed': (size) => rss('</x '.repeat(size / 4)),
  'spaces after item ends': (size) => rss(`<![CDATA[</item>${' '.repeat(size)}<![CDATA[`),
  'spaces in item ends': (size) => rss(`<![CDATA[${`</item ${' '.repeat(1000)}`.repeat(size / 1007)}`),
  'declared entities': (size) =>
    `<!DOCTYPE rss [<!ENTITY a "xxxxxxxxxxxxxxxx">]>${rss(`<description>${'&a;'.repeat(size / 3)}</description>`)}`,
  'entity declarations': (size) => `<!DOCTYPE rss [${'<!ENTITY a "'.repeat(size / 12)}]>${rss('')}`,
  deep: (size) => rss('<a>'.repeat(size / 3)),
  'deep, and closed': (size) => rss('<a>'.repeat(size / 7) + '</a>'.repeat(size / 7)),
  'bases within each other': (size) =>
    rss(`${'<a xml:base="b/">'.repeat(60)}${'<link>x</link>'.repeat(size / 14)}`),
};

/** As publishers send them: what time grows with when nothing is hostile. */
export function ordinaryFeed(size: number): string {
  const item =
    '<item><title>Ferry &amp; bridge</title><link>https://h.example/1</link><pubDate>Sun, 08 Nov 2026 08:30:00 +0100</pubDate><description>&lt;p&gt;Late &lt;a href="/x"&gt;again&lt;/a&gt;&lt;/p&gt;</description></item>\n';
  const body = `<p>${'The harbour ferry is late again, says the council. '.repeat(40)}</p>`;
  const items = Math.max(1, Math.min(400, Math.floor(size / 2400)));
  const filler = body.repeat(Math.max(1, Math.floor((size / items - item.length) / body.length)));
  const long = item.replace('&lt;p&gt;Late', `${escaped(filler)}&lt;p&gt;Late`);
  return `<rss version="2.0"><channel><title>t</title>${long.repeat(items)}</channel></rss>`;
}
