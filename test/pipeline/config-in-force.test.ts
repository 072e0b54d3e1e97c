import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import type { Config } from '../../src/model/config.ts';
import { configInForce } from '../../src/pipeline/config-in-force.ts';
import { readList } from '../../src/pipeline/read-list.ts';

const written = (sources: string, more = ''): Config =>
  parseConfig(
    `server: {publicUrl: 'https://feeds.example/'}\nsources:\n${sources}\nfeeds: [{id: all, title: All, sources: {categories: [News]}}]\n${more}`,
    { file: '/etc/tributary/tributary.yaml', env: { TOKEN: 'pl4nted-token' }, cwd: '/srv' },
  );

function inForce(config: Config, ...lists: readonly (string | undefined)[]): Config {
  const states = (config.lists ?? []).flatMap(({ source }, index) => {
    const body = lists[index];
    const list = body === undefined ? undefined : readList(Buffer.from(`<opml><body>${body}</body></opml>`));
    return [[source.id, { list, isTried: true }] as const];
  });
  return configInForce(config, new Map(states));
}

const entry = (address: string, text = 'T') => `<outline text="${text}" xmlUrl="${address}"/>`;
const idsOf = (config: Config) => config.sources.map(({ id }) => id);

describe('the configuration in force', () => {
  it('is the file itself where it names no list', () => {
    const config = written('  - { url: https://a.example/feed, categories: [News] }');
    expect(configInForce(config, new Map())).toBe(config);
  });

  it('has the feeds of a list where the list stands, each with what the list says of all', () => {
    const config = written(
      `  - { id: first, url: 'https://first.example/feed' }
  - { opml: 'https://l.example/list.opml', every: 3h, weight: 2, categories: [Listed], headers: { authorization: 'x \${TOKEN}' } }
  - { id: last, url: 'https://last.example/feed' }`,
    );
    const group = `<outline text="&lt;b&gt;News&lt;/b&gt;">${entry('https://a.example/blog/', 'Ann &amp;amp; Bo')}</outline>`;
    const { sources, awaitsLists } = inForce(config, group);
    expect(sources.map(({ id }) => id)).toEqual(['first', 'a-example-blog', 'last']);
    expect(sources[1]).toMatchObject({
      feedUrl: 'https://a.example/blog/',
      name: 'Ann & Bo',
      categories: ['Listed', 'News'],
      weight: 2,
      schedule: { everyMs: 3 * 3_600_000 },
      // The list's own are sent to nobody else.
      headers: {},
      secrets: [],
    });
    expect(config.lists?.[0]?.source.headers).toEqual({ authorization: 'x pl4nted-token' });
    expect(awaitsLists).toBeUndefined();
  });

  it('keeps ids whatever an entry is called and wherever it stands', () => {
    const config = written('  - opml: https://l.example/list.opml');
    const one = [
      entry('https://a.example/f', 'A'),
      entry('https://b.example/f?x=1', 'B'),
      entry('https://b.example/f?x=2', 'C'),
    ];
    const ids = idsOf(inForce(config, one.join('')));
    expect(new Set(ids).size).toBe(3);
    const moved = `<outline text="G">${entry('https://b.example/f?x=2', 'Z')}</outline>${one[0]}${one[1]}`;
    expect(idsOf(inForce(config, moved)).toSorted()).toEqual(ids.toSorted());
    expect(ids.every((id) => /^[a-z0-9-]{1,64}$/.test(id))).toBe(true);
  });

  it('lets a configured source, and an earlier list, go before a later one of the same address or id', () => {
    const config = written(
      `  - { id: mine, url: 'https://a.example/f' }
  - { id: b-example-f, url: 'https://c.example/f' }
  - opml: https://l.example/one.opml
  - opml: https://l.example/two.opml`,
    );
    const both = [
      entry('https://a.example/f') + entry('https://b.example/f'),
      entry('https://b.example/f') + entry('https://d.example/f'),
    ];
    const ids = idsOf(inForce(config, ...both));
    expect(ids).toEqual([
      'mine',
      'b-example-f',
      expect.stringMatching(/^b-example-f-[0-9a-f]{10}$/),
      'd-example-f',
    ]);
  });

  it('takes no file, nor any of our own feeds, from a list of the network; a list on disk may name files beside it', () => {
    const wild = [
      'file:///etc/passwd',
      '/relative.xml',
      'ftp://x.example/',
      'javascript:alert(1)',
      'https://feeds.example/feeds/all.rss',
    ].map((address) => entry(address));
    const web = inForce(written('  - opml: https://l.example/lists/list.opml'), wild.join(''));
    expect(web.sources.map(({ feedUrl }) => feedUrl)).toEqual(['https://l.example/relative.xml']);
    const disk = inForce(
      written('  - opml: lists/blogroll.opml'),
      entry('a.xml') + entry('https://x.example/f'),
    );
    expect(disk.sources.map(({ feedUrl }) => feedUrl)).toEqual([
      'file:///etc/tributary/lists/a.xml',
      'https://x.example/f',
    ]);
  });

  it('says what it waits for', () => {
    const config = written('  - opml: https://l.example/list.opml');
    expect(configInForce(config, new Map()).awaitsLists).toBe('untried');
    expect(inForce(config, undefined).awaitsLists).toBe('unread');
  });
});
