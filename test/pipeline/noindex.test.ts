// Search engines are asked to stay away from a feed of ours that says so, and from items whose publishers do.
import { describe, expect, it } from 'vitest';
import { buildSource } from '../core/build-item.ts';
import { childrenOf, readXml } from '../oracles/readers.ts';
import { publishOnce } from './publish-once.ts';

const ACCESS =
  'xmlns:access="http://www.bloglines.com/about/specs/fac-1.0" xmlns:indexing="urn:atom-extension:indexing"';
const rss = (channel: string, ...items: readonly string[]) =>
  `<rss version="2.0" ${ACCESS}><channel><title>S</title><link>https://a.example/</link><description>d</description>${channel}
${items.map((said, place) => `<item><guid isPermaLink="false">urn:x:${place}</guid><title>${place}</title>${said}</item>`).join('')}</channel></rss>`;
const DENY = '<access:restriction relationship="deny"/>';
const ALLOW = '<access:restriction relationship="allow"/>';

interface JsonItem {
  readonly id: string;
  readonly _tributary: { readonly access?: string; readonly indexing?: string };
}

/** Ids of the items that say no, in each format. */
async function unlisted(text: string, noindex = false) {
  const documents = await publishOnce([{ source: buildSource('a'), text }], { noindex });
  const isMarked = (item: ReturnType<typeof readXml>) =>
    item.attributes['indexing:index'] === 'no' &&
    childrenOf(item, 'access:restriction')[0]?.attributes['relationship'] === 'deny';
  const channel = childrenOf(readXml(documents.rss), 'channel')[0];
  const feed = readXml(documents.atom);
  const json = JSON.parse(documents.json);
  return {
    feed: [channel, feed]
      .map((one) => one !== undefined && isMarked(one))
      .concat(json._tributary.indexing === 'no'),
    page: documents.html.includes('<meta name="robots" content="noindex">'),
    rss: childrenOf(channel, 'item')
      .filter(isMarked)
      .map((item) => childrenOf(item, 'guid')[0]?.text),
    atom: childrenOf(feed, 'entry')
      .filter(isMarked)
      .map((entry) => childrenOf(entry, 'id')[0]?.text),
    json: json.items
      .filter(({ _tributary: ours }: JsonItem) => ours.access === 'deny' && ours.indexing === 'no')
      .map((item: JsonItem) => item.id),
  };
}

describe('what publishers ask of search engines', () => {
  it('stays with the item that asks it, but for the page, which is listed as a whole or not', async () => {
    const found = await unlisted(rss('', DENY, '', ALLOW));
    expect(found).toEqual({
      feed: [false, false, false],
      page: true,
      rss: ['urn:x:0'],
      atom: ['urn:x:0'],
      json: ['urn:x:0'],
    });
  });

  it.each([DENY, '<indexing:index>no</indexing:index>'])(
    'stays with every item of a feed that asks it, but one that says otherwise: %s',
    async (said) => {
      const found = await unlisted(rss(said, '', '', ALLOW));
      for (const format of ['rss', 'atom', 'json'] as const)
        expect(found[format].toSorted(), format).toEqual(['urn:x:0', 'urn:x:1']);
      expect(found.feed).toEqual([false, false, false]);
    },
  );
});

it('noindex marks our feed in every format and marks no item', async () => {
  expect(await unlisted(rss('', '', ''), true)).toEqual({
    feed: [true, true, true],
    page: true,
    rss: [],
    atom: [],
    json: [],
  });
});
