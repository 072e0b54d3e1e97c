// Items that hold everything that breaks feeds: each once in every format, harmless, at nobody else's cost.
import { readFile } from 'node:fs/promises';
import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { withoutOurOwn } from '../hostile/our-page.ts';
import { feedparserIsMissing, readWithFeedparser } from '../oracles/feedparser.ts';
import { readWithFeedsmith, readWithRssParser, readXml } from '../oracles/readers.ts';
import { run, temporaryFolder } from './tributary.ts';

const CDATA_BREAKER =
  'one ]]> two ]]> three ]]>]]&gt;<item><title>forged</title><link>javascript:alert(1)</link></item>';
const NASTY_RSS = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Nasty</title><link>https://nasty.example/</link>
<item><guid>42</guid><title>a &lt; b &amp;amp; c</title><link>/relative</link><pubDate>the day before yesterday</pubDate><description>${CDATA_BREAKER.replaceAll('<', '&lt;')}</description></item>
<item><guid>no-title-no-date</guid><description>Only text, with \u0001\u0008\u000b controls &#0; &#xD800; &#xFFFE; in it</description></item>
<item><guid>scripts</guid><title>&lt;script&gt;alert(1)&lt;/script&gt;T</title><link>javascript:alert(1)</link><dc:creator>"&gt;&lt;b onclick=x&gt;A</dc:creator><category>&lt;img src=x onerror=alert(1)&gt;</category><content:encoded><![CDATA[<p onclick="x">ok<script>alert(1)</script><img src="javascript:alert(1)"><a href=" java
script:alert(1)">x</a><svg onload=alert(1)><style>*{}</style></p>]]></content:encoded></item>
<item><guid>__proto__</guid><title>constructor</title></item>
<item><title>neither id nor link</title></item>
<item/>
<item><guid>good</guid><title>A good item</title><link>https://nasty.example/good</link><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>
</channel></rss>`;
const NASTY_JSON = `{"version":"https://jsonfeed.org/version/1.1","title":"Surrogates","items":[{"id":"s","title":"lone \\ud800 surrogate \\udc00","content_html":"<p>\\ud800 ]]> \\ufffe</p>","date_published":"275760-09-13"},{"id":7,"content_text":"a < b"}]}`;
const ITEM_COUNT = 8;

async function publishNasty() {
  await using folder = await temporaryFolder();
  await folder.write('nasty.xml', NASTY_RSS);
  await folder.write('surrogates.json', NASTY_JSON);
  const config = await folder.write(
    'tributary.yaml',
    `server: { publicUrl: 'https://feeds.example/' }
sources: [{ url: ./nasty.xml, publicUrl: 'https://nasty.example/feed' }, { url: ./surrogates.json }]
feeds: [{ id: all, title: All }]
`,
  );
  const ended = await run(['once', '--config', config, '--out', folder.file('site')], {
    TRIBUTARY_DATA: folder.file('data'),
  });
  expect(ended.code).toBe(0);
  const [feed, atom, json, html] = await Promise.all(
    ['rss', 'atom', 'json', 'html'].map((format) =>
      readFile(folder.file(`site/feeds/all.${format}`), 'utf8'),
    ),
  );
  return { feed: feed ?? '', atom: atom ?? '', json: json ?? '', html: html ?? '' };
}

const documents = await publishNasty();

describe('items that hold everything that breaks feeds', () => {
  it('are each there once in every format, by readers that are not ours', async () => {
    expect(
      readXml(documents.feed).children[0]?.children.filter((child) => child.name === 'item'),
    ).toHaveLength(ITEM_COUNT);
    expect(readXml(documents.atom).children.filter((child) => child.name === 'entry')).toHaveLength(
      ITEM_COUNT,
    );
    expect(await readWithRssParser(documents.feed)).toHaveLength(ITEM_COUNT);
    expect(await readWithRssParser(documents.atom)).toHaveLength(ITEM_COUNT);
    for (const text of [documents.feed, documents.atom, documents.json]) {
      const items = readWithFeedsmith(text);
      expect(items).toHaveLength(ITEM_COUNT);
      expect(new Set(items.map((item) => item.id)).size).toBe(ITEM_COUNT);
    }
  });

  it.skipIf(feedparserIsMissing)('are each there once for Python’s feedparser', () => {
    for (const { problem, entries } of readWithFeedparser([documents.feed, documents.atom])) {
      expect(problem).toBeNull();
      expect(entries).toHaveLength(ITEM_COUNT);
    }
  });

  it('cost the good one nothing', () => {
    const good = JSON.parse(documents.json).items.find(
      (item: { title?: string }) => item.title === 'A good item',
    );
    expect(good).toMatchObject({
      url: 'https://nasty.example/good',
      date_published: expect.stringContaining('2026-11-20T10:00:00'),
    });
  });

  it('keep what they say', () => {
    const items: { title?: string; url?: string; content_html?: string; authors: { name: string }[] }[] =
      JSON.parse(documents.json).items;
    expect(items.find((item) => item.title === 'a < b & c')?.url).toBe('https://nasty.example/relative');
    expect(documents.json).toContain('one ]]&gt; two ]]&gt; three');
    expect(items.map((item) => item.title)).toContain('neither id nor link');
  });

  it('hold no character that XML forbids, no lone surrogate, and no markup that runs', () => {
    for (const text of Object.values(documents)) {
      expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
      expect(text.isWellFormed()).toBe(true);
    }
    const bodies = JSON.parse(documents.json).items.map(
      (item: { content_html?: string }) => item.content_html ?? '',
    );
    for (const html of [...bodies, withoutOurOwn(documents.html)])
      expect(dangerousIn(parseFragment(html))).toEqual([]);
    expect(documents.feed).not.toMatch(/<link>javascript/i);
  });
});

type Node = { nodeName: string; childNodes?: unknown[]; attrs?: { name: string; value: string }[] };

function dangerousIn(node: Node): readonly string[] {
  const names = ['script', 'style', 'svg', 'math', 'iframe', 'object', 'embed', 'form', 'base'];
  const own = [
    ...(names.includes(node.nodeName) ? [node.nodeName] : []),
    ...(node.attrs ?? [])
      .filter(({ name, value }) => name.startsWith('on') || /^\s*(?:java|vb)script:|^\s*data:/i.test(value))
      .map(({ name }) => `${node.nodeName}@${name}`),
  ];
  return [...own, ...(node.childNodes ?? []).flatMap((child) => dangerousIn(child as Node))];
}
