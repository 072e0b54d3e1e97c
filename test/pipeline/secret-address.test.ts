// A source whose address is a secret, and whose feed repeats it wherever a feed has room for an address or a text.
import { describe, expect, it } from 'vitest';
import { buildSource } from '../core/build-item.ts';
import { publishOnce } from './publish-once.ts';

const TOKEN = 'k3y-of-the-members';
const PASSWORD = 'pa55word';
const ADDRESS = `https://reader:${PASSWORD}@a.example/feed?x=1&key=${TOKEN}`;
const BARE = `https://a.example/feed?x=1&key=${TOKEN}`;
const IN_XML = BARE.replaceAll('&', '&amp;');
const IN_HTML = IN_XML.replaceAll('&', '&amp;');
const secret = buildSource('a', { feedUrl: ADDRESS, feedUrlIsSecret: true });

/** The address in every element that takes one, and in every text. */
const REPEATING = `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Members ${IN_XML}</title><link>${IN_XML}</link><description>d</description><atom:link rel="self" href="${IN_XML}"/><atom:id>tag:a.example,2020:${TOKEN}</atom:id>
<copyright>© ${IN_XML}</copyright><image><url>${IN_XML}</url></image><atom:author><atom:name>Desk ${TOKEN}</atom:name><atom:uri>${IN_XML}</atom:uri></atom:author>
<item><title>One ${IN_XML}</title><link>${IN_XML}&amp;p=1</link><guid isPermaLink="false">tag:a.example,2026:${TOKEN}/1</guid>
<description>&lt;p&gt;Text ${IN_HTML} and ${TOKEN} &lt;a href="${IN_HTML}"&gt;feed&lt;/a&gt; &lt;img src="https://a.example/1.png?key=${TOKEN}" alt="${TOKEN}"&gt;&lt;/p&gt;</description>
<atom:author><atom:name>Mara ${TOKEN}</atom:name><atom:uri>${IN_XML}</atom:uri></atom:author><dc:rights>© ${IN_XML}</dc:rights><category domain="${IN_XML}">${TOKEN}</category>
<enclosure url="https://a.example/1.mp3?key=${TOKEN}" type="audio/mpeg" length="1"/><comments>${IN_XML}</comments><atom:link rel="via" href="${IN_XML}" title="${TOKEN}"/>
<atom:link rel="related" href="https://a.example/r" title="${TOKEN}"/><media:thumbnail url="${IN_XML}"/><source url="${IN_XML}">From ${TOKEN}</source></item>
<item><title>${IN_XML}</title><link>https://b.example/shared</link><guid>${IN_XML}</guid><description>see reader:${PASSWORD}@a.example</description></item>
</channel></rss>`;

const OPEN = `<rss version="2.0"><channel><title>B</title><link>https://b.example/</link><description>d</description>
<item><title>Shared</title><link>https://b.example/shared</link><guid>https://b.example/shared</guid><description>Text</description></item></channel></rss>`;

describe('a secret address', () => {
  it.each([
    ['alone', false],
    ['beside an open source with the same story', true],
  ])('is in no document, whatever its feed repeats: %s', async (_, isShared) => {
    const open = { source: buildSource('b'), text: OPEN };
    const documents = await publishOnce([...(isShared ? [open] : []), { source: secret, text: REPEATING }]);
    for (const [format, text] of Object.entries(documents)) {
      expect(text, format).not.toContain(TOKEN);
      expect(text, format).not.toContain(PASSWORD);
    }
    const { items } = JSON.parse(documents.json);
    expect(items).toHaveLength(2);
    const contents = items.map((item: { content_html: string }) => item.content_html).join('\n');
    expect(contents).toContain('<p>Text https://… and … <a rel="noopener nofollow">feed</a>');
  });

  it('leaves the words of texts alone', async () => {
    const source = buildSource('a', {
      feedUrl: 'https://a.example/rss/members/feed?format=full&key=words',
      feedUrlIsSecret: true,
    });
    const { json } = await publishOnce([{ source, text: OPEN.replace('Text', 'members full of words') }]);
    expect(JSON.parse(json).items[0].content_html).toContain('members full of words');
  });
});

describe('a value from the environment within an address', () => {
  const KEY = 'q7x2z';
  const source = buildSource('a', {
    feedUrl: `https://a.example/u/${KEY}/rss`,
    feedUrlIsSecret: true,
    secrets: [KEY],
  });
  const [mine, encoded] = [`https://a.example/u/${KEY}/1`, 'https://a.example/u/%71%37%78%32%7a/1'];
  const text = `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:x="https://x.example/ns">
<channel><title>Feed of ${KEY}</title><link>https://a.example/u/${KEY}</link><description>d</description><generator>g ${KEY}</generator><copyright>© ${KEY}</copyright>
<item><title>One</title><link>${mine}</link><guid>${mine}</guid><description>&lt;p&gt;&lt;a href="${encoded}"&gt;here&lt;/a&gt; q7&lt;b&gt;x2z&lt;/b&gt; ${encoded} &lt;img src="${mine}.png" srcset="${encoded} 2x"&gt;&lt;/p&gt;</description>
<comments>${encoded}</comments><enclosure url="${mine}.mp3" type="audio/mpeg" length="1"/><media:content url="${encoded}.jpg" type="image/jpeg"><media:description>of ${KEY}</media:description></media:content>
<media:thumbnail url="${encoded}"/><itunes:image href="${mine}"/><x:y z="${mine}">${KEY}</x:y><category>${KEY}</category><dc:creator>${KEY}</dc:creator><dc:rights>© ${KEY}</dc:rights>
<atom:link rel="license" href="${mine}"/><atom:link rel="related" href="${encoded}"/><atom:link rel="via" href="${mine}" title="${KEY}"/><source url="${mine}">S ${KEY}</source></item>
<item><title>Two</title><link>https://a.example/open/2</link><guid isPermaLink="false">${KEY}:2</guid><description>Open</description></item></channel></rss>`;

  it('is in no format and on no page, though it is five characters long', async () => {
    const documents = await publishOnce([{ source, text }]);
    for (const [format, document] of Object.entries(documents)) {
      expect(document, format).not.toContain(KEY);
      expect(document, format).not.toMatch(/%71|%7a/i);
      expect(document, format).toContain(format === 'credits' ? 'Feed of …' : 'https://a.example/open/2');
    }
    const titles = JSON.parse(documents.json).items.map((item: { title: string }) => item.title);
    expect(titles.toSorted()).toEqual(['One', 'Two']);
  });
});

describe('userinfo of other addresses', () => {
  it('goes, or the address with it', async () => {
    const text = OPEN.replace(
      '<title>Shared',
      '<author><name>Mara</name><uri>https://u:topsecret@b.example/</uri></author><category domain="https://u:topsecret@b.example/">c</category><enclosure url="https://u:topsecret@b.example/1.mp3" type="audio/mpeg" length="1"/><title>Shared',
    );
    const documents = await publishOnce([{ source: buildSource('b'), text }]);
    for (const document of Object.values(documents)) expect(document).not.toContain('topsecret');
    expect(JSON.parse(documents.json).items[0].authors[0].name).toBe('Mara');
  });
});
