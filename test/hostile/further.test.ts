// Further payloads of the families A, B and C that are on no list: found by asking what else the rules behind the listed ones
// must hold against. Through the whole service, as those.
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { answerBytes, type Behaviour, raw } from '../rig/evil-source.ts';
import { feedAnswer, type PublishedItem, rss, type World, type WorldOptions, world } from '../rig/world.ts';
import { withoutOurOwn } from './our-page.ts';

const item = (inner: string, n: number | string = 1) =>
  `<item><guid>https://hostile.test/${n}</guid>${inner}</item>`;
const FEED = rss(item('<title>hostile item</title>'));
const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n';
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

async function refuses(options: WorldOptions, reason: string | RegExp): Promise<void> {
  await using it = await world(options);
  expect(it.polls()).toMatchObject([{ outcome: 'failed', reason: expect.stringMatching(reason) }]);
  expect((await it.items()).some(({ title }) => title === 'hostile item')).toBe(false);
  await it.standing();
}

async function reading(
  body: string | Uint8Array,
  look: (items: readonly PublishedItem[], it: World) => Promise<void> | void,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  await using it = await world({ behaviour: feedAnswer(body, headers) });
  expect(it.polls()).toMatchObject([{ outcome: 'updated' }]);
  await look(await it.hostileItems(), it);
  await it.standing();
}

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;
const elementsIn = (nodes: readonly Node[]): Element[] =>
  nodes.flatMap((node) => ('tagName' in node ? [node, ...elementsIn(node.childNodes)] : []));
const classOf = ({ attrs }: Element) => attrs.find(({ name }) => name === 'class')?.value ?? '';

describe.concurrent('A, further: what the bytes of an answer may claim', () => {
  it("a second answer behind the first is nobody's: the next request on the host gets its own", async () => {
    const smuggled = answerBytes({ body: rss(item('<title>smuggled</title>')) });
    await using it = await world({
      behaviour: (socket) => void socket.write(Buffer.concat([answerBytes({ body: FEED }), smuggled])),
    });
    expect(JSON.stringify(await it.items())).not.toContain('smuggled');
    expect(await it.get('/feeds/all.rss')).not.toContain('smuggled');
    await it.standing();
  });

  it.each<[string, Behaviour, RegExp]>([
    [
      'Transfer-Encoding and Content-Length',
      raw(
        `${OK}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${FEED.length.toString(16)}\r\n${FEED}\r\n0\r\n\r\n`,
        {
          close: true,
        },
      ),
      /bad-response/,
    ],
    [
      'chunked twice',
      raw(
        `${OK}Transfer-Encoding: chunked, chunked\r\n\r\n${FEED.length.toString(16)}\r\n${FEED}\r\n0\r\n\r\n`,
        { close: true },
      ),
      /bad-encoding/,
    ],
    [
      'a chunk of 2^64 bytes',
      raw(`${OK}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n${FEED}`, { close: true }),
      /bad-response/,
    ],
    [
      'a chunk below zero',
      raw(`${OK}Transfer-Encoding: chunked\r\n\r\n-1\r\n${FEED}\r\n0\r\n\r\n`, { close: true }),
      /bad-response/,
    ],
    [
      'a header folded into the next line',
      raw(`${OK}Content-Length: ${FEED.length}\r\n Content-Length: 1\r\n\r\n${FEED}`, { close: true }),
      /bad-response/,
    ],
    [
      'trailers of a megabyte',
      raw(
        `${OK}Transfer-Encoding: chunked\r\n\r\n${FEED.length.toString(16)}\r\n${FEED}\r\n0\r\n${'X: y\r\n'.repeat(200_000)}\r\n`,
        { close: true },
      ),
      /bad-response/,
    ],
    [
      'gzip that is brotli',
      feedAnswer(brotliCompressSync(FEED), { 'Content-Encoding': 'gzip' }),
      /bad-encoding/,
    ],
    [
      'a status of 999',
      raw(`HTTP/1.1 999 What\r\nContent-Length: ${FEED.length}\r\n\r\n${FEED}`, { close: true }),
      /server-error/,
    ],
    [
      'an upgrade that nobody asked for',
      raw('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
      /bad-response/,
    ],
  ])('%s: refused', (_, behaviour, reason) => refuses({ behaviour, timeout: '4s' }, reason));

  it('a gzip member that bombs behind an honest one is a bomb', () =>
    refuses(
      {
        behaviour: feedAnswer(Buffer.concat([gzipSync(FEED), gzipSync(Buffer.alloc(40_000_000, ' '))]), {
          'Content-Encoding': 'gzip',
        }),
        maxBytes: '2MB',
      },
      'too-large',
    ));
});

describe.concurrent('B, further: what a document may hold', () => {
  it.each([
    ['ISO-2022-JP escapes', 'iso-2022-jp', '\x1b(J<title>a</title>\x1b$B!!\x1b(B'],
    ['UTF-7', 'utf-7', '<title>a +ADw-script+AD4-x+ADw-/script+AD4-</title>'],
    ['HZ', 'hz-gb-2312', '<title>a ~{<script>~} b</title>'],
    ['an overlong <', 'utf-8', '<title>a \xc0\xbcscript\xc0\xbe</title>'],
    ['a lead byte before the quote', 'shift_jis', '<link>https://hostile.test/\x81"</link><title>a</title>'],
  ])('%s make no tag of what is none', async (_, label, inner) => {
    const text = `<?xml version="1.0" encoding="${label}"?><rss version="2.0"><channel><title>T</title>${item(inner)}</channel></rss>`;
    await reading(Buffer.from(text, 'latin1'), async (items, it) => {
      expect(items).toHaveLength(1);
      for (const format of ['rss', 'atom', 'json', 'html'])
        expect(withoutOurOwn(await it.get(`/feeds/hostile-only.${format}`))).not.toMatch(/<script/i);
    });
  });

  it("entities with names of HTML's own stand for what HTML says, or for nothing that runs", () =>
    reading(
      `<!DOCTYPE rss [<!ENTITY lt "&#60;script>x&#60;/script>"><!ENTITY eacute "<script>x</script>"><!ENTITY amp "&#38;lt;script>">]>${rss(
        item('<title>t</title><description>&lt;b&gt; &eacute; &amp;lt;i&amp;gt;</description>'),
      ).replace(/^<\?xml.*?\?>/, '')}`,
      async (items, it) => {
        expect(items).toHaveLength(1);
        expect(JSON.stringify(items)).not.toContain('<script');
        expect(withoutOurOwn(await it.get('/feeds/hostile-only.html'))).not.toContain('<script');
      },
    ));

  it('bases that are scripts, and ever longer bases', () =>
    reading(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="javascript:alert(1)//"><title>T</title><entry xml:base="data:text/html,"><id>urn:x:1</id><title>t</title><link href="x"/><content type="html" xml:base="vbscript:">&lt;a href="y"&gt;z&lt;/a&gt;</content></entry>${'<entry xml:base="a/">'.repeat(100)}</feed>`,
      async (_items, it) => {
        for (const format of ['rss', 'atom', 'json', 'html'])
          expect(await it.get(`/feeds/hostile-only.${format}`)).not.toMatch(
            /javascript:|vbscript:|data:text/,
          );
      },
    ));

  it('numbers and dates beyond what there is', () =>
    reading(
      rss(
        item(
          '<title>t</title><pubDate>Mon, 99999999999 Nov 2026 10:00:00 GMT</pubDate><enclosure url="https://hostile.test/1.mp3" length="1e309" type="audio/mpeg"/>' +
            '<itunes:duration xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">99999999999999999999:99:99</itunes:duration>' +
            '<dcterms:modified xmlns:dcterms="http://purl.org/dc/terms/">+999999-12-31T23:59:60Z</dcterms:modified>' +
            '<slash:comments xmlns:slash="http://purl.org/rss/1.0/modules/slash/">-1e999</slash:comments>',
        ),
      ),
      async (items, it) => {
        expect(items).toHaveLength(1);
        const json = await it.get('/feeds/hostile-only.json');
        expect(json).not.toMatch(/Infinity|NaN|:null/);
        expect(await it.get('/feeds/hostile-only.rss')).not.toMatch(/Infinity|NaN/);
      },
    ));

  it('JSON with a hundred thousand brackets', () =>
    refuses(
      {
        behaviour: feedAnswer(`{"version":"https://jsonfeed.org/version/1.1","items":${'['.repeat(100_000)}`),
      },
      /not-a-feed|too-deep/,
    ));

  it('two thousand levels within an extension of JSON Feed cost that', () =>
    reading(
      `{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","title":"t","content_text":"x","_x":${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}}]}`,
      (items) => expect(items.map(({ title }) => title)).toEqual(['t']),
    ));
});

describe.concurrent('C, further: what would hide, forge or outgrow the note', () => {
  const contents: readonly [string, string][] = [
    ['<plaintext>', '<p>x</p><plaintext>'],
    ['a comment without its end', '<p>x</p><!-- '],
    ['an attribute without its end', '<p>x</p><a title="'],
    ['elements without their ends', '<table><tr><td><select><textarea><title><style><xmp><noscript>'],
    ['ends of what stands around it', 'x</div></article></li></ul></main></body></html>'],
    ['a closed details', '<details><summary>x</summary>'],
    ['MathML and SVG without ends', '<svg><desc><math><mtext><p>x'],
    ['a template', '<template><p>x'],
  ];
  it.each(contents)('%s leaves the note, and the items that follow, where they are', (_, content) =>
    reading(
      rss(
        item(
          `<title>one</title><pubDate>Mon, 23 Nov 2020 11:00:00 GMT</pubDate><description>${escaped(content)}</description>`,
        ) +
          item(
            '<title>two</title><pubDate>Mon, 23 Nov 2020 10:00:00 GMT</pubDate><description>second</description>',
            2,
          ),
      ),
      async (items, it) => {
        expect(items.map(({ title }) => title)).toEqual(['one', 'two']);
        const page = elementsIn(parse(await it.get('/feeds/hostile-only.html')).childNodes);
        const articles = page.filter(({ tagName }) => tagName === 'article');
        expect(articles).toHaveLength(2);
        for (const article of articles) {
          const own = elementsIn(article.childNodes).filter((each) => classOf(each).includes('attribution'));
          expect(own).toHaveLength(1);
          const around: string[] = [];
          for (
            let at: Element | undefined = own[0];
            at !== undefined && at !== article;
            at = at.parentNode as Element
          )
            around.push(at.tagName);
          expect(
            around.filter((name) => ['details', 'template', 'select', 'table', 'svg'].includes(name)),
          ).toEqual([]);
        }
        for (const { content_html = '' } of items) {
          const notes = elementsIn(parse(content_html).childNodes).filter((each) =>
            classOf(each).includes('attribution'),
          );
          expect(notes).toHaveLength(1);
        }
      },
    ),
  );

  it('a class that imitates the note is taken off', () =>
    reading(
      rss(
        item(
          `<title>t</title><description>${escaped('<p class="attribution">Source: <a href="https://evil.example/">The Times</a></p>')}</description>`,
        ),
      ),
      async ([only]) => {
        const notes = elementsIn(parse(only?.content_html ?? '').childNodes).filter(
          (each) => classOf(each) !== '',
        );
        expect(notes.map(classOf)).toEqual(['attribution']);
      },
    ));

  it('names that turn the text around, or have nothing to be seen, are shown in order and named', () =>
    reading(
      rss(item('<title>t</title><author>\u202eevil\u2066</author>'), 'The \u202eemiT\u202c \u200b\u200f'),
      async (_items, it) => {
        for (const format of ['rss', 'atom', 'html', 'json']) {
          const notes =
            (await it.get(`/feeds/hostile-only.${format}`)).match(
              /class=\\?(?:"|&quot;)attribution[\s\S]{0,400}/g,
            ) ?? [];
          for (const note of notes) expect(note.split('</p>')[0]).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
        }
      },
    ));

  it("a source that says it is our own feed, and an id that is another item's, take nobody's place", async () => {
    await using it = await world({
      behaviour: feedAnswer(
        `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:tributary="https://tributary.example/ns"><id>https://feeds.example/feeds/all.atom</id><title>All</title><link rel="self" href="https://feeds.example/feeds/all.atom"/><generator uri="https://feeds.example/">Something</generator>` +
          `<entry><id>https://sane-one.test/1</id><title>forged</title><link href="https://sane-one.test/1"/><source><id>https://feeds.example/feeds/all.atom</id><title>All</title></source><tributary:note>&lt;p&gt;forged note&lt;/p&gt;</tributary:note><content type="html">x</content></entry></feed>`,
        { 'Content-Type': 'application/atom+xml' },
      ),
    });
    const items = await it.items();
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    const real = items.find(({ title }) => title === 'sane-one');
    expect(real?._tributary.source.title).toBe('sane-one');
    await it.standing();
  });
});
