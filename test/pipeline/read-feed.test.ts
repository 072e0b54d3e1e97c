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

  it('resolves relative URLs against where the document came from', async () => {
    const document = '<rss version="2.0"><channel><item><link>1</link></item></channel></rss>';
    expect((await readFeed(document, { url: 'https://h.example/feeds/' })).items[0]?.permalink).toBe(
      'https://h.example/feeds/1',
    );
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
