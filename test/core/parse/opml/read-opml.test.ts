import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPML_LIMITS, readOpml } from '../../../../src/core/parse/opml/read-opml.ts';

const read = (body: string, limits = OPML_LIMITS) =>
  readOpml(`<opml version="2.0"><body>${body}</body></opml>`, limits);
const named = (body: string) =>
  read(body)?.sources.map(({ address, title, categories }) => [address, title, ...categories]);

describe('OPML', () => {
  it('has its title, and of each feed what its keeper calls it, its page and its groups', () => {
    const list = readOpml(`<?xml version="1.0" encoding="UTF-8"?>
      <opml version="2.0"><head><title>Tom &amp; Ann</title></head><body>
        <outline text="News"><outline text="Local">
          <outline type="rss" text="Harbour" title="Harbour News" xmlUrl="https://h.example/feed" htmlUrl="https://h.example/" category="/City/Sea,boats"/>
        </outline></outline>
        <outline text="Alone" type="atom" xmlUrl="https://a.example/feed"></outline>
      </body></opml>`);
    expect(list).toEqual({
      title: 'Tom & Ann',
      includes: [],
      dropped: 0,
      sources: [
        {
          address: 'https://h.example/feed',
          title: 'Harbour',
          siteUrl: 'https://h.example/',
          categories: ['News', 'Local', 'City', 'Sea', 'boats'],
        },
        { address: 'https://a.example/feed', title: 'Alone', siteUrl: undefined, categories: [] },
      ],
    });
  });

  it.each([
    ['xmlurl in any case', '<outline TEXT="A" XMLURL="http://a.example/f"/>'],
    [
      'url in place of xmlUrl, as version 1.0 has it',
      '<outline text="A" type="rss" url="http://a.example/f"/>',
    ],
    ['no type at all', '<outline text="A" url="http://a.example/f"/>'],
    ['the title alone', '<outline title="A" type="rss" xmlUrl="http://a.example/f"/>'],
    ['feed: for http', '<outline text="A" xmlUrl="feed://a.example/f"/>'],
    ['white space in the address', '<outline text="A" xmlUrl=" http://a.example/\n f "/>'],
    ['no quotes', '<outline text=A xmlUrl=http://a.example/f>'],
    ['a quote lost', '<outline text="A xmlUrl="http://a.example/f"/>'],
    ['a prefix', '<x:outline text="A" xmlUrl="http://a.example/f"/>'],
    ['a tag cut off by the end', '<outline text="A" xmlUrl="http://a.example/f"'],
  ])('is read with %s', (_, body) => {
    expect(named(body)).toEqual([['http://a.example/f', 'A']]);
  });

  it('is read with a bare &, entities of HTML and of its own, and < in a value', () => {
    const text = `<!DOCTYPE opml [<!ENTITY me "Ann">]><opml><body>
      <outline text="&me; &eacute; &lt;b&gt; a < b" xmlUrl="http://a.example/?x=1&y=2&amp;z=3"/></body></opml>`;
    expect(readOpml(text)?.sources).toMatchObject([
      { address: 'http://a.example/?x=1&y=2&z=3', title: 'Ann é <b> a < b' },
    ]);
  });

  it('keeps groups where feeds are closed, and survives tags that are not', () => {
    const closed =
      '<outline text="G"><outline text="A" xmlUrl="http://a/"></outline></outline><outline text="B" xmlUrl="http://b/"/>';
    expect(named(closed)).toEqual([
      ['http://a/', 'A', 'G'],
      ['http://b/', 'B'],
    ]);
    const open =
      '<outline text="G"><outline text="A" xmlUrl="http://a/"><outline text="B" xmlUrl="http://b/"></outline><outline text="C" xmlUrl="http://c/">';
    expect(named(open)).toEqual([
      ['http://a/', 'A', 'G'],
      ['http://b/', 'B', 'G'],
      ['http://c/', 'C'],
    ]);
  });

  it('leaves out comments with all that is in them, and links that are no feeds', () => {
    const body = `<outline text="Off" isComment="true"><outline text="A" xmlUrl="http://a/"/></outline>
      <!-- <outline text="B" xmlUrl="http://b/"/> --><outline text="C" type="link" url="http://c/"/>
      <outline text="D" xmlUrl="http://d/"/>`;
    expect(named(body)).toEqual([['http://d/', 'D']]);
  });

  it('takes an address once, with the groups of each place', () => {
    const body = `<outline text="X"><outline text="A" xmlUrl="http://a.example/f"/></outline>
      <outline text="Y"><outline text="Again" xmlUrl="HTTP://A.example/f"/></outline>`;
    expect(named(body)).toEqual([['http://a.example/f', 'A', 'X', 'Y']]);
  });

  it('names the lists that it includes', () => {
    expect(read('<outline text="More" type="include" url="http://m.example/more.opml"/>')?.includes).toEqual([
      'http://m.example/more.opml',
    ]);
  });

  it('is bounded, and counts what is beyond', () => {
    const body = Array.from({ length: 5 }, (_, n) => `<outline text="${n}" xmlUrl="http://a/${n}"/>`).join(
      '',
    );
    const list = read(body, { ...OPML_LIMITS, sourcesMax: 3 });
    expect([list?.sources.length, list?.dropped]).toEqual([3, 2]);
    expect(read(`<outline text="A" xmlUrl="http://a/${'x'.repeat(5000)}"/>`)).toMatchObject({
      sources: [],
      dropped: 1,
    });
  });

  it.each(['', 'hello', '<html><body>hi</body></html>', '{"a": 1}'])('is not %j', (text) => {
    expect(readOpml(text)).toBeUndefined();
  });

  it('costs time in proportion to its length, whatever is in it', () => {
    const steps = (text: string) => {
      const startMs = performance.now();
      readOpml(`<opml>${text}`);
      return performance.now() - startMs;
    };
    for (const piece of [
      '<outline a="',
      '<!--<outline ',
      '<![CDATA[<outline ',
      "<outline a='b ",
      '<outline x="<outline y=',
    ])
      expect(steps(piece.repeat(40_000))).toBeLessThan(10_000);
  });

  it('never throws', () => {
    const word = fc.constantFrom(
      '<opml>',
      '<outline',
      ' text=',
      ' xmlUrl=',
      '"',
      "'",
      '>',
      '/>',
      '</outline>',
      '<!--',
      '-->',
      '&amp;',
      '&',
      '<![CDATA[',
      'http://a/',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 60 }), (words) => {
        const list = readOpml(`<opml>${words.join('')}`);
        expect(list?.sources.every(({ address }) => address !== '')).toBe(true);
      }),
    );
  });
});
