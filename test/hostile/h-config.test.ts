// What a configuration may be like (H), each by its number in the list of adversarial cases. Positions, words and keys of
// ordinary mistakes have their fixtures in test/fixtures/config.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rss, startOrigin } from '../e2e/origin.ts';
import { PLANTED, run, serve, temporaryFolder, until } from '../e2e/tributary.ts';

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

describe('H2: a configuration that goes bad while it is served', () => {
  it('changes nothing, and is told once for each time that it is looked at', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('tributary.yaml', SOUND(folder.path));
    await using service = await serve(file, {});
    await until(async () => (await service.get('/feeds/f.rss')).status === 200, 'the feed');
    const before = await (await service.get('/feeds/f.rss')).text();
    const told = () => service.log().filter(({ event }) => event === 'bad-config');
    for (const text of [SOUND(folder.path).replace('title: F', 'titel: F'), '', 'sources: [\n']) {
      const already = told().length;
      await folder.write('tributary.yaml', text);
      service.send('SIGHUP');
      await until(() => told().length === already + 1, 'the line in the log');
    }
    expect(JSON.stringify(told()[0]?.['problems'])).toMatch(/tributary\.yaml:\d+:\d+: feeds\[0\]/);
    expect(await (await service.get('/feeds/f.rss')).text()).toBe(before);
  });
});

describe('H3: secrets', () => {
  // Each has the mark that test/e2e/tributary.ts looks for in all that the program prints.
  const env = {
    TOKEN_OF_HEADER: `${PLANTED}header`,
    TOKEN_OF_QUERY: `${PLANTED}query`,
    TOKEN_OF_PATH: `${PLANTED}path`,
    PASSWORD: `${PLANTED}of-the-environment`,
  };

  it('are in no log line, page, document, file or message, of any command', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const host = origin.url.slice('http://'.length);
    const paths = {
      userinfo: '/userinfo',
      header: '/header',
      query: `/query?key=${env.TOKEN_OF_QUERY}`,
      path: `/${env.TOKEN_OF_PATH}/feed`,
      broken: `/broken?key=${env.TOKEN_OF_QUERY}`,
    };
    const addresses: Readonly<Record<string, string>> = {
      userinfo: `http://reader:${PLANTED}userinfo@${host}/userinfo`,
      header: `${origin.url}/header`,
      query: `${origin.url}/query?key=\${TOKEN_OF_QUERY}`,
      path: `${origin.url}/\${TOKEN_OF_PATH}/feed`,
      broken: `${origin.url}/broken?key=\${TOKEN_OF_QUERY}`,
      gone: 'http://reader:${PASSWORD}@127.0.0.1:1/gone',
    };
    const seen: string[] = [];
    for (const [name, path] of Object.entries(paths)) {
      // A publisher that repeats the address that it was asked at.
      const own = `${origin.url}${path}`;
      const text = rss(`Source ${name}`, [
        { guid: `${own}#1`, title: `Item of ${name}`, link: own, body: `see ${own}` },
      ]);
      origin.on(path, (request, response) => {
        seen.push(String(request.headers.authorization ?? ''));
        if (name === 'broken') response.writeHead(500).end(own);
        else response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(text);
      });
    }
    const sources = Object.entries(addresses).map(
      ([id, url]) =>
        `  - { id: ${id}, url: '${url}'${id === 'header' ? ', headers: { Authorization: "Bearer ${TOKEN_OF_HEADER}" }' : ''} }`,
    );
    const text = `server: { host: 127.0.0.1, port: 0 }
dataDir: ${folder.path}/data
store: sqlite:${folder.path}/store.db
network: { allow: [127.0.0.1], perHost: { gap: 0s } }
sources:\n${sources.join('\n')}\nfeeds: [{ id: f, title: F }]\n`;
    const file = await folder.write('tributary.yaml', text);
    const said: string[] = [];
    {
      await using service = await serve(file, env);
      await until(() => Object.keys(addresses).every((id) => service.polls(id).length > 0), 'the polls');
      await until(
        async () => (await (await service.get('/feeds/f.json')).text()).includes('Item of path'),
        'the feed',
      );
      const targets =
        '/ /feeds/f.rss /feeds/f.atom /feeds/f.json /feeds/f.html /healthz /readyz /credits /nowhere';
      for (const target of targets.split(' ')) said.push(await (await service.get(target)).text());
      said.push(JSON.stringify(service.log()));
      const port = new URL(service.url).port;
      const health = await run(['health', '--config', file], { ...env, PORT: port });
      said.push(health.stdout + health.stderr);
      service.send('SIGHUP');
      const { stdout, stderr } = await service.kill('SIGTERM');
      said.push(stdout, stderr);
    }
    // The secrets did go where they belong.
    expect(seen).toContain(`Bearer ${env.TOKEN_OF_HEADER}`);
    expect(seen.some((header) => header.startsWith('Basic '))).toBe(true);
    const commands = [
      ['once', '--config', file, '--out', folder.file('site')],
      ['check', '--config', file],
      ['retract', '--config', file, 'urn:x:none'],
      ['retract', '--config', file, '--list', '--json'],
      ['health', '--config', file],
      ['schema'],
    ];
    for (const command of commands) {
      const { stdout, stderr } = await run(
        [...command, ...(command[0] === 'schema' ? [] : ['--debug'])],
        env,
      );
      said.push(stdout, stderr);
    }
    for (const name of await readdir(folder.file('site'), { recursive: true, withFileTypes: true }))
      if (name.isFile()) said.push(await readFile(path.join(name.parentPath, name.name), 'utf8'));
    expect(said.join('').length).toBeGreaterThan(10_000);
    for (const each of said) expect(each).not.toContain(PLANTED);
    for (const each of said)
      expect(each).not.toContain(Buffer.from(`reader:${PLANTED}`).toString('base64').slice(0, 12));
  }, 90_000);

  it.each([
    ['an address of the store', (text: string) => text.replace("'memory:'", "'mysql://u:${PASSWORD}@h/db'")],
    [
      'a store that is not known',
      (text: string) => text.replace("'memory:'", "'mongo://u:${PASSWORD}@h/db'"),
    ],
    ['a file of the store', (text: string) => text.replace("'memory:'", "'sqlite://u:${PASSWORD}@h/x'")],
    [
      'a source that is no address',
      (text: string) => text.replace(/url: '.*'/, "url: 'ftp://u:${PASSWORD}@h/'"),
    ],
    [
      'a source in plain',
      (text: string) => text.replace(/url: '.*'/, `url: 'gopher://u:${PLANTED}plain@h/'`),
    ],
    ['an id', (text: string) => text.replace('id: a', 'id: "${PASSWORD} x"')],
    ['a key', (text: string) => `${text}\n"\${PASSWORD}": x\n`],
    [
      'a template',
      (text: string) => `${text}attribution: { template: '<script>\${PASSWORD}</script>{x}' }\n`,
    ],
    ['a port', (text: string) => text.replace('port: 0', 'port: "${PASSWORD}"')],
    ['a header', (text: string) => text.replace("' }", "', headers: { 'X\u00e9': \"${PASSWORD}\\n\" } }")],
  ])('in %s that is wrong are not in the message', async (_, change) => {
    const wrong = change(SOUND('/tmp/x'));
    expect(wrong).not.toBe(SOUND('/tmp/x'));
    const { code, stderr } = await check(wrong, env);
    expect(code).toBe(2);
    expect(stderr).not.toContain(PLANTED);
  });
});
