// What is read of a page: its links with their base, its metas, its title; hostile pages in linear time.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPage } from '../../../src/core/normalize/page.ts';

const URL_ = 'https://site.example/blog/post.html';
const alternates = (html: string, headers: Record<string, string> = {}) =>
  readPage(html, headers, URL_).alternates.map(({ url }) => url);
const LINK = '<link rel="alternate" type="application/rss+xml" href=';

describe('alternates', () => {
  it.each([
    ['a relative address', `${LINK}"feed.xml">`, ['https://site.example/blog/feed.xml']],
    [
      'without quotes, in capitals',
      '<LINK REL=Alternate TYPE=application/rss+xml HREF=/f>',
      ['https://site.example/f'],
    ],
    ['references in the address', `${LINK}"/f?a=1&amp;b=2">`, ['https://site.example/f?a=1&b=2']],
    ['a base after the link', `${LINK}"f"><base href="/x/">`, ['https://site.example/x/f']],
    ['the first base of two', `<base href="/x/"><base href="/y/">${LINK}"f">`, ['https://site.example/x/f']],
    [
      'a base without address before',
      `<base target=_top><base href="/y/">${LINK}"f">`,
      ['https://site.example/y/f'],
    ],
    ['a base that is a script', `<base href="javascript:x">${LINK}"f">`, ['https://site.example/blog/f']],
    ['a base that is data', `<base href="data:text/html,x">${LINK}"f">`, ['https://site.example/blog/f']],
    ['a base at another host', `<base href="//cdn.example/">${LINK}"f">`, ['https://cdn.example/f']],
    ['the scheme feed', `${LINK}"feed:https://site.example/f">`, ['https://site.example/f']],
    ['several relations', '<link rel="home ALTERNATE" href="/f">', ['https://site.example/f']],
    ['the relation feed', '<link rel="feed" href="/f">', ['https://site.example/f']],
    ['an address twice', `${LINK}"/f">${LINK}"/f#x">`, ['https://site.example/f']],
    ['the first of two attributes', `<link rel=alternate href="/f" href="/g">`, ['https://site.example/f']],
    ['a user in the address', `${LINK}"https://u:p@site.example/f">`, ['https://site.example/f']],
    ['a link in the body', `<body><div>${LINK}"/f"></div>`, ['https://site.example/f']],
    ['a document that ends in a tag', `${LINK}"/f"><link rel=alternate href="/g`, ['https://site.example/f']],
    ['a style sheet', '<link rel="alternate stylesheet" href="/f.css">', []],
    ['a script', `${LINK}"javascript:alert(1)">`, []],
    ['data', `${LINK}"data:application/rss+xml,x">`, []],
    ['a file', `${LINK}"file:///etc/passwd">`, []],
    ['a comment', `<!-- ${LINK}"/f"> -->`, []],
    ['a link that a script writes', `<script>document.write('${LINK}"/f">')</script>`, []],
    ['text of a textarea', `<textarea>${LINK}"/f"></textarea>`, []],
  ])('%s', (_, html, urls) => {
    expect(alternates(html)).toEqual(urls);
  });

  it('come from the header first, relative to the document whatever its base', () => {
    const header =
      '</h>; rel="alternate"; type="application/atom+xml"; title="All, of it", <https://x.example/l>; rel=license';
    const { alternates: found } = readPage(`<base href="/x/">${LINK}"f">`, { link: header }, URL_);
    expect(found).toEqual([
      { url: 'https://site.example/h', type: 'application/atom+xml', title: 'All, of it', place: 'header' },
      { url: 'https://site.example/x/f', type: 'application/rss+xml', title: undefined, place: 'link' },
    ]);
  });
});

it('reads title, canonical address and metas, the first of each', () => {
  const page = readPage(
    `<title lang=en>A &amp; B\n </title><title>C</title><link rel=canonical href="/c"><link rel=canonical href="/d">
     <meta name=Generator content="WordPress 6"><meta name=generator content=x><meta property="og:url" content=u><meta itemprop=channelId content=UC1>`,
    {},
    URL_,
  );
  expect(page).toMatchObject({ title: 'A & B', canonicalUrl: 'https://site.example/c' });
  expect([...page.metas]).toEqual([
    ['generator', 'WordPress 6'],
    ['og:url', 'u'],
    ['channelid', 'UC1'],
  ]);
});

describe('hostile pages', () => {
  const MANY = 200_000;
  it.each([
    ['nested', '<div>'.repeat(MANY)],
    ['with links without end', `${LINK}"/f`.repeat(20_000)],
    [
      'with many links',
      Array.from({ length: 20_000 }, (_, n) => `${LINK}"/f${n}"><a href="/a${n}">`).join(''),
    ],
    ['with many bases', '<base href="https://x.example/">'.repeat(50_000)],
    ['with open quotes', `<link rel="alternate" href='`.repeat(50_000)],
    ['of titles without end', '<title>'.repeat(MANY)],
    ['of angle brackets', '<'.repeat(5_000_000)],
    ['with a huge attribute', `<link rel=alternate href="${'a'.repeat(3_000_000)}">`],
    ['with many attributes', `<link ${'a=b '.repeat(MANY)} rel=alternate href=/f>`],
    ['with many metas', '<meta name=a content=b>'.repeat(MANY)],
  ])('%s are read within bounds', (_, html) => {
    const { alternates: found, anchors, metas, html: seen } = readPage(html, {}, URL_);
    expect(found.length).toBeLessThanOrEqual(100);
    expect(anchors.length).toBeLessThanOrEqual(1000);
    expect(metas.size).toBeLessThanOrEqual(200);
    expect(seen.length).toBeLessThanOrEqual(2 * 1024 * 1024);
  });

  it('give web addresses without a user, whatever they are made of', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<link rel=alternate href="',
        '">',
        '<base href="',
        '<a href=',
        '//',
        '@',
        'javascript:',
        '\\',
        '&#x3a;',
        '\t',
        'feed:',
      ),
      fc.string({ maxLength: 8 }),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const page = readPage(pieces.join(''), { link: pieces.join(' ') }, URL_);
        for (const { url } of [...page.alternates, ...page.anchors]) {
          expect(url).toMatch(/^https?:\/\/[^/]/);
          expect([new URL(url).username, new URL(url).password]).toEqual(['', '']);
        }
      }),
      { numRuns: 300 },
    );
  });
});
