import { describe, expect, it } from 'vitest';
import { ReadError, readFeed } from '../../src/index.ts';

const DOCUMENT = `<rss version="2.0"><channel><title>Hafen</title><item><title>Fähre</title>
<description><![CDATA[<p onclick="x()">spät<script>alert(1)</script></p>]]></description></item></channel></rss>`;

describe('readFeed', () => {
  it('reads bytes and text alike', async () => {
    const fromText = await readFeed(DOCUMENT, { sanitize: false });
    const fromBytes = await readFeed(new TextEncoder().encode(DOCUMENT), { sanitize: false });
    expect(fromBytes).toEqual(fromText);
    expect(fromText.items[0]?.title).toBe('Fähre');
  });

  it('makes HTML safe unless told not to', async () => {
    const safe = (await readFeed(DOCUMENT)).items[0]?.content?.html;
    expect(safe).toContain('spät');
    expect(safe).not.toMatch(/script|onclick/);
    const raw = (await readFeed(DOCUMENT, { sanitize: false })).items[0]?.content?.html;
    expect(raw).toBe('<p onclick="x()">spät<script>alert(1)</script></p>');
  });

  it('says what vocabularies say, under their names, and makes safe what they say is HTML', async () => {
    const document = `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>Hafen</title><sy:updatePeriod>daily</sy:updatePeriod><item><title>Fähre</title>
<media:group><media:description type="html">&lt;b onclick="x()"&gt;spät&lt;/b&gt;</media:description></media:group></item></channel></rss>`;
    const feed = await readFeed(document);
    expect(feed.syndication).toEqual({ period: 'daily', frequency: 1, intervalSeconds: 86_400 });
    expect(feed.items[0]?.media?.groups?.[0]?.description).toEqual({ text: '<b>spät</b>', isHtml: true });
    expect(feed.items[0]?.podcast).toBeUndefined();
    const raw = await readFeed(document, { sanitize: false });
    expect(raw.items[0]?.media?.groups?.[0]?.description?.text).toBe('<b onclick="x()">spät</b>');
    expect(raw.items[0]?.extensions?.[0]?.name).toBe('media:group');
  });

  it('resolves relative URLs against where the document came from', async () => {
    const document = '<rss version="2.0"><channel><item><link>1</link></item></channel></rss>';
    expect((await readFeed(document, { url: 'https://h.example/feeds/' })).items[0]?.permalink).toBe(
      'https://h.example/feeds/1',
    );
  });

  it('takes headers as fetch gives them, or as an object in any case', async () => {
    const document = '<rss version="2.0"><channel><item><link>1</link></item></channel></rss>';
    const pairs = { 'Content-Location': 'https://h.example/feeds/', 'Content-Language': 'nb' };
    for (const headers of [pairs, new Headers(pairs)]) {
      const feed = await readFeed(document, { headers });
      expect([feed.language, feed.items[0]?.permalink]).toEqual(['nb', 'https://h.example/feeds/1']);
    }
  });

  it('reads an ArrayBuffer, and says what it was given that is neither bytes nor text', async () => {
    const bytes = new TextEncoder().encode(DOCUMENT);
    expect((await readFeed(bytes.buffer)).title).toBe('Hafen');
    for (const [value, kind] of [
      [null, 'null'],
      [5, 'number'],
      [{}, 'object'],
    ] as const) {
      const error = await readFeed(value as never).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ReadError);
      expect((error as ReadError).message).toContain(kind);
    }
  });

  it('throws an error with a code for what is no feed', async () => {
    const error = await readFeed('<html></html>').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ReadError);
    expect((error as ReadError).code).toBe('not-a-feed');
  });

  it('reads the same document the same way twice', async () => {
    expect(await readFeed(DOCUMENT, { sanitize: false })).toEqual(
      await readFeed(DOCUMENT, { sanitize: false }),
    );
  });
});
