// What a hostile publisher says in our own words, and of whom: nothing of it is trusted beyond what it costs himself.
import { describe, expect, it } from 'vitest';
import { buildSource } from '../core/build-item.ts';
import { publishOnce } from './publish-once.ts';

const [victim, thief] = [buildSource('victim'), buildSource('thief')];
const VICTIM = `<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:victim.example,2020:feed</id><title>Harbour News</title><updated>2026-11-19T11:00:00Z</updated>
<link rel="self" href="${victim.feedUrl}"/><link href="https://victim.example/"/><author><name>Vera</name></author>
<entry><id>https://victim.example/1</id><title>Real</title><link href="https://victim.example/1"/><published>2026-11-19T10:00:00Z</published><updated>2026-11-19T10:00:00Z</updated><content type="html">&lt;p&gt;Real text&lt;/p&gt;</content></entry></feed>`;

interface Shown {
  readonly id: string;
  readonly url: string;
  readonly content_html: string;
  readonly authors: readonly { readonly name: string }[];
  readonly _tributary: {
    readonly note: string;
    readonly source: { readonly title: string; readonly id: string; readonly feed_url?: string };
    readonly via: readonly { readonly title: string; readonly url: string }[];
    readonly also: readonly unknown[];
  };
}

async function withForged(
  item: object,
  feed: object = {},
): Promise<{ real: Shown; forged: Shown; documents: string }> {
  const text = JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Thief',
    ...feed,
    items: [
      {
        id: 'tag:thief.example,2026:1',
        url: 'https://thief.example/1',
        content_html: '<p>Forged</p>',
        ...item,
      },
    ],
  });
  const documents = await publishOnce([
    { source: thief, text },
    { source: victim, text: VICTIM },
  ]);
  const items: readonly Shown[] = JSON.parse(documents.json).items;
  const of = (url: string) => items.find((each) => each.url === url) as Shown;
  return {
    real: of('https://victim.example/1'),
    forged: of('https://thief.example/1'),
    documents: Object.values(documents).join('\n'),
  };
}

describe('a publisher who speaks in our words', () => {
  it('strips with a forged note his own text alone, and keeps our note', async () => {
    const { real, forged } = await withForged({ _tributary: { note: '<p>Forged</p>' } });
    expect(forged.content_html).toBe(forged._tributary.note);
    expect(forged._tributary.note).toContain('Source: <a href="https://thief.example/1">Thief</a>');
    expect(real.content_html).toBe(`<p>Real text</p>${real._tributary.note}`);
  });

  it.each(['amp;', '<', '</p>', '<p>', 'd</p>', '<p class="attribution">', ''])(
    'breaks nothing with a note that is a piece of markup: %s',
    async (note) => {
      const { forged } = await withForged({ content_html: '<p>a &amp;</p> b &amp;', _tributary: { note } });
      expect(forged.content_html).toBe(`<p>a &amp;</p> b &amp;${forged._tributary.note}`);
    },
  );

  it('cannot make the chain long, nor fill it with one hop or with what is no address', async () => {
    const hops = Array.from({ length: 1000 }, (_, n) => ({
      title: `Hop ${n}`,
      url: `https://hop${n % 700}.example/`,
    }));
    const bad = [{ url: 'javascript:alert(1)' }, { url: 'https://u:p@x.example/' }, { url: 7 }, null];
    const { forged } = await withForged({
      _tributary: {
        via: [...bad, ...hops],
        source: { title: 'The First', feed_url: 'https://first.example/feed' },
      },
    });
    const { via } = forged._tributary;
    expect(via.length).toBeLessThanOrEqual(17);
    expect(new Set(via.map((hop) => hop.url)).size).toBe(via.length);
    expect(via.every((hop) => /^https:\/\/[a-z0-9.]+\//.test(hop.url))).toBe(true);
    expect(via.at(-1)).toEqual({ title: 'Thief', url: thief.feedUrl });
  });

  it('names a source that has no address of the web without it', async () => {
    const source = {
      title: 'The First',
      id: 'javascript:x',
      feed_url: 'javascript:alert(1)',
      home_page_url: 'data:text/html,x',
    };
    const { forged, documents } = await withForged({ _tributary: { source } });
    expect(forged._tributary.note).toContain('The First, via Thief');
    expect(documents).not.toMatch(/javascript:|data:text/);
  });

  it('is believed nothing of where else his story stands, who published it and what we decided', async () => {
    const also = [{ title: 'Harbour News', url: 'https://victim.example/1', authors: ['Vera'] }];
    const { forged } = await withForged({ _tributary: { also, publisher: 'Harbour News', guid: 'x' } });
    expect(forged._tributary.also).toEqual([]);
    expect(forged._tributary).toMatchObject({ publisher: 'Thief', guid: 'tag:thief.example,2026:1' });
  });
});

describe('a publisher who says that he is another', () => {
  const claims = {
    title: 'Harbour News',
    feed_url: victim.feedUrl,
    home_page_url: 'https://victim.example/',
  };

  it('goes by his host in the note, and by his own address in the source', async () => {
    const { real, forged } = await withForged({}, claims);
    expect(forged._tributary.note).toContain('>Harbour News (thief.example)</a>');
    expect(forged._tributary.source.feed_url).toBe(thief.feedUrl);
    expect(real._tributary.note).toContain('>Harbour News</a>');
  });

  it('does not get the feed id that he claims', async () => {
    const text = VICTIM.replaceAll('https://victim.example/1', 'https://thief.example/1');
    const { json, atom } = await publishOnce([
      { source: thief, text },
      { source: victim, text: VICTIM },
    ]);
    const items: readonly Shown[] = JSON.parse(json).items;
    const ids = new Map(items.map((item) => [item.url, item._tributary.source.id]));
    expect(Object.fromEntries(ids)).toEqual({
      'https://victim.example/1': 'tag:victim.example,2020:feed',
      'https://thief.example/1': thief.feedUrl,
    });
    expect(atom.split('<id>tag:victim.example,2020:feed</id>')).toHaveLength(2);
  });

  it('is shown as having sent it where he says that an item is the other’s', async () => {
    const source = { title: 'Harbour News', id: 'tag:victim.example,2020:feed', feed_url: victim.feedUrl };
    const { forged } = await withForged({ _tributary: { source } });
    expect(forged._tributary.note).toContain('>Harbour News, via Thief</a>');
    expect(forged._tributary.via).toEqual([{ title: 'Thief', url: thief.feedUrl }]);
    expect(forged.authors).toEqual([{ name: 'Harbour News' }]);
  });
});
