// Elements of other vocabularies: carried where they are harmless, left out whole where not, never taken for ours.
import { describe, expect, it } from 'vitest';
import { type CarriedElement, carriedElements } from '../../../src/core/render/carried-elements.ts';
import { MergedFeedDocument } from '../../../src/core/render/merged-feed-document.ts';
import type { ExtensionElement } from '../../../src/model/extension.ts';
import * as ns from '../../../src/model/namespaces.ts';
import { childrenOf, readXml, textsOf } from '../../oracles/readers.ts';
import { BARE, EPISODE, editionOf, FULL } from './sample-editions.ts';
import { extension } from './sample-extensions.ts';

const TIDES = 'https://harbour.example/ns/tides';
const namesOf = (elements: readonly CarriedElement[]): readonly string[] =>
  elements.map(({ prefix, local }) => `${prefix}:${local}`);
const carriedNames = (...elements: readonly ExtensionElement[]) => namesOf(carriedElements(elements));

describe('what is carried', () => {
  it('keeps the usual prefix of a known vocabulary, however its namespace is spelt and its prefix named', () => {
    expect(
      carriedNames(
        extension('x:episode', 'http://www.itunes.com/DTDs/PodCast-1.0.dtd', {}, '1'),
        extension('m:rating', 'http://search.yahoo.com/mrss', {}, 'adult'),
      ),
    ).toEqual(['itunes:episode', 'media:rating']);
  });

  it('keeps the own prefix of an unknown one, unless readers know another vocabulary by it', () => {
    expect(carriedNames(extension('tide:high', TIDES, {}, '1'))).toEqual(['tide:high']);
    for (const taken of [
      'dc',
      'DC',
      'itunes',
      'atom',
      'author',
      'published',
      'xmlns',
      'xml',
      'xmlfoo',
      '',
      'a b',
      'ns1:x',
    ])
      expect(carriedNames(extension(`${taken}:creator`, TIDES, {}, 'Forged'))).not.toContain(
        `${taken}:creator`,
      );
  });

  it('gives two namespaces of one prefix two prefixes, the same each time', () => {
    const two = [extension('tide:high', TIDES, {}, '1'), extension('tide:low', `${TIDES}/2`, {}, '0')];
    expect(carriedNames(...two)).toEqual(['tide:high', 'ns1:low']);
    expect(carriedNames(...two)).toEqual(carriedNames(...two));
  });

  it('has no element that a browser runs, that readers take for the format or that speaks for us', () => {
    for (const namespace of [
      ns.XHTML_NS,
      ` ${ns.XHTML_NS.toUpperCase()}`,
      'http://www.w3.org/2000/svg',
      'http://www.w3.org/1998/Math/MathML',
      'http://www.w3.org/1999/XSL/Transform',
      'http://www.w3.org/2001/XInclude',
      'http://www.mozilla.org/keymaster/gatekeeper/there.is.only.xul',
      ns.ATOM_NS,
      ns.RSS_1_NS,
      'http://backend.userland.com/rss2',
      'http://my.netscape.com/rdf/simple/0.9/',
      'http://purl.org/atom/ns#',
      ns.CONTENT_NS,
      ns.TRIBUTARY_NS,
      ns.AT_NS,
      ns.FH_NS,
      ns.SY_NS,
      ns.RSL_NS,
      '',
      'urn:a"b',
      `urn:${'a'.repeat(300)}`,
    ])
      expect(carriedNames(extension('x:script', namespace, {}, 'alert(1)')), namespace).toEqual([]);
  });

  it('has no credit or date beside what the writers say of the item', () => {
    expect(
      carriedNames(
        extension('dc:creator', ns.DC_NS, {}, 'Forged'),
        extension('dc:rights', ns.DC_NS, {}, 'Forged'),
        extension('dcterms:modified', ns.DCTERMS_NS, {}, '2001-01-01'),
        extension('itunes:author', ns.ITUNES_NS, {}, 'Forged'),
        extension('itunes:new-feed-url', ns.ITUNES_NS, {}, 'https://evil.example/'),
      ),
    ).toEqual([]);
  });

  it.each([
    ['url', 'javascript:alert(1)'],
    ['url', ' java\tscript:alert(1)'],
    ['href', 'JaVaScRiPt:alert(1)'],
    ['url', 'data:text/html,<script>'],
    ['url', '/relative'],
    ['url', '//evil.example/'],
    ['href', 'https://user:secret@evil.example/'],
    ['other', 'javascript:alert(1)'],
    ['other', '\u0001javascript:alert(1)'],
    ['other', 'https://user:secret@evil.example/'],
  ])('has no element with an address in it that readers must not follow: %s=%j', (name, value) => {
    expect(carriedNames(extension('podcast:transcript', ns.PODCAST_NS, { [name]: value }))).toEqual([]);
    expect(
      carriedNames(
        extension('podcast:guid', ns.PODCAST_NS, {}, value.startsWith('/') ? 'javascript:' : value),
      ),
    ).toEqual([]);
  });

  it('has attributes without a namespace, of the element’s own, and of XML the language alone', () => {
    const [element] = carriedElements([
      extension(
        't:high',
        TIDES,
        {
          plain: '1',
          't:own': '2',
          'other:x': '3',
          'xml:lang': 'de',
          'xml:base': 'https://evil.example/',
          xmlns: 'urn:evil',
          'xmlns:dc': 'urn:evil',
          'a b': '4',
          'rdf:resource': 'https://harbour.example/',
        },
        'x',
      ),
    ]);
    expect(element?.attributes).toEqual([
      ['plain', '1'],
      ['t:own', '2'],
      ['xml:lang', 'de'],
      ['rdf:resource', 'https://harbour.example/'],
    ]);
  });

  it('is nothing that a reader stops at: chapters without a start, positions that are nobody’s place', () => {
    const chapters = (attributes: Record<string, string>) =>
      extension('psc:chapters', ns.PSC_NS, {}, [extension('psc:chapter', ns.PSC_NS, attributes)]);
    const [bare, whole] = carriedElements([
      chapters({ title: 'Tide' }),
      chapters({ start: '0', title: 'Tide' }),
    ]);
    expect(bare?.children).toEqual([]);
    expect(namesOf(whole?.children ?? [])).toEqual(['psc:chapter']);
    const position = extension('gml:Point', ns.GML_NS, {}, [extension('gml:pos', ns.GML_NS, {}, '1 2')]);
    expect(carriedNames(position, extension('gml:pos', ns.GML_NS, {}, '1 2'))).toEqual([]);
    const [place] = carriedElements([extension('georss:where', ns.GEORSS_NS, {}, [position]), position]);
    expect(place?.children.map(({ children }) => namesOf(children))).toEqual([['gml:pos']]);
  });

  it('is bounded in number, depth, length and size', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => extension('tide:high', TIDES, {}, `${n}`));
    expect(carriedElements(many)).toHaveLength(200);
    let deep = extension('tide:high', TIDES, {}, 'x');
    for (let n = 0; n < 5000; n++) deep = extension('tide:high', TIDES, {}, [deep]);
    let depth = 0;
    for (
      let at: CarriedElement | undefined = carriedElements([deep])[0];
      at !== undefined;
      at = at.children[0]
    )
      depth++;
    expect(depth).toBe(8);
    expect(carriedNames(extension('tide:high', TIDES, {}, 'x'.repeat(10_001)))).toEqual([]);
    expect(
      carriedElements(Array.from({ length: 100 }, () => extension('tide:x', TIDES, {}, 'x'.repeat(9000)))),
    ).toHaveLength(7);
  });

  it('is no item, feed or id by its local name', () => {
    for (const local of ['item', 'entry', 'channel', 'feed', 'guid', 'Item', 'a:item', '', '1', 'a b', 'é'])
      expect(carriedNames(extension(`x:${local}`, TIDES, {}, 'x'))).toEqual([]);
  });
});

describe('documents with carried elements', () => {
  const document = new MergedFeedDocument(editionOf(FULL, EPISODE, BARE));
  const rss = document.rss2();
  const [, episode] = childrenOf(childrenOf(readXml(rss), 'channel')[0], 'item');

  it('declare known vocabularies once, at their root, and others where they stand', () => {
    for (const text of [rss, document.atom1()]) {
      for (const prefix of ['podcast', 'psc', 'slash', 'wfw', 'thr', 'georss'])
        expect(text.split(`xmlns:${prefix}=`), prefix).toHaveLength(2);
      expect(text).toContain(`<tide:table xmlns:tide="${TIDES}" unit="m" tide:datum="NN">`);
      expect(text).toContain(
        '<wind:speed xmlns:wind="https://harbour.example/ns/wind">4 &lt; 5 bft</wind:speed>',
      );
    }
  });

  it('declare no vocabulary that no item uses', () => {
    expect(new MergedFeedDocument(editionOf(BARE)).rss2()).not.toMatch(/xmlns:(?:podcast|psc|slash)/);
  });

  it('say nothing twice', () => {
    expect(textsOf(episode, 'itunes:duration')).toEqual(['62']);
    expect(childrenOf(episode, 'itunes:image')).toHaveLength(1);
    const [article] = childrenOf(childrenOf(readXml(rss), 'channel')[0], 'item');
    expect(childrenOf(article, 'media:content').map((one) => one.attributes['url'])).toEqual([
      'https://harbour.example/a.bin',
    ]);
  });

  it('are an object for each vocabulary in JSON Feed', () => {
    const [article, second] = JSON.parse(document.json1()).items;
    expect(second._itunes).toMatchObject({
      about: ns.ITUNES_NS,
      episode: '7',
      season: '2',
      image: { href: 'https://harbour.example/episode-7.jpg' },
    });
    expect(second._podcast.transcript).toHaveLength(2);
    expect(second._podcast.person).toEqual({
      role: 'guest',
      href: 'https://harbour.example/ola',
      img: 'https://harbour.example/ola.jpg',
      text: 'Ola Quay',
    });
    expect(second._podcast.alternateEnclosure.source).toHaveLength(2);
    expect(article._tide).toEqual({
      about: TIDES,
      table: {
        unit: 'm',
        'tide:datum': 'NN',
        high: { at: '2026-11-19T10:00:00Z', text: '1.2' },
        'wind:speed': '4 < 5 bft',
      },
    });
  });

  it('keep names of prototypes as plain members', () => {
    const item = {
      ...BARE,
      extensions: [extension('tide:__proto__', TIDES, { constructor: 'a', __defineGetter__: 'b' }, 'x')],
    };
    const json = new MergedFeedDocument(editionOf(item)).json1();
    expect(json).toContain('"__proto__": {');
    expect(({} as Record<string, unknown>)['text']).toBeUndefined();
  });
});
