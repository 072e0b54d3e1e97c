// What a configuration may be like (H), each by its number in the list of adversarial cases. Positions, words and keys of
// ordinary mistakes have their fixtures in test/fixtures/config.
import { describe, expect, it } from 'vitest';
import { run, serve, temporaryFolder, until } from '../e2e/tributary.ts';

const SOUND = (folder: string, url = `file:${process.cwd()}/config/samples/harbour-news.xml`) => `
server: { host: 127.0.0.1, port: 0 }
dataDir: ${folder}/data
store: 'memory:'
sources:
  - { id: a, url: '${url}' }
feeds:
  - { id: f, title: F }
`;

async function check(text: string | Uint8Array, env: Readonly<Record<string, string>> = {}) {
  await using folder = await temporaryFolder();
  const file = await folder.write('tributary.yaml', '');
  const { writeFile } = await import('node:fs/promises');
  await writeFile(file, text);
  return await run(['check', '--config', file], env);
}

describe.concurrent('H1: files that are no configuration', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map((name, n) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[n]}`).join(',')}]`)
    .join('\n')}\n`;
  it.each<[string, string | Uint8Array]>([
    ['a bomb of aliases', bomb + SOUND('/tmp/x')],
    ['an alias of itself', `a: &a [*a]\n${SOUND('/tmp/x')}`],
    ['keys given twice', `${SOUND('/tmp/x')}\nstore: 'memory:'\n`],
    ['tabs', SOUND('/tmp/x').replace('  - { id: a', '\t- { id: a')],
    ['a tag that makes code', `${SOUND('/tmp/x')}x: !!js/function 'function () {}'\n`],
    ['a tag of Python', `${SOUND('/tmp/x')}x: !!python/object/apply:os.system ['id']\n`],
    ['10 MB', `# ${'x'.repeat(10_000_000)}\n${SOUND('/tmp/x')}`],
    ['NUL', SOUND('/tmp/x').replace('title: F', 'title: "F\0"')],
    [
      'a thousand keys that nobody knows',
      SOUND('/tmp/x') + Array.from({ length: 1000 }, (_, n) => `key${n}: x`).join('\n'),
    ],
    ['yes where a number belongs', SOUND('/tmp/x').replace('port: 0', 'port: yes')],
    ['no where a list belongs', SOUND('/tmp/x').replace(/sources:\n.*\n/, 'sources: no\n')],
    ['nothing', ''],
    ['a list', '[1, 2]'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['half of a file', SOUND('/tmp/x').slice(0, 80)],
    ['two documents', `${SOUND('/tmp/x')}---\n${SOUND('/tmp/x')}`],
    ['ten thousand brackets', `x: ${'['.repeat(10_000)}`],
  ])('%s: exit 2, with the place and what to do, and no trace of ours', async (_, text) => {
    const { code, stdout, stderr } = await check(text);
    expect(code).toBe(2);
    expect(stdout + stderr).toMatch(/tributary\.yaml(?::\d+:\d+)?: \S/);
    expect(stdout + stderr).not.toMatch(/\n\s+at |node_modules|Error:|ENOENT|no such file/);
    expect((stdout + stderr).length).toBeLessThan(200_000);
  });

  it('a byte order mark is nothing to complain of', async () => {
    expect(await check(`\ufeff${SOUND('/tmp/x')}`)).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('H3: secrets in addresses', () => {
  it('are in no log line, page, document or message, at any level', async () => {
    await using folder = await temporaryFolder();
    const url = 'http://user:hunter2pass@127.0.0.1:1/feed?key=${FEED_KEY}';
    const file = await folder.write(
      'tributary.yaml',
      SOUND(folder.path, url).replace(
        'feeds:',
        `  - { id: b, url: 'file:${process.cwd()}/config/samples/harbour-news.xml' }\nfeeds:`,
      ),
    );
    const env = { FEED_KEY: 'topsecretkey' };
    await using service = await serve(file, env);
    await until(() => service.polls('a').length > 0 && service.polls('b').length > 0, 'the polls');
    await until(async () => (await service.get('/feeds/f.rss')).status === 200, 'the feed');
    const said = [JSON.stringify(service.log())];
    for (const path of [
      '/',
      '/feeds/f.rss',
      '/feeds/f.atom',
      '/feeds/f.json',
      '/feeds/f.html',
      '/healthz',
      '/readyz',
      '/credits',
      '/nowhere',
    ])
      said.push(await (await service.get(path)).text());
    const once = await run(['once', '--config', file, '--out', folder.file('site')], env);
    said.push(once.stdout, once.stderr, (await run(['check', '--config', file], env)).stdout);
    for (const text of said) expect(text).not.toMatch(/hunter2pass|topsecretkey/);
  });
});
