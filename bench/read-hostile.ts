// How reading time grows with hostile input: each repetition at 128, 256 and 512 KB. Linear is a ratio of 2 from one
// to the next; anything near 4 is a square. Run: node bench/read-hostile.ts
import { messageOf } from '../src/model/errors.ts';
import { readDocument } from '../src/pipeline/read-document.ts';

const KB = 1024;
const SIZES = [128 * KB, 256 * KB, 512 * KB];
const ROUNDS = 5;

const rss = (inner: string): string =>
  `<rss version="2.0"><channel><title>t</title><item><title>a</title>${inner}</item><item><title>b</title></item></channel></rss>`;
const inText = (unit: string, field: string) => (size: number) =>
  rss(`<${field}>${unit.repeat(size / unit.length)}</${field}>`);
const inHtml = (unit: string) => (size: number) =>
  rss(`<description><![CDATA[${unit.repeat(size / unit.length)}]]></description>`);
const numbered = (size: number, width: number, make: (index: number) => string): string =>
  Array.from({ length: Math.floor(size / width) }, (_, index) => make(index)).join('');

const CASES: Readonly<Record<string, (size: number) => string>> = {
  'ordinary items': (size) =>
    `<rss version="2.0"><channel>${'<item><title>Ferry</title><description>&lt;p&gt;Late&lt;/p&gt;</description></item>'.repeat(size / 80)}</channel></rss>`,
  '< in description': inText('<', 'description'),
  '< in title': inText('<', 'title'),
  '& in description': inText('&', 'description'),
  '&amp;# in title': inText('&amp;#', 'title'),
  '<a in HTML': inHtml('<a '),
  '<a href=x> in HTML': inHtml('<a href=x>'),
  '<p><b><i> in HTML': inHtml('<p><b><i>'),
  'href= in HTML': inHtml('href='),
  '<!-- in HTML': inHtml('<!--'),
  comments: inText('<!---->', 'description'),
  'CDATA sections': inText('<![CDATA[]]>', 'description'),
  'stray end tags': inText('</x>', 'description'),
  'elements in text': inText('<b>x</b>', 'description'),
  'spaces in link': inText(' ', 'link'),
  '@ in author': inText('a@', 'author'),
  children: (size) => rss('<x/>'.repeat(size / 4)),
  names: (size) => rss(numbered(size, 10, (index) => `<a${index}/>`)),
  attributes: (size) => rss(`<x ${numbered(size, 10, (index) => `a${index}="1" `)}/>`),
  namespaces: (size) => rss(numbered(size, 30, (index) => `<a xmlns:b${index}="urn:${index}"/>`)),
  categories: (size) => rss('<category>x</category>'.repeat(size / 22)),
  'empty items': (size) => `<rss version="2.0"><channel>${'<item/>'.repeat(size / 7)}</channel></rss>`,
  'document types': (size) => '<!doctype [>'.repeat(size / 12) + rss(''),
  instructions: (size) => '<?'.repeat(size / 2) + rss(''),
  srcset: (size) =>
    rss(
      `<description><![CDATA[<img srcset="${','.repeat(size / 2)}x ${'a,'.repeat(size / 4)}">]]></description>`,
    ),
  'dots in a URL': (size) =>
    rss(`<description><![CDATA[<a href="${'../'.repeat(size / 3)}">]]></description>`),
  'CDATA not closed': (size) => rss(`<description>${'<![CDATA[x</description>'.repeat(size / 24)}`),
  'CDATA starts, one end': (size) => rss(`<description>${'<![CDATA['.repeat(size / 9)}]]></description>`),
  'CDATA over items': (size) => `<rss><channel>${'<item><x><![CDATA[y</item>'.repeat(size / 26)}]]>`,
  'comments not closed': (size) => `<rss><channel>${'<item><!-- y</item>'.repeat(size / 19)}`,
  'comment starts': inText('<!--', 'x'),
  'lost double quotes': (size) => rss('<x a="b>c'.repeat(size / 9)),
  'lost quotes of both kinds': (size) => rss(`<x a="b<x a='c>`.repeat(size / 15)),
  'quotes in tags': (size) => rss(`<x ${`"'=`.repeat(size / 3)}>`),
  'end tags not closed': (size) => rss('</x '.repeat(size / 4)),
  'spaces after item ends': (size) => rss(`<![CDATA[</item>${' '.repeat(size)}<![CDATA[`),
  'spaces in item ends': (size) => rss(`<![CDATA[${`</item ${' '.repeat(1000)}`.repeat(size / 1007)}`),
  'declared entities': (size) =>
    `<!DOCTYPE rss [<!ENTITY a "xxxxxxxxxxxxxxxx">]>${rss(`<description>${'&a;'.repeat(size / 3)}</description>`)}`,
  'entity declarations': (size) => `<!DOCTYPE rss [${'<!ENTITY a "'.repeat(size / 12)}]>${rss('')}`,
  deep: (size) => rss('<a>'.repeat(size / 3)),
};

console.log(
  ['input', ...SIZES.map((size) => `${size / KB} KB`), 'ratio', 'gives']
    .map((cell) => cell.padEnd(20))
    .join(''),
);
for (const [name, make] of Object.entries(CASES)) {
  const times: number[] = [];
  let outcome = '';
  for (const size of SIZES) {
    const document = make(size);
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      outcome = await readDocument(document, { url: 'https://feeds.example/' }).then(
        (feed) => `${feed.items.length} items`,
        (error: unknown) => messageOf(error).slice(0, 40),
      );
      best = Math.min(best, performance.now() - start);
    }
    times.push(best);
  }
  const ratio = Math.sqrt((times[2] ?? 0) / (times[0] ?? 1)).toFixed(1);
  console.log(
    [name, ...times.map((ms) => `${ms.toFixed(1)} ms`), ratio, outcome]
      .map((cell) => cell.padEnd(20))
      .join(''),
  );
}
