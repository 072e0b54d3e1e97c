// What src/core/parse/rss-parser-engine.ts relies on in rss-parser: a new version that changes any of it fails here.
import Parser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import { walkItems } from '../../../src/core/parse/rss-parser-engine.ts';
import { XmlElement } from '../../../src/core/parse/xml/element.ts';

type View = Record<string, unknown>;

/** Notes which of the two methods was asked for which item, and reads nothing. */
class Witness extends Parser {
  readonly calls: string[] = [];
  readonly xmlParser: { parseString(xml: string, done: (error: Error | null, view?: View) => void): void };
  readonly asked: string[] = [];

  constructor(view: View) {
    super();
    this.xmlParser = {
      parseString: (xml, done) => {
        this.asked.push(xml);
        done(null, view);
      },
    };
  }

  parseItemRss(item: { name: string }): string {
    this.calls.push(`rss ${item.name}`);
    return item.name;
  }

  parseItemAtom(item: { name: string }): string {
    this.calls.push(`atom ${item.name}`);
    return item.name;
  }
}

const ITEMS = [{ name: 'a' }, { name: 'b' }];

describe('rss-parser, as the engine', () => {
  it('takes its tree from the field xmlParser, asked once with the text', async () => {
    const witness = new Witness({ rss: { $: { version: '2.0' }, channel: [{ item: ITEMS }] } });
    await witness.parseString('<text/>');
    expect(witness.asked).toEqual(['<text/>']);
  });

  it.each<[string, string, View]>([
    ['RSS 2.0', 'rss', { rss: { $: { version: '2.0' }, channel: [{ item: ITEMS }] } }],
    ['RSS 0.9x', 'rss', { rss: { $: { version: '0.92' }, channel: [{ item: ITEMS }] } }],
    ['RSS 1.0', 'rss', { 'rdf:RDF': { channel: [{}], item: ITEMS } }],
    ['Atom', 'atom', { feed: { entry: ITEMS } }],
  ])('walks the items of %s in order and keeps what the overridden method gives', async (_, kind, view) => {
    const witness = new Witness(view);
    const feed = await witness.parseString('');
    expect(witness.calls).toEqual([`${kind} a`, `${kind} b`]);
    expect(feed.items).toEqual(['a', 'b']);
  });

  it.each<[string, View]>([
    ['RSS', { rss: { $: { version: '2.0' }, channel: [{}] } }],
    ['RSS 1.0', { 'rdf:RDF': { channel: [{}] } }],
    ['Atom', { feed: {} }],
  ])('gives no items for a feed of %s without any', async (_, view) => {
    expect((await new Witness(view).parseString('')).items).toEqual([]);
  });

  it('has walked all items when parseString returns, so that one walker serves all feeds', async () => {
    const witness = new Witness({ feed: { entry: ITEMS } });
    const walking = witness.parseString('');
    expect(witness.calls).toEqual(['atom a', 'atom b']);
    await walking;
  });

  it('passes on what the tree builder throws', async () => {
    const witness = new Witness({});
    witness.xmlParser.parseString = () => {
      throw new RangeError('too deep');
    };
    await expect(witness.parseString('')).rejects.toThrow('too deep');
  });
});

describe('walkItems', () => {
  const element = (name: string): XmlElement => new XmlElement(name, [], undefined, undefined);

  it.each([
    'rss-0.90',
    'rss-0.91',
    'rss-0.92',
    'rss-0.93',
    'rss-0.94',
    'rss-1.0',
    'rss-1.1',
    'rss-2.0',
    'atom-0.3',
    'atom-1.0',
    'cdf',
  ] as const)('hands over every item of %s once, in document order', async (format) => {
    const items = [element('x'), element('y'), element('z')];
    const seen: string[] = [];
    const read = await walkItems({ format, items }, (item) => seen.push(item.name));
    expect(seen).toEqual(['x', 'y', 'z']);
    expect(read).toEqual([1, 2, 3]);
  });
});
