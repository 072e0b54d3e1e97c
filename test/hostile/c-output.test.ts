// What a publisher may say, and what may go out of it (C, sanitizing and output), each by its number in the list of
// adversarial cases, through the whole service and read back by readers that are not ours.
import Parser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import { PAYLOADS } from '../core/sanitize/payloads.ts';
import { feedAnswer, rss, type World, type WorldOptions, world } from '../rig/world.ts';
import { dangersIn, withoutOurOwn } from './our-page.ts';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const item = (inner: string, n = 1) => `<item><guid>https://hostile.test/${n}</guid>${inner}</item>`;

async function publishing(
  items: string,
  look: (it: World) => Promise<void>,
  more: WorldOptions = {},
): Promise<void> {
  await using it = await world({ behaviour: feedAnswer(rss(items)), ...more });
  expect(it.polls()).toMatchObject([{ outcome: 'updated' }]);
  await look(it);
  await it.standing();
}

describe('C1: the payloads in every field', () => {
  it('leave no page and no content with anything dangerous in it', async () => {
    const items = PAYLOADS.map(({ html }, n) => {
      const text = escaped(html.replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, ''));
      return item(
        `<title>${text}</title><description>${text}</description><author>${text}</author><category>${text}</category>` +
          `<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">${text}</content:encoded>`,
        n,
      );
    });
    await publishing(items.slice(0, 500).join(''), async (it) => {
      const published = await it.hostileItems();
      expect(published.length).toBe(500);
      for (const { content_html = '' } of published) expect(dangersIn(content_html)).toEqual([]);
      expect(dangersIn(await it.get('/feeds/hostile-only.html'))).toEqual([]);
      expect(dangersIn(await it.get('/'))).toEqual([]);
    });
  });
});

describe.concurrent('C2: addresses that run something, or carry a password', () => {
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'feed:javascript:alert(1)',
    'http://user:hunter2@hostile.test/x',
    'https://user:hunter2@hostile.test/x',
  ])('%j is an address nowhere', (address) => {
    const url = escaped(address);
    const all =
      `<title>t</title><link>${url}</link><comments>${url}</comments><source url="${url}">S</source>` +
      `<enclosure url="${url}" type="audio/mpeg" length="1"/><author>a</author>` +
      `<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="via" href="${url}"/><a:author xmlns:a="http://www.w3.org/2005/Atom"><a:name>n</a:name><a:uri>${url}</a:uri></a:author>` +
      `<media:thumbnail xmlns:media="http://search.yahoo.com/mrss/" url="${url}"/><description>&lt;a href="${escaped(url)}"&gt;x&lt;/a&gt;</description>`;
    return publishing(`<item><guid isPermaLink="true">${url}</guid>${all}</item>`, async (it) => {
      for (const format of ['rss', 'atom', 'json', 'html']) {
        const document = withoutOurOwn(await it.get(`/feeds/hostile-only.${format}`));
        expect(document).not.toContain('hunter2');
        expect(document).not.toMatch(
          /(?:href|src|url|uri|"url"\s*:\s*)=?"\s*(?:java|data:|vbs|file:|feed:)/i,
        );
      }
      expect(await it.hostileItems()).toHaveLength(1);
    });
  });
});

describe.concurrent('C3: ends of CDATA', () => {
  it.each([1, 2, 10])('%i of them in content forge no item', (times) => {
    const forged =
      ']]></description></item><item><title>forged</title><link>https://evil.example/</link></item>'.repeat(
        times,
      );
    return publishing(
      item(`<title>t ${escaped(forged)}</title><description>${escaped(forged)}</description>`),
      async (it) => {
        const read = await new Parser().parseString(await it.get('/feeds/hostile-only.rss'));
        expect(read.items).toHaveLength(1);
        expect((await new Parser().parseString(await it.get('/feeds/hostile-only.atom'))).items).toHaveLength(
          1,
        );
        expect(await it.hostileItems()).toHaveLength(1);
      },
    );
  });

  it('at the end of a chunk neither', () =>
    publishing(
      item('<title>t</title><description><![CDATA[x]]]]><![CDATA[>y]]]]]]><![CDATA[><item>]]></description>'),
      async (it) => {
        expect(await it.hostileItems()).toHaveLength(1);
      },
    ));
});

describe.concurrent('C4, C9: texts stay texts', () => {
  it.each([
    '<b>bold</b>',
    '&amp;lt;script&amp;gt;',
    '"quoted"',
    "it's",
    'a\r\nb',
    '$1 $& {{x}} ${y} {source} [z]',
    ']]>',
    '<script>alert(1)</script>',
  ])('title, author, category and the name of the source: %j', async (text) => {
    const said = escaped(escaped(text));
    await using it = await world({
      behaviour: feedAnswer(
        rss(
          item(
            `<title>${said}</title><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">${said}</dc:creator><category>${said}</category>`,
          ),
          said,
        ),
      ),
    });
    const [only] = await it.hostileItems();
    const shown = text.replace(/\s+/g, ' ');
    const plain = (value: string | undefined) => (value ?? '').replace(/\s+/g, ' ');
    // A title that is nothing but markup has the text of it.
    expect([shown, shown.replace(/<[^>]*>/g, ''), 'alert(1)', '', '<script>']).toContain(plain(only?.title));
    const atom = await it.get('/feeds/hostile-only.atom');
    expect(atom).not.toContain('<script');
    expect(dangersIn(await it.get('/feeds/hostile-only.html'))).toEqual([]);
    expect(dangersIn(only?.content_html ?? '')).toEqual([]);
    await it.standing();
  });
});

describe.concurrent('C5: ids', () => {
  it.each([
    '42',
    'urn:x',
    'tag:',
    '',
    'x'.repeat(10_000),
    'an id with spaces',
    'javascript:alert(1)',
    '../../etc/passwd',
    '*',
    "'; DROP TABLE items; --",
    'http://',
    'urn:isbn:0451450523',
  ])('a guid %j has one absolute IRI in every format', (guid) =>
    publishing(
      `<item><guid isPermaLink="false">${escaped(guid)}</guid><title>t</title></item>`,
      async (it) => {
        const [only] = await it.hostileItems();
        expect(only?.id).toMatch(/^[a-z][a-z0-9+.-]*:[^\s"<>\\^`{|}]+$/i);
        expect(await it.get('/feeds/hostile-only.atom')).toContain(`<id>${escaped(only?.id ?? '')}</id>`);
        expect(await it.get('/feeds/hostile-only.rss')).toContain(`>${escaped(only?.id ?? '')}</guid>`);
      },
    ),
  );
});

describe('C6: one poison item among a hundred', () => {
  it('costs no other item anything', async () => {
    const poison = item(
      '<title>\0\x01]]>\ud800</title><pubDate>bad</pubDate><link>::</link><enclosure url="::"/>',
      0,
    );
    const sound = Array.from({ length: 99 }, (_, n) => item(`<title>t${n}</title>`, n + 1)).join('');
    await publishing(poison + sound, async (it) => {
      expect(await it.hostileItems()).toHaveLength(100);
      for (const format of ['rss', 'atom']) {
        expect(
          (await new Parser().parseString(await it.get(`/feeds/hostile-only.${format}`))).items,
        ).toHaveLength(100);
      }
    });
  });
});

describe('C8: relative addresses', () => {
  it('are made absolute by where the document came from', () =>
    publishing(
      item(
        '<title>t</title><link>/a</link><description>&lt;a href="b"&gt;x&lt;/a&gt; &lt;img src="//c.example/d.png"&gt;</description>',
      ),
      async (it) => {
        const [only] = await it.hostileItems();
        expect(only?.url).toBe('http://hostile.test/a');
        expect(only?.content_html).toContain('href="http://hostile.test/b"');
        expect(only?.content_html).toMatch(/src="https?:\/\/c\.example\/d\.png"/);
      },
    ));
});

describe('C10: documents without a bound', () => {
  it('60 items of 200 KB give documents of at most 5 MB, whole items only', async () => {
    const text = escaped(`<p>${'harbour news '.repeat(15_000)}</p>`);
    const items = Array.from({ length: 60 }, (_, n) =>
      item(
        `<title>t${n}</title><pubDate>Mon, 23 Nov 2020 10:00:00 GMT</pubDate><description>${text}</description>`,
        n,
      ),
    ).join('');
    await publishing(
      items,
      async (it) => {
        for (const format of ['rss', 'atom', 'json']) {
          const document = await it.get(`/feeds/hostile-only.${format}`);
          expect(document.length).toBeLessThanOrEqual(5 * 1024 * 1024);
          expect(document.length).toBeGreaterThan(1_000_000);
        }
        for (const { content_html = '' } of await it.hostileItems())
          expect(content_html.length).toBeGreaterThan(190_000);
      },
      { maxBytes: '20MB' },
    );
  });
});
