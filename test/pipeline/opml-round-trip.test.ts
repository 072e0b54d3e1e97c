import { describe, expect, it } from 'vitest';
import { renderOpml } from '../../src/core/render/opml.ts';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import type { Config } from '../../src/model/config.ts';
import { importedSources, readImport } from '../../src/pipeline/import-list.ts';
import { listedSources, siteOpml } from '../../src/pipeline/site-opml.ts';
import { lintXml } from '../oracles/xmllint.ts';

const read = (text: string, env: Record<string, string> = {}): Config =>
  parseConfig(text, { file: '/etc/t.yaml', env, cwd: '/srv' });
const FEEDS =
  'feeds: [{ id: all, title: All, description: "A & B" }, { id: hidden, title: Hidden, noindex: true }]\n';
const imported = (text: string) => importedSources(readImport(Buffer.from(text)));
const essence = (config: Config) =>
  config.sources.map(({ feedUrl, name, categories }) => ({ feedUrl, name, categories }));

const NASTY = [
  'A & B <i>',
  'quotes " and \' here',
  '${HOME} $${x}',
  '- [not, a, list]',
  '#no comment',
  'a: b',
  '東京 \u{1f680}',
  'Tab',
];

describe('OPML out and in', () => {
  it('gives the same sources again, whatever they are called', () => {
    const sources = NASTY.map((name, n) => ({
      id: `s${n}`,
      url: `https://s${n}.example/feed?a=1&b="${n}"`,
      name: name.replaceAll('${', () => '$${'),
      categories: n % 3 === 0 ? [] : [`Group ${n % 3}`, 'Second', 'Third'],
    }));
    const before = read(`sources: ${JSON.stringify(sources)}\n${FEEDS}`);
    const opml = renderOpml(
      'Sources',
      listedSources(before, () => undefined),
    );
    const after = read(imported(opml) + FEEDS);
    const byAddress = (config: Config) =>
      essence(config).toSorted((a, b) => (a.feedUrl < b.feedUrl ? -1 : 1));
    expect(byAddress(after)).toEqual(byAddress(before));
  });

  it('imports what is to be pasted, and says what it leaves out', () => {
    const yaml = imported(
      `<opml><head><title>Blog\nroll</title></head><body><outline text="News"><outline text="Ann" xmlUrl="https://a.example/f"/></outline>
       <outline text="Ann" xmlUrl="https://b.example/f"/><outline text="File" xmlUrl="file:///etc/passwd"/><outline text="none" xmlUrl=""/>
       <outline text="More" type="include" url="https://m.example/more.opml"/></body></opml>`,
    );
    expect(yaml).toContain('# Blog roll: 3 sources');
    expect(yaml).toContain('# left out, no web address: file:///etc/passwd');
    expect(yaml).toContain('- opml: https://m.example/more.opml');
    expect(yaml).toContain('# left out: 1 entries');
    const { sources } = read(yaml + FEEDS);
    expect(sources.map(({ id }) => id)).toEqual(['ann', 'ann-2']);
    expect(sources[0]).toMatchObject({ name: 'Ann', feedUrl: 'https://a.example/f', categories: ['News'] });
  });

  it("imports a planet's INI file", () => {
    const yaml = imported(
      `# Planet\n[Planet]\nname = Planet Test\nlink = https://planet.example/\n\n[https://a.example/feed]\nname = Ann O'Nym\nface = a.png\n\n[DEFAULT]\nname = nobody\n[http://b.example/rss]\nname: Bo\n[https://c.example/]\n[https://lists.example/more.opml]\ncontent_type = opml\n`,
    );
    const { sources } = read(yaml + FEEDS);
    expect(yaml).toContain('# Planet Test: 3 sources');
    expect(yaml).toContain('follow it: - opml: https://lists.example/more.opml');
    expect(sources.map(({ name, feedUrl }) => [name, feedUrl])).toEqual([
      ["Ann O'Nym", 'https://a.example/feed'],
      ['Bo', 'http://b.example/rss'],
      [undefined, 'https://c.example/'],
    ]);
  });

  it('tells of sources and feeds what may be told', () => {
    const config = read(
      `server: { publicUrl: 'https://feeds.example/p/' }
sources:
  - { id: open, url: 'https://open.example/f', name: Open, categories: [News, 'a,b'] }
  - { id: secret, url: 'https://x.example/f?key=\${KEY}', publicUrl: 'https://x.example/' }
  - { id: hidden, url: 'https://u:pl4nted-p@y.example/f' }
  - { id: file, url: a.xml }
  - { id: off, url: 'https://off.example/f', enabled: false }
${FEEDS}`,
      { KEY: 'pl4nted-key' },
    );
    const [sources = '', feeds = ''] = siteOpml(config, () => undefined).map(({ text }) => text);
    expect(sources).toContain('<outline text="News" title="News">');
    expect(sources).toContain('category="a b" xmlUrl="https://open.example/f"');
    expect(sources).toContain('xmlUrl="https://x.example/"');
    expect(sources.match(/xmlUrl/g)).toHaveLength(2);
    expect(sources + feeds).not.toContain('pl4nted');
    expect(feeds).toContain('description="A &amp; B" xmlUrl="https://feeds.example/p/feeds/all.rss"');
    expect(feeds).not.toContain('hidden');
    for (const text of [sources, feeds]) expect(lintXml(text)).toBe('');
  });
});
