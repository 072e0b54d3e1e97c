// `retract` as an operator calls it, beside a running service and before a timer's `once`.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type Post, rss, startOrigin } from './origin.ts';
import { type Folder, run, serve, temporaryFolder, until } from './tributary.ts';

const post = (n: number, said: Partial<Post> = {}): Post => ({
  guid: `tag:a.example,2026:${n}`,
  title: `Story ${n}`,
  link: `https://a.example/stories/story-${n}?utm_source=feed`,
  date: `Thu, ${10 + n} Nov 2026 12:00:00 GMT`,
  ...said,
});

interface JsonItem {
  readonly id: string;
  readonly title: string;
}

interface World extends AsyncDisposable {
  readonly folder: Folder;
  readonly env: Readonly<Record<string, string>>;
  readonly file: string;
  publish(posts: readonly Post[]): void;
  retract(...args: readonly string[]): ReturnType<typeof run>;
  /** Polls everything once and gives the JSON Feed's items by title. */
  once(
    feed?: string,
  ): Promise<readonly { readonly id: string; readonly title: string; readonly date_published: string }[]>;
}

async function world(): Promise<World> {
  const folder = await temporaryFolder();
  const origin = await startOrigin();
  const publish = (posts: readonly Post[]) => origin.publish('/a.xml', rss('Publisher A', posts));
  publish([post(3), post(2), post(1)]);
  origin.publish('/b.xml', rss('Publisher B', [post(1, { guid: 'b-1', title: 'Story 1 at B' })]));
  const file = await folder.write(
    'tributary.yaml',
    `network: { allow: [127.0.0.1], perHost: { concurrency: 2, gap: 0s } }
sources:
  - { id: a, url: ${origin.url}/a.xml, every: 15m, weight: 2 }
  - { id: b, url: ${origin.url}/b.xml, every: 15m }
feeds:
  - { id: all, title: All, sources: all }
  - { id: some, title: Some, sources: all }
`,
  );
  const env = { TRIBUTARY_DATA: folder.file('data'), TRIBUTARY_STORE: `sqlite:${folder.file('data/t.db')}` };
  return {
    folder,
    env,
    file,
    publish,
    retract: (...args) => run(['retract', ...args, '--config', file], env),
    async once(feed = 'all') {
      const site = folder.file('site');
      expect(await run(['once', '--config', file, '--out', site], env)).toMatchObject({ code: 0 });
      return JSON.parse(await readFile(`${site}/feeds/${feed}.json`, 'utf8')).items;
    },
    async [Symbol.asyncDispose]() {
      await origin[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const titles = (items: readonly { readonly title: string }[]) => items.map((item) => item.title);

describe('retract', () => {
  it('takes an item out of a running service within ten seconds, and --undo lets it back in as it was', async () => {
    await using here = await world();
    await using service = await serve(here.file, here.env);
    const items = async (): Promise<readonly JsonItem[]> => {
      const answer = await service.get('/feeds/all.json');
      return answer.ok ? ((await answer.json()) as { items: JsonItem[] }).items : [];
    };
    await until(async () => (await items()).length === 3, 'three stories');
    const before = await items();
    const startedMs = performance.now();
    const reason = 'At the <author>’s request';
    const done = await here.retract('https://www.a.example/stories/story-1', '--reason', reason);
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toMatch(/^retracted \(every feed\): Story 1\n {2}id: +tag:a\.example,2026:1\n/);
    expect(done.stdout).toContain('sources: a, b');
    await until(async () => titles(await items()).includes('Withdrawn by this site'), 'the notice');
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    for (const format of ['rss', 'atom', 'json', 'html']) {
      const text = await (await service.get(`/feeds/all.${format}`)).text();
      expect(text).not.toContain('Story 1');
      expect(text).not.toContain('story-1');
      expect(text).toMatch(/At the (?:<|&lt;|&amp;lt;)author/);
    }
    expect((await here.retract('tag:a.example,2026:1', '--undo')).code).toBe(0);
    await until(async () => titles(await items()).includes('Story 1'), 'the story');
    expect(await items()).toEqual(before);
    expect(await (await service.get('/feeds/all.atom')).text()).not.toContain('deleted-entry');
  });

  it('holds for `once`, of one feed only where that is said, through edits, new ids and a lost store', async () => {
    await using here = await world();
    const before = await here.once();
    expect(titles(before)).toEqual(['Story 3', 'Story 2', 'Story 1']);
    expect((await here.retract('tag:a.example,2026:2')).code).toBe(0);
    expect((await here.retract('tag:a.example,2026:3', '--feed', 'some')).code).toBe(0);
    expect(titles(await here.once())).toEqual(['Story 3', 'Story 1', 'Withdrawn by this site']);
    expect(titles(await here.once('some'))).toEqual(['Story 1', ...Array(2).fill('Withdrawn by this site')]);
    here.publish([post(3), post(2, { title: 'Story 2, edited', date: 'Wed, 25 Nov 2026 12:00:00 GMT' })]);
    expect(titles(await here.once())).toEqual(['Story 3', 'Story 1', 'Withdrawn by this site']);
    here.publish([post(2, { guid: 'tag:a.example,2026:22', title: 'Story 2 again' })]);
    expect(titles(await here.once())).toEqual(['Story 3', 'Story 1', 'Withdrawn by this site']);
    const lost = { ...here.env, TRIBUTARY_STORE: `sqlite:${here.folder.file('other.db')}` };
    here.publish([post(3), post(2), post(1)]);
    const site = here.folder.file('lost');
    expect((await run(['once', '--config', here.file, '--out', site], lost)).code).toBe(0);
    const again = JSON.parse(await readFile(`${site}/feeds/all.json`, 'utf8')).items;
    expect(titles(again)).toEqual(['Story 3', 'Story 1', 'Withdrawn by this site']);
    const undo = ['retract', 'tag:a.example,2026:2', '--undo', '--config', here.file];
    expect((await run(undo, lost)).code).toBe(0);
    expect((await run(['once', '--config', here.file, '--out', site], lost)).code).toBe(0);
    const back = JSON.parse(await readFile(`${site}/feeds/all.json`, 'utf8')).items;
    expect(back).toEqual(before);
  });

  it('lists what is retracted, and says so where nothing is to be done', async () => {
    await using here = await world();
    await here.once();
    expect((await here.retract('--list')).stdout).toBe('nothing is retracted\n');
    await here.retract('b-1', '--reason', 'Wrong');
    expect((await here.retract('tag:a.example,2026:1')).stdout).toMatch(/^already retracted/);
    const listed = JSON.parse((await here.retract('--list', '--json')).stdout);
    expect(listed).toMatchObject([{ id: 'tag:a.example,2026:1', feed: null, reason: 'Wrong' }]);
    const json = await here.retract('b-1', '--undo', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ done: 'no longer retracted', title: 'Story 1' });
    expect(await here.retract('b-1', '--undo')).toMatchObject({ code: 1, stderr: 'b-1: is not retracted\n' });
  });

  it('says what may be meant by a name that nothing or too much has', async () => {
    await using here = await world();
    here.publish([post(3), post(2, { guid: 'b-1', link: 'https://a.example/x' })]);
    await here.once();
    const near = await here.retract('https://a.example/story-3');
    expect(near).toMatchObject({ code: 1, stdout: '' });
    expect(near.stderr).toMatch(
      /no item of that id or page among 3 known items; near it:\n {2}tag:a\.example,2026:3 {2}Story 3 {2}\(a\)/,
    );
    const both = await here.retract('b-1');
    expect(both).toMatchObject({ code: 1, stdout: '' });
    expect(both.stderr).toMatch(
      /^b-1: 2 items have it; name one by its id:\n {2}urn:uuid:\S+ {2}Story . ?.*\n {2}urn:uuid:/,
    );
  });

  it.each([
    [[], 2, /^say which item/],
    [['x', '--feed', 'nope'], 2, /^--feed: all or some, not nope/],
    [['x', '--reason', ' '], 2, /^--reason TEXT: say why/],
    [['x', '--undo', '--reason', 'y'], 2, /^--reason: does not go with --undo/],
    [['x', 'y'], 2, /^unexpected argument: y/],
    [['x', '--list'], 2, /^--list/],
    [['x'], 1, /^there is no store at .*t\.db yet/],
  ])('called with %j ends with %i', async (args, code, message) => {
    await using here = await world();
    const ended = await here.retract(...args);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toMatch(message);
  });

  it('cannot reach a store in another process’s memory, and says what to do', async () => {
    await using here = await world();
    const ended = await run(['retract', 'x', '--config', here.file], {
      ...here.env,
      TRIBUTARY_STORE: 'memory:',
    });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/`memory:`.*sqlite:FILE/);
  });

  it('explains itself with examples', async () => {
    const { code, stdout } = await run(['retract', '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^usage: tributary retract ID-or-URL/);
    expect(stdout).toContain('--undo\n');
  });
});
