import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl } from '../../../src/core/identify/canonical-url.ts';
import { keyUrl } from '../../../src/core/identify/key-url.ts';

const STORY = 'https://news.example/2026/11/the-tide-comes-in';

describe('D7: one page under many addresses', () => {
  it.each([
    'http://news.example/2026/11/the-tide-comes-in',
    'https://www.news.example/2026/11/the-tide-comes-in',
    'HTTPS://News.Example:443/2026/11/the-tide-comes-in',
    'http://news.example:80/2026/11/the-tide-comes-in',
    'https://news.example./2026/11/the-tide-comes-in',
    'https://news.example/2026/11/the-tide-comes-in/',
    'https://news.example/2026/11/the-tide-comes-in/index.html',
    'https://news.example/2026/11/the-tide-comes-in#comments',
    'https://news.example/2026/./11/the-tide-comes-in',
    'https://news.example/2026/11/%74he%2Dtide-comes-in',
    'https://news.example/2026/11/the-tide-comes-in?',
    'https://news.example/2026/11/the-tide-comes-in?utm_source=rss&utm_medium=feed&utm_campaign=x',
    'https://news.example/2026/11/the-tide-comes-in?fbclid=IwAR0&gclid=a&mc_cid=b&mc_eid=c&msclkid=d',
    'https://news.example/2026/11/the-tide-comes-in?at_medium=RSS&at_campaign=KARANGA',
    'https://news.example/2026/11/the-tide-comes-in?xtor=RSS-1',
    'https://news.example/2026/11/the-tide-comes-in?wt_mc=rss.red.ho&WT.mc_id=y&ns_mchannel=rss&ns_source=z',
    'https://news.example/2026/11/the-tide-comes-in?partner=rss&emc=rss',
    'https://news.example/2026/11/the-tide-comes-in?source=rss----e5ce0e1cbb8e---4',
    'https://news.example/2026/11/the-tide-comes-in;jsessionid=1A2B3C4D.node1',
    'https://news.example/2026/11/the-tide-comes-in?PHPSESSID=q1w2e3r4t5',
    'https://news.example/2026/11/the-tide-comes-in?sid=0123456789abcdef0123456789abcdef',
    'https://news.example/(S(lit3py55t21z5v55vlm25s55))/2026/11/the-tide-comes-in',
    'https://news.example/2026/11/the-tide-comes-in/amp/',
    'https://news.example/2026/11/the-tide-comes-in/amp?usqp=mq331AQ',
    'https://news.example/2026/11/the-tide-comes-in?amp=1',
    'https://news.example/2026/11/the-tide-comes-in?amp',
    'https://news.example/2026/11/the-tide-comes-in?outputType=amp',
    'https://amp.news.example/2026/11/the-tide-comes-in',
    'https://m.news.example/2026/11/the-tide-comes-in',
    'https://mobile.news.example/2026/11/the-tide-comes-in',
    'https://www.m.news.example/2026/11/the-tide-comes-in',
    'https://news-example.cdn.ampproject.org/c/s/www.news.example/2026/11/the-tide-comes-in/amp/',
    'https://news-example.cdn.ampproject.org/v/s/news.example/2026/11/the-tide-comes-in?amp_js_v=0.1',
    'https://www.google.com/amp/s/amp.news.example/2026/11/the-tide-comes-in',
    'https://www.google.co.uk/amp/news.example/2026/11/the-tide-comes-in',
    'https://www.google.com/url?rct=j&sa=t&url=https%3A%2F%2Fnews.example%2F2026%2F11%2Fthe-tide-comes-in&ct=ga&usg=AOv',
    'https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2F2026%2F11%2Fthe-tide-comes-in%3Ffbclid%3Dx&h=AT0',
    'https://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fnews.example%2f2026%2f11%2fthe-tide-comes-in&c=1',
  ])('%s', (spelling) => {
    expect(canonicalUrl(spelling)).toBe(canonicalUrl(STORY));
  });

  it.each([
    ['parameters in another order', 'https://a.example/x?id=7&lang=en', 'https://a.example/x?lang=en&id=7'],
    ['a file for the folder', 'https://a.example/index.php?id=7', 'https://a.example/?id=7'],
    ['letters of other scripts', 'https://a.example/straße?q=ä', 'https://a.example/stra%c3%9fe?q=%C3%A4'],
    ['a phone’s Wikipedia', 'https://en.m.wikipedia.org/wiki/Tide', 'https://en.wikipedia.org/wiki/Tide'],
    ['an AMP file', 'https://a.example/story.amp.html', 'https://a.example/story.html'],
    ['a host in another script', 'https://müller.example/x', 'https://xn--mller-kva.example/x'],
  ])('%s', (_what, one, other) => {
    expect(canonicalUrl(one)).toBe(canonicalUrl(other));
  });
});

describe('what may be two pages stays two', () => {
  it.each([
    ['https://a.example/story?id=1', 'https://a.example/story?id=2'],
    ['https://a.example/?p=1', 'https://a.example/?p=2'],
    ['https://a.example/?p=1', 'https://a.example/'],
    ['https://a.example/list', 'https://a.example/list?page=2'],
    ['https://a.example/news?page=1', 'https://a.example/news?page=2'],
    ['https://a.example/#!/posts/1', 'https://a.example/#!/posts/2'],
    ['https://a.example/app#/posts/1', 'https://a.example/app#/posts/2'],
    ['https://a.example/Story', 'https://a.example/story'],
    ['https://a.example/story?ID=a', 'https://a.example/story?ID=A'],
    ['https://a.example/a%2Fb', 'https://a.example/a/b'],
    ['https://a.example/a%3Fb', 'https://a.example/a?b'],
    ['https://a.example/a//b', 'https://a.example/a/b'],
    ['https://a.example/?q=a%26b', 'https://a.example/?q=a&b'],
    ['https://a.example/?q=a+b', 'https://a.example/?q=a%2Bb'],
    ['https://a.example/?tag=x&tag=y', 'https://a.example/?tag=y&tag=x'],
    ['https://a.example/article.php?sid=123', 'https://a.example/article.php?sid=124'],
    ['https://slash.example/story.pl?sid=26/11/20/1234', 'https://slash.example/story.pl?sid=26/11/20/1235'],
    ['https://a.example/?s=tide', 'https://a.example/?s=ebb'],
    ['https://git.example/x/file?ref=main', 'https://git.example/x/file?ref=next'],
    ['https://a.example/view?source=archive', 'https://a.example/view?source=desk'],
    ['https://a.example/wiki/Amp', 'https://a.example/wiki/'],
    ['https://a.example/shop/guitars/amp', 'https://a.example/shop/guitars'],
    ['https://shop.example/fuses?amp=10', 'https://shop.example/fuses?amp=16'],
    ['https://m.blogspot.com/2026/11/x.html', 'https://blogspot.com/2026/11/x.html'],
    ['https://amp.tumblr.com/post/1', 'https://m.tumblr.com/post/1'],
    ['https://m.co.uk/x', 'https://co.uk/x'],
    ['https://amp.dev/x', 'https://dev/x'],
    ['https://a.example:8080/x', 'https://a.example/x'],
    ['https://en.wikipedia.org/wiki/Tide', 'https://de.wikipedia.org/wiki/Tide'],
    ['https://blog.a.example/x', 'https://a.example/x'],
    ['https://a.example/index.html?id=1', 'https://a.example/index.html?id=2'],
    ['https://a.example/story.html', 'https://a.example/story.php'],
    ['https://web.archive.org/web/2026/https://a.example/x', 'https://a.example/x'],
    ['https://proxy.example/?url=https://a.example/x', 'https://a.example/x'],
    [
      'https://www.google.com/url?url=https://a.example/1',
      'https://www.google.com/url?url=https://a.example/2',
    ],
    ['https://video.example/watch?v=abc', 'https://video.example/watch?v=abd'],
    ['https://a.example/2026/11/20/', 'https://a.example/2026/11/'],
    ['https://a.example/story-1', 'https://a.example/story-1/2'],
    ['https://m.a.example/x', 'https://n.a.example/x'],
    ['https://10.0.0.1/x', 'https://0.0.1/x'],
  ])('%s and %s', (one, other) => {
    expect(canonicalUrl(one)).not.toBe(canonicalUrl(other));
  });

  it.each(['mailto:a@a.example', 'urn:x:1', 'not a url', '', 'ftp://a.example/x'])('%j is no page', (url) => {
    expect(canonicalUrl(url)).toBeUndefined();
  });
});

const label = fc.constantFrom(
  'a',
  'www',
  'm',
  'amp',
  'mobile',
  'en',
  'co',
  'uk',
  'example',
  'org',
  'wikipedia',
  '1',
);
const segment = fc.constantFrom(
  ...[
    'x',
    'amp',
    'index.html',
    'the-tide-comes-in',
    '%2e',
    '%41',
    'a.amp.html',
    '',
    ';jsessionid=1',
    'ß',
    '.',
    '2026',
  ],
);
const pair = fc.constantFrom(
  ...[
    'id=1',
    'id=2',
    'utm_source=x',
    'amp',
    'amp=1',
    'sid=1',
    'b',
    'a=%7e',
    'url=https://b.example/',
    '%75tm_source=x',
    'p=/',
  ],
);
const webUrl = fc
  .record({
    scheme: fc.constantFrom('http', 'https'),
    host: fc.array(label, { minLength: 2, maxLength: 5 }),
    port: fc.constantFrom('', ':80', ':443', ':8080'),
    path: fc.array(segment, { maxLength: 5 }),
    query: fc.array(pair, { maxLength: 4 }),
    fragment: fc.constantFrom('', '#top', '#!/x', '#/x'),
  })
  .map(({ scheme, host, port, path, query, fragment }) => {
    const search = query.length === 0 ? '' : `?${query.join('&')}`;
    return `${scheme}://${host.join('.')}${port}/${path.join('/')}${search}${fragment}`;
  });
const RUNS = { numRuns: 500, seed: 20261126 };

it('gives its own result again', () => {
  fc.assert(
    fc.property(fc.oneof(webUrl, fc.webUrl({ withQueryParameters: true, withFragments: true })), (url) => {
      const page = canonicalUrl(url);
      if (page !== undefined) expect(canonicalUrl(`https:${page}`)).toBe(page);
    }),
    RUNS,
  );
});

it('makes of what former rules remembered what it makes of the address itself', () => {
  fc.assert(
    fc.property(webUrl, (url) => {
      const remembered = keyUrl(url);
      if (remembered !== undefined) expect(canonicalUrl(`https:${remembered}`)).toBe(canonicalUrl(url));
    }),
    RUNS,
  );
});

it('keeps apart whatever differs in a parameter that it does not know', () => {
  const value = fc.stringMatching(/^[a-z0-9]{1,12}$/);
  const name = fc.stringMatching(/^[a-z]{1,8}$/).filter((text) => !/^(?:amp|xtor|pk|usqp)$/.test(text));
  fc.assert(
    fc.property(webUrl, name, value, value, (url, key, a, b) => {
      fc.pre(
        URL.canParse(url) &&
          a !== b &&
          !/^(?:rss|atom|feed|rssfeed)$/.test(a) &&
          !/^(?:rss|atom|feed|rssfeed)$/.test(b),
      );
      const withPair = (text: string) => {
        const parsed = new URL(url.replace(/#.*/, ''));
        parsed.search = parsed.search === '' ? `${key}=${text}` : `${parsed.search}&${key}=${text}`;
        return canonicalUrl(parsed.href);
      };
      expect(withPair(a)).not.toBe(withPair(b));
    }),
    RUNS,
  );
});

it('is not held up by hostile addresses', () => {
  for (const part of [
    '/a-b-',
    '%',
    ';jsessionid=',
    '/amp',
    'www.',
    '&utm_=',
    '/(S(aaaaaaaaaaaaaaaaaaaaa',
    '/index.html',
  ]) {
    const url = `https://a.example/${part.repeat(8192 / part.length)}x`;
    for (let round = 0; round < 20; round++) expect(canonicalUrl(url)).toContain('a.example');
  }
});
