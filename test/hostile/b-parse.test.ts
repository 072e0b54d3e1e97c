// What a document may be like (B, parsing), each by its number in the list of adversarial cases, through the whole service.
// Reading alone has its own fixtures (test/fixtures/parse); bounds have theirs there.
import { describe, expect, it } from 'vitest';
import type { SiteStatus } from '../../src/model/status.ts';
import { until } from '../e2e/tributary.ts';
import type { Behaviour } from '../rig/evil-source.ts';
import { feedAnswer, type PublishedItem, rss, type World, world } from '../rig/world.ts';

const item = (inner: string, id = 'https://hostile.test/1') => `<item><guid>${id}</guid>${inner}</item>`;

async function reading(
  body: string | Uint8Array,
  look: (items: readonly PublishedItem[], it: World) => void,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  await using it = await world({ behaviour: feedAnswer(body, headers) });
  expect(it.polls()).toMatchObject([{ outcome: 'updated' }]);
  look(await it.hostileItems(), it);
  await it.standing();
}

async function refusing(behaviour: Behaviour, reason: string, text = /./): Promise<void> {
  await using it = await world({ behaviour });
  expect(it.polls()).toMatchObject([{ outcome: 'failed', reason }]);
  expect(it.polls()[0]?.message).toMatch(text);
  await it.standing();
}

const titles = (items: readonly PublishedItem[]) => items.map(({ title }) => title);

describe.concurrent('B1: entities that expand, or that lead elsewhere', () => {
  const laughs = Array.from(
    { length: 30 },
    (_, n) => `<!ENTITY l${n + 1} "&l${n};&l${n};&l${n};&l${n};">`,
  ).join('');
  it.each([
    ['billion laughs', `<!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]>`, '&l30;'],
    ['quadratic blow-up', `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(60_000)}">]>`, '&a;'.repeat(5_000)],
    ['an external file', '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '&x;'],
    ['an external address', '<!DOCTYPE rss [<!ENTITY x SYSTEM "http://hostile.test/asked">]>', '&x;'],
    ['a parameter entity', '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://hostile.test/asked"> %p;]>', 'x'],
    ['an external subset', '<!DOCTYPE rss SYSTEM "http://hostile.test/asked">', 'x'],
    ['an entity that is itself', '<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', '&a;'],
  ])('%s: the item is read, nothing grows and nobody is asked', async (_, dtd, text) => {
    const body = rss(item(`<title>t</title><description>${text}</description>`)).replace(
      '<rss',
      `${dtd}<rss`,
    );
    await reading(body, (items, it) => {
      expect(titles(items)).toEqual(['t']);
      expect(JSON.stringify(items).length).toBeLessThan(600_000);
      expect(JSON.stringify(items)).not.toContain('root:');
      expect(it.evil.requests.some(({ path }) => path === '/asked')).toBe(false);
    });
  });
});

describe.concurrent('B2: elements within elements', () => {
  const deep = (depth: number) => `${'<x>'.repeat(depth)}t${'</x>'.repeat(depth)}`;
  it.each([10_000, 100_000])('%i in an item cost the text that they are in', (depth) =>
    reading(
      rss(
        item(`<title>t</title><description>${deep(depth)}</description>`) +
          item('<title>u</title>', 'https://hostile.test/2'),
      ),
      (items) => expect(titles(items)).toEqual(expect.arrayContaining(['t', 'u'])),
    ),
  );

  it('100,000 in the channel are no feed', () =>
    refusing(feedAnswer(rss(deep(100_000) + item('<title>t</title>'))), 'too-deep', /nest/));
});

describe.concurrent('B3: repetitions that make parsers slow', () => {
  it.each([
    ['<', 200_000],
    ['&lt;', 60_000],
    ['<a ', 60_000],
    ['<!--', 60_000],
    ['<p><b><i>', 28_000],
    ['<![CDATA[', 25_000],
    ['&', 200_000],
    ['</x>', 50_000],
    ['" \'', 60_000],
  ])('%j, %i times', (piece, times) =>
    reading(
      rss(
        item(
          `<title>t</title><description><![CDATA[${piece.replace(']]>', '').repeat(times)}]]></description>`,
        ),
      ),
      (items) => expect(titles(items)).toEqual(['t']),
    ),
  );
});

describe.concurrent('B4: names that objects have', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];
  it.each(names)('%s as element, attribute, prefix, category and guid', (name) =>
    reading(
      rss(
        `<item ${name}="x"><guid isPermaLink="false">${name}</guid><title>t</title><category>${name}</category>` +
          `<${name}>x</${name}><${name}:${name} xmlns:${name}="${name}">x</${name}:${name}></item>`,
      ),
      (items) => {
        expect(titles(items)).toEqual(['t']);
        expect(items[0]?.tags).toEqual([name]);
        expect(({} as Record<string, unknown>)['x']).toBeUndefined();
      },
    ),
  );
});

describe.concurrent('B5, B6: what XML has no word for', () => {
  it('undeclared entities, bare ampersands and tags in titles', () =>
    reading(
      rss(item('<title>Caf&eacute;&nbsp;&amp; bar & grill<br> &bogus; &#0; &#xD800; &#x110000;</title>')),
      (items, it) => {
        expect(items[0]?.title).toMatch(/^Café & bar & grill &bogus;/);
        expect(it.polls()[0]?.notes).toContain('repaired');
      },
    ));

  it('control characters, non-characters and halves of pairs', () =>
    reading(rss(item('<title>a\0b\x01c\x1f\ufffed\uffff</title>')), (items) =>
      expect(items[0]?.title).toBe('abcd'),
    ));
});

describe.concurrent('B7: bytes that are not what they say', () => {
  const text = (encoding: string) =>
    `<?xml version="1.0" encoding="${encoding}"?>${rss(item('<title>Grüße</title>')).replace('<?xml version="1.0"?>', '')}`;
  it.each<[string, Uint8Array, string | undefined]>([
    ['UTF-16LE with a mark', Buffer.from(`\ufeff${text('utf-16')}`, 'utf16le'), undefined],
    ['UTF-16BE with a mark', Buffer.from(`\ufeff${text('utf-16')}`, 'utf16le').swap16(), undefined],
    ['ISO-8859-1 by prolog', Buffer.from(text('iso-8859-1'), 'latin1'), undefined],
    ['ISO-8859-1 by header', Buffer.from(text('utf-8'), 'latin1'), 'application/rss+xml; charset=iso-8859-1'],
    ['a bogus name', Buffer.from(text('x-bogus')), undefined],
    ['utf-7 by name, UTF-8 in fact', Buffer.from(text('utf-7')), undefined],
    ['us-ascii by header, UTF-8 in fact', Buffer.from(text('utf-8')), 'text/xml; charset=us-ascii'],
    [
      'a mark that outdoes the header',
      Buffer.from(`\ufeff${text('utf-8')}`),
      'application/rss+xml; charset=windows-1251',
    ],
  ])('%s', (_, body, type) =>
    reading(
      body,
      (items) => expect(titles(items)).toEqual(['Grüße']),
      type === undefined ? {} : { 'Content-Type': type },
    ),
  );
});

describe.concurrent('B8: what is no feed', () => {
  const page =
    '<!doctype html><html><head><title>Log in</title></head><body><form>secret words</form></body></html>';
  it.each<[string, string | Uint8Array, string]>([
    ['an HTML page', page, 'not-a-feed'],
    [
      'XHTML',
      `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>secret words</body></html>`,
      'not-a-feed',
    ],
    ['nothing', '', 'empty-body'],
    ['white space', ' \n\t ', 'empty-body'],
    ['JSON', '{"error":"secret words"}', 'not-a-feed'],
    ['a JSON list', '[1,2]', 'not-a-feed'],
    ['PDF', '%PDF-1.7\n%\xe2\xe3', 'not-a-feed'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'not-a-feed'],
    ['plain text', 'secret words', 'not-a-feed'],
    [
      'a sitemap',
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>x</loc></url></urlset>',
      'not-a-feed',
    ],
  ])('%s: refused by name, and none of its text is in the log', async (_, body, reason) => {
    await using it = await world({ behaviour: feedAnswer(body) });
    expect(it.polls()).toMatchObject([{ outcome: 'failed', reason }]);
    expect(JSON.stringify(it.log())).not.toContain('secret words');
    if (body === page) expect(it.polls()[0]?.message).toMatch(/looks like HTML|HTML page/i);
    await it.standing();
  });
});

describe.concurrent('B9: a feed that is empty all at once', () => {
  it('is a poll like any other, and what is known stays published', async () => {
    const full = Array.from({ length: 50 }, (_, n) =>
      item(`<title>t${n}</title>`, `https://hostile.test/${n}`),
    );
    let polls = 0;
    await using it = await world({
      every: '1s',
      behaviour: (socket, request) => {
        polls += 1;
        feedAnswer(rss(polls === 1 ? full.join('') : ''))(socket, request);
      },
    });
    await until(() => it.polls().length >= 3, 'two empty polls');
    const statusOf = async () =>
      (JSON.parse(await it.get('/status.json')) as SiteStatus).sources.find(({ id }) => id === 'hostile');
    expect(it.polls()[1]).toMatchObject({ outcome: 'unchanged', items: 0 });
    expect(await it.hostileItems()).toHaveLength(50);
    await until(() => it.polls().length >= 4, 'three empty polls');
    await until(async () => (await statusOf())?.health === 'attention', 'the alarm');
    expect(await statusOf()).toMatchObject({ items: 50, notices: [{ code: 'empty' }] });
    expect(await it.get('/status')).toContain('has had no items at the last');
    await it.standing();
  });
});

describe.concurrent('B10, B11: more than there can be', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => item(`<title>t${n}</title>`, `https://hostile.test/${n}`)).join(
      '',
    );

  it('100,000 items: the first 500 are read, the rest is told', () =>
    reading(rss(many(100_000)), (items, it) => {
      expect(items).toHaveLength(500);
      expect(it.polls()[0]?.notes).toContain('truncated-items');
    }));

  it('a title of a megabyte, attributes, categories, enclosures and authors without number', () =>
    reading(
      rss(
        `<item ${Array.from({ length: 20_000 }, (_, n) => `a${n}="x"`).join(' ')}><guid>https://hostile.test/1</guid>` +
          `<title>${'🎈'.repeat(250_000)}</title>` +
          Array.from(
            { length: 2_000 },
            (_, n) => `<enclosure url="https://hostile.test/${n}.mp3" type="audio/mpeg"/>`,
          ).join('') +
          Array.from({ length: 1_000 }, (_, n) => `<author>a${n}@hostile.test (A ${n})</author>`).join('') +
          Array.from({ length: 20_000 }, (_, n) => `<category>c${n}</category>`).join('') +
          '</item>',
      ),
      ([only]) => {
        expect(only?.title?.length).toBeLessThanOrEqual(1025);
        expect(only?.title).toMatch(/^(?:🎈)+…$/u);
        expect(only?.tags?.length ?? 0).toBeLessThanOrEqual(100);
        expect(only?.attachments?.length ?? 0).toBeLessThanOrEqual(100);
        expect(only?.authors?.length ?? 0).toBeLessThanOrEqual(100);
      },
    ));
});

describe.concurrent('B12: dates', () => {
  it.each([
    'garbage',
    '',
    '1970',
    '9999-12-31T23:59:59Z',
    '-000001-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    'Mon, 23 Nov 2026 10:61:00 GMT',
    '31/31/2026',
    '2099-01-01',
    '99999999999999999999',
  ])('%j: the item has a date that is not after now', (date) =>
    reading(rss(item(`<title>t</title><pubDate>${date}</pubDate>`)), ([only]) => {
      const published = Date.parse(only?.date_published ?? '');
      expect(published).toBeLessThanOrEqual(Date.now());
      expect(published).toBeGreaterThan(0);
    }),
  );
});

describe.concurrent('B13: formats and namespaces', () => {
  it.each([
    [
      '<atom:feed>',
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>T</a:title><a:entry><a:id>urn:x:1</a:id><a:title>t</a:title></a:entry></a:feed>',
    ],
    ['<rss> without version', '<rss><channel><item><title>t</title></item></channel></rss>'],
    ['<RSS>', '<RSS VERSION="2.0"><CHANNEL><ITEM><TITLE>t</TITLE></ITEM></CHANNEL></RSS>'],
    [
      'a misspelt namespace',
      '<feed xmlns="http://www.w3.org/2005/Atom/"><entry><id>urn:x:1</id><title>t</title></entry></feed>',
    ],
    [
      'JSON Feed',
      '{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","title":"t","content_text":"x"}]}',
    ],
    [
      'RSS 1.0',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"/><item rdf:about="https://hostile.test/1"><title>t</title></item></rdf:RDF>',
    ],
  ])('%s is read', (_, body) => reading(body, (items) => expect(titles(items)).toEqual(['t'])));
});
