// `tributary explain` as people run it, after a run and beside a service.
import { describe, expect, it } from 'vitest';
import { rss, startOrigin } from './origin.ts';
import { PLANTED, run, serve, temporaryFolder, until } from './tributary.ts';

const DATE = 'Fri, 20 Nov 2026 10:00:00 GMT';

describe('explain', () => {
  it('tells of every item why it is in or out, and all about one; beside a running service too', async () => {
    await using origin = await startOrigin();
    await using folder = await temporaryFolder();
    const page = `${origin.url}/ferry`;
    origin.publish(
      '/good',
      rss('Good', [
        { guid: '1', title: 'Ferry\u0085runs', link: page, date: DATE },
        { guid: '2', title: 'Rain again', link: `${origin.url}/rain`, date: DATE },
      ]),
    );
    origin.publish(
      `/other?token=${PLANTED}t`,
      rss('Other', [{ guid: '3', title: 'Ferry', link: page, date: DATE }]),
    );
    const file = await folder.write(
      'tributary.yaml',
      `network: { allow: [127.0.0.1], perHost: { gap: 0s } }
store: sqlite:${folder.file('store.db')}
sources:
  - { id: good, url: "${origin.url}/good", categories: [News] }
  - { id: other, url: "${origin.url}/other?token=\${TOKEN}" }
feeds:
  - id: all
    title: All
    exclude: [rain]
  - { forEach: category }
`,
    );
    const env = { TRIBUTARY_DATA: folder.file('data'), TOKEN: `${PLANTED}t` };
    const explain = (...args: string[]) => run(['explain', '--config', file, ...args], env);
    expect(await explain('all')).toMatchObject({ code: 1, stderr: expect.stringContaining('no store at') });

    await using service = await serve(file, env);
    await until(
      async () => (await (await service.get('/feeds/all.rss')).text()).includes('<item>'),
      'the feed',
    );
    await until(async () => (await explain('all')).stdout.includes('duplicates 1'), 'both sources');
    const { code, stdout } = await explain('all');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^PLACE +DATE +SOURCE +ITEM +WHY\n1 +2026-11-20 10:00 +good +Ferry runs +in the feed\n/,
    );
    expect(stdout).toContain(`filtered by the feed's exclude: "rain" (${file}:9)`);
    expect(stdout).toMatch(/has the page of \S+ of good, which leads and names it\n/);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`in 1, duplicates 1, filtered 1 (exclude ${file}:9: 1)`);

    const one = await explain('all', page);
    expect(one.code).toBe(0);
    expect(one.stdout).toMatch(/^Ferry runs\n {2}verdict: +in the feed, at place 1\n/);
    expect(one.stdout).toContain('other (same page)');
    expect((await explain('by-news')).stdout).toMatch(/in 2$/m);

    const json = JSON.parse((await explain('all', '--json')).stdout);
    expect(json).toMatchObject({ feed: 'all', counts: { in: 1, filtered: 1, duplicates: 1 } });
    expect(json.items).toHaveLength(3);

    expect(await explain('none')).toMatchObject({ code: 2, stderr: expect.stringContaining('all, by-news') });
    expect(await explain('all', `${origin.url}/nothing`)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^not known: \S+\n(?:.*\n)*.*good: last polled .*; 2 items known/),
    });
  });
});
