// Feeds as publishers send them, made from a seed, for the benchmarks of reading: RSS with HTML in CDATA and escaped,
// Atom with XHTML and HTML, RSS 1.0; thirty items each.

const ITEMS = 30;
const WORDS =
  'harbour ferry council river budget station evening library market bridge weather festival museum street garden school history science music theatre'.split(
    ' ',
  );

/** Names and texts; the same ones each time. About 20, 60 and 200 KB of each kind. */
export function generatedFeeds(): (readonly [name: string, text: string])[] {
  const feeds: (readonly [string, string])[] = [];
  for (const paragraphs of [1, 4, 14]) {
    for (const [kind, make] of Object.entries({ cdata, escaped, atomXhtml, atomHtml, rdf })) {
      feeds.push([`generated ${kind} ${paragraphs}`, make(new Story(paragraphs))]);
    }
  }
  return feeds;
}

/** What is told, from a linear congruential generator (Numerical Recipes, section 7.1). */
class Story {
  private state = 20_261_124;
  private readonly paragraphs: number;

  constructor(paragraphs: number) {
    this.paragraphs = paragraphs;
  }

  next(below: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * below);
  }

  words(count: number): string {
    return Array.from({ length: count }, () => WORDS[this.next(WORDS.length)]).join(' ');
  }

  /** Well-formed as XML too; every third link is relative. */
  html(): string {
    return Array.from({ length: this.paragraphs }, (_, index) => {
      const href =
        index % 3 === 2 ? `/about/${this.next(99)}` : `https://news.example/${this.next(999)}?a=1&amp;b=2`;
      const image = index % 4 === 1 ? `<img src="https://img.example/${this.next(999)}.jpg" alt="" />` : '';
      return `<p>${this.words(30)} <a href="${href}">${this.words(3)}</a> <em>${this.words(2)}</em> &amp; ${this.words(25)}.</p>${image}`;
    }).join('\n');
  }

  items(make: (index: number) => string): string {
    return Array.from({ length: ITEMS }, (_, index) => make(index)).join('\n');
  }
}

const day = (index: number): string => String(1 + (index % 28)).padStart(2, '0');
const rfc822 = (index: number): string => `Sun, ${day(index)} Nov 2026 08:30:00 +0100`;
const rfc3339 = (index: number): string => `2026-11-${day(index)}T08:30:00Z`;
const escapeHtml = (html: string): string =>
  html.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function cdata(story: Story): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>News &amp; Views</title>
<link>https://news.example/</link>
<atom:link href="https://news.example/feed" rel="self" type="application/rss+xml" />
<description>${story.words(10)}</description>
${story.items(
  (index) => `<item>
  <title>${story.words(6)}</title>
  <link>https://news.example/${index}/</link>
  <dc:creator><![CDATA[${story.words(2)}]]></dc:creator>
  <pubDate>${rfc822(index)}</pubDate>
  <category><![CDATA[${story.words(1)}]]></category>
  <category><![CDATA[${story.words(1)}]]></category>
  <guid isPermaLink="false">https://news.example/?p=${index}</guid>
  <description><![CDATA[<p>${story.words(25)} [&#8230;]</p>]]></description>
  <content:encoded><![CDATA[${story.html()}]]></content:encoded>
</item>`,
)}
</channel>
</rss>`;
}

function escaped(story: Story): string {
  return `<?xml version="1.0"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Town</title><link>https://town.example/</link>
${story.items(
  (
    index,
  ) => `<item><title>${story.words(6)} &amp; ${story.words(2)}</title><link>https://town.example/${index}</link>
<guid>https://town.example/${index}</guid><pubDate>${rfc822(index)}</pubDate><author>desk@town.example (${story.words(2)})</author>
<description>${escapeHtml(story.html())}</description>
<enclosure url="https://town.example/${index}.mp3" length="${story.next(9_000_000)}" type="audio/mpeg"/>
<media:content url="https://town.example/${index}.jpg" medium="image"><media:title>${story.words(3)}</media:title></media:content></item>`,
)}
</channel></rss>`;
}

function atom(story: Story, content: string, make: () => string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://log.example/">
<title type="text">Log</title><id>https://log.example/</id><updated>${rfc3339(0)}</updated><link href="/"/>
${story.items(
  (
    index,
  ) => `<entry><title type="html">${story.words(5)} &amp;amp; ${story.words(1)}</title><id>tag:log.example,2026:${index}</id>
<link rel="alternate" type="text/html" href="https://log.example/${index}"/><link rel="replies" href="https://log.example/${index}/c"/>
<published>${rfc3339(index)}</published><updated>${rfc3339(index)}</updated>
<author><name>${story.words(2)}</name><uri>https://log.example/who</uri></author><category term="${story.words(1)}"/>
<summary>${story.words(20)}</summary>
<content type="${content}">${make()}</content></entry>`,
)}
</feed>`;
}

function atomXhtml(story: Story): string {
  return atom(story, 'xhtml', () => `<div xmlns="http://www.w3.org/1999/xhtml">${story.html()}</div>`);
}

function atomHtml(story: Story): string {
  return atom(story, 'html', () => escapeHtml(story.html()));
}

function rdf(story: Story): string {
  return `<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="https://wire.example/"><title>Wire</title><link>https://wire.example/</link><description>${story.words(8)}</description>
<items><rdf:Seq>${story.items((index) => `<rdf:li rdf:resource="https://wire.example/${index}"/>`)}</rdf:Seq></items></channel>
${story.items(
  (
    index,
  ) => `<item rdf:about="https://wire.example/${index}"><title>${story.words(7)}</title><link>https://wire.example/${index}</link>
<dc:date>${rfc3339(index)}</dc:date><dc:creator>${story.words(2)}</dc:creator><dc:subject>${story.words(1)}</dc:subject>
<description>${story.words(40)}</description><content:encoded><![CDATA[${story.html()}]]></content:encoded></item>`,
)}
</rdf:RDF>`;
}
