// A static site against the service that stands on the same documents: the same bytes in each coding, and in `_headers` and `_redirects` what
// the service answers, as Netlify and Cloudflare Pages read these files.
import { createReadStream } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { runHere } from '../cli/terminal.ts';
import { rss, startOrigin } from './origin.ts';
import { type Folder, run, serve, temporaryFolder, until } from './tributary.ts';

const COUNT = 30;
const configured = (folder: Folder, origin: string, feeds: string) =>
  folder.write(
    'tributary.yaml',
    `server: { publicUrl: 'http://feeds.example/' }
network: { allow: [127.0.0.1], perHost: { gap: 0s } }
sources: [{ id: one, url: '${origin}/one', items: ${COUNT}, every: 15m }]
feeds: [${feeds}]
redirects: { /old.xml: all, /old.atom: /feeds/all.atom, '/old/': /, '/a/:b': all, /café.xml: other }
`,
  );
const ALL = '{ id: all, title: All, limit: 10, archive: true, noindex: true, hubs: [https://hub.example/] }';
const OTHER = '{ id: other, title: Other }';

function publish(origin: Awaited<ReturnType<typeof startOrigin>>, count: number): void {
  const posts = Array.from({ length: count }, (_, n) => ({
    guid: `tag:one.example,2026:${count - n}`,
    title: `Story ${count - n}`,
    link: `https://one.example/${count - n}`,
    date: new Date(Date.UTC(2026, 0, count - n)).toUTCString(),
    body: 'word '.repeat(300),
  }));
  origin.publish('/one', rss('One', posts));
}

async function filesIn(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)));
}

/** As sent, not decoded. */
async function asked(url: string, coding: string) {
  const answer = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': coding }, agent: false }, resolve).on('error', reject);
  });
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
}

interface Rule {
  readonly pattern: RegExp;
  readonly headers: readonly (readonly [string, string])[];
}

/** A path in column 1, then indented `NAME: VALUE`; one `*` for whatever comes there. */
function rulesOf(text: string): readonly Rule[] {
  return text
    .split(/\n(?=\/)/)
    .filter(Boolean)
    .map((block) => {
      const [place = '', ...lines] = block.trimEnd().split('\n');
      if (place.split('*').length > 2) throw new Error(`two wildcards: ${place}`);
      const [before = '', after] = place.split('*').map((part) => RegExp.escape(part));
      return {
        pattern: new RegExp(`^${after === undefined ? before : `${before}.*${after}`}$`),
        headers: lines.map((line) => {
          const [, name = '', value = ''] = /^ {2}([\w-]+): (.+)$/.exec(line) ?? [];
          return [name.toLowerCase(), value] as const;
        }),
      };
    });
}

/** Several values of a name are joined, as both hosts do. */
function headersAt(rules: readonly Rule[], at: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { pattern, headers: said } of rules) {
    if (!pattern.test(at)) continue;
    for (const [name, value] of said)
      headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}

/** What a host says itself: of its own bytes, of the connection. */
const OF_THE_HOST = /^(?:etag|last-modified|vary|content-length|accept-ranges|date|connection|keep-alive)$/;
const ofTheDocument = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_HOST.test(name)));

it('has the bytes, the codings, the headers and the redirects of the service', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  publish(origin, COUNT);
  const config = await configured(folder, origin.url, `${ALL}, ${OTHER}`);
  const env = { TRIBUTARY_DATA: folder.file('data'), TRIBUTARY_STORE: `sqlite:${folder.file('store.db')}` };
  const dir = folder.file('site');
  const ended = await run(
    ['once', '--config', config, '--out', dir, '--compress', '--headers', '--json'],
    env,
  );
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(ended.stdout).remarks).toEqual([
    '_redirects cannot say /a/:b: a host would take it for a pattern',
  ]);

  const names = await filesIn(dir);
  // The status stands as it was at the end of the run.
  const documents = names.filter((name) => !/^[._]|^status|\.(?:gz|br)$/.test(name));
  expect(documents.length).toBeGreaterThan(15);
  const rules = rulesOf(await readFile(path.join(dir, '_headers'), 'utf8'));
  const redirects = (await readFile(path.join(dir, '_redirects'), 'utf8')).trimEnd().split('\n');

  await using service = await serve(config, env);
  await until(async () => (await service.get('/readyz')).ok, 'every feed to have a document');
  for (const name of documents) {
    const plain = await asked(`${service.url}/${name}`, 'identity');
    expect([name, plain.status]).toEqual([name, 200]);
    expect(plain.body.equals(await readFile(path.join(dir, name))), name).toBe(true);
    expect([name, headersAt(rules, `/${name}`)]).toEqual([name, ofTheDocument(plain.headers)]);
    for (const [coding, ending] of [
      ['gzip', 'gz'],
      ['br', 'br'],
    ] as const) {
      const coded = await asked(`${service.url}/${name}`, coding);
      const isCoded = coded.headers['content-encoding'] === coding;
      expect([name, coding, names.includes(`${name}.${ending}`)]).toEqual([name, coding, isCoded]);
      if (isCoded)
        expect(coded.body.equals(await buffer(createReadStream(path.join(dir, `${name}.${ending}`))))).toBe(
          true,
        );
    }
  }
  // Pages stand at their short addresses too.
  for (const at of ['/', '/credits', '/feeds/all', '/feeds/all/archive/'])
    expect([at, headersAt(rules, at)['content-type']]).toEqual([at, 'text/html; charset=utf-8']);

  expect(redirects).toEqual([
    '/old.xml /feeds/all.rss 301',
    '/old.atom /feeds/all.atom 301',
    '/old/ / 301',
    '/caf%C3%A9.xml /feeds/other.rss 301',
  ]);
  for (const line of redirects) {
    const [from = '', to = '', status] = line.split(' ');
    const answer = await service.get(from);
    const location = answer.headers.get('location') ?? '';
    // The service chooses by `Accept` there.
    const place = /^\/feeds\/\w+$/.test(location) ? `${location}.rss` : location;
    expect([from, place, String(answer.status)]).toEqual([from, to, status]);
  }
});

it('loses what is no part of it any more: feeds, copies, formats; not what its operator put there', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  publish(origin, COUNT);
  const env = { TRIBUTARY_DATA: folder.file('data'), TRIBUTARY_STORE: `sqlite:${folder.file('store.db')}` };
  const dir = folder.file('site');
  const once = async (feeds: string, ...more: string[]) => {
    const config = await configured(folder, origin.url, feeds);
    const ended = await runHere(['once', '--config', config, '--out', dir, ...more], { env });
    return { ...ended, names: await filesIn(dir) };
  };
  const both = `${ALL}, ${OTHER}`;
  expect((await once(both, '--compress', '--headers')).names).toContain('feeds/other.rss.br');
  await writeFile(path.join(dir, 'robots.txt'), 'own');

  const plain = (await once(both)).names.filter((name) => /\.(?:gz|br)$|^_/.test(name));
  expect(plain).toEqual([]);

  const config = await configured(folder, origin.url, ALL);
  await writeFile(config, (await readFile(config, 'utf8')).replace(/^redirects.*$/m, ''));
  await writeFile(path.join(dir, '_headers'), 'by hand');
  const refused = await runHere(['once', '--config', config, '--out', dir, '--headers'], { env });
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringContaining('_headers was not written by us'),
  ]);
  expect(await readFile(path.join(dir, '_headers'), 'utf8')).toBe('by hand');
  const fewer = await runHere(['once', '--config', config, '--out', dir], { env });
  expect(fewer).toMatchObject({ code: 0, stderr: expect.stringMatching(/new or changed, 4 removed\n$/) });
  const left = await filesIn(dir);
  expect(left.filter((name) => name.startsWith('feeds/other'))).toEqual([]);
  expect(left).toEqual(expect.arrayContaining(['robots.txt', '_headers', 'feeds/all.rss']));
  const archives = left.filter((name) => /archive\/\d/.test(name));
  expect(archives.length).toBeGreaterThan(3);

  // With the loss of `dataDir` the archives of the site are the only ones there are.
  await rm(env.TRIBUTARY_DATA, { recursive: true });
  await rm(folder.file('store.db'));
  publish(origin, 5);
  await runHere(['once', '--config', config, '--out', dir], { env });
  expect(await filesIn(dir)).toEqual(expect.arrayContaining([...archives]));

  // Nothing can be read: what stands, stays.
  await rm(env.TRIBUTARY_DATA, { recursive: true });
  await rm(folder.file('store.db'));
  const before = await filesIn(dir);
  origin.publish('/one', 'no feed');
  expect(await runHere(['once', '--config', config, '--out', dir], { env })).toMatchObject({ code: 1 });
  expect((await filesIn(dir)).toSorted()).toEqual(before.toSorted());
});
