// Private feeds: who may read them, and that nothing that anybody may read tells of them.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type Origin, rss, startOrigin } from './origin.ts';
import { type Folder, PLANTED, run, type Service, serve, temporaryFolder, until } from './tributary.ts';

const ANNA = `${PLANTED}anna/+ä`;
const BERT = `${PLANTED}bert`;
const WORD = `${PLANTED}wörd:1`;
const ENV = { ANNA, BERT, WORD };
/** Of all that is private: ids, titles, texts, and the source that only private feeds draw from. */
const TELLING = /quetzal|ocelot|pl4nted|\bhidden-source\b/i;
const PRIVATE_PATHS = [
  '',
  '.rss',
  '.atom',
  '.json',
  '.html',
  '/',
  '/archive',
  '/archive/',
  '/archive/index.html',
];

const post = (n: number, words: string) => ({
  guid: `${words}-${n}`,
  title: `${words} ${n}`,
  link: `https://site.example/${words}/${n}`,
  date: `Fri, 20 Nov 2026 10:0${n}:00 GMT`,
});

async function startWorld(folder: Folder, origin: Origin) {
  origin.publish('/open', rss('Open source', [post(1, 'open'), post(2, 'open')]));
  origin.publish(
    '/hidden',
    rss('Hidden quetzal', [post(1, 'quetzal'), post(2, 'quetzal'), post(3, 'quetzal')]),
  );
  const write = (tokens: string, openAccess = '') =>
    folder.write(
      'tributary.yaml',
      `server: { publicUrl: https://feeds.example/ }
network: { allow: [127.0.0.1], perHost: { gap: 0s } }
sources:
  - { id: open-source, url: '${origin.url}/open' }
  - { id: hidden-source, url: '${origin.url}/hidden', name: Hidden }
feeds:
  - { id: open, title: Open to all, sources: [open-source] ${openAccess} }
  - { id: quetzal, title: The quetzal desk, sources: [hidden-source, open-source], limit: 2, archive: true, access: { tokens: [${tokens}] } }
  - { id: ocelot, title: The ocelot desk, sources: [hidden-source], access: { tokens: ["\${BERT}"], basic: [{ user: otto, password: "\${WORD}" }] } }
`,
    );
  return { config: await write('"${ANNA}", "${BERT}"'), write };
}

const env = (folder: Folder) => ({ ...ENV, TRIBUTARY_DATA: folder.file('data') });
const withToken = (target: string, token: string) => `${target}?token=${encodeURIComponent(token)}`;
const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

async function ready(service: Service): Promise<void> {
  await until(async () => (await service.get('/readyz')).ok, 'every feed to have a document');
  await until(async () => (await service.get(withToken('/feeds/quetzal/archive/', ANNA))).ok, 'the archives');
}

/** Everything that anybody finds: what is linked from the first page and what the contract names, with its headers. */
async function walk(service: Service): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const left = [
    '/',
    '/feeds/open',
    '/sources.opml',
    '/feeds.opml',
    '/credits',
    '/status',
    '/status.json',
    '/healthz',
    '/readyz',
    '/metrics',
    '/websub/x',
    '/nothing',
  ];
  for (let target = left.pop(); target !== undefined; target = left.pop()) {
    if (found.has(target)) continue;
    const response = await service.get(target);
    const text = await response.text();
    found.set(target, `${JSON.stringify([...response.headers])}\n${text}`);
    for (const [, link = ''] of text.matchAll(/(?:href|src|Url|url)=?"?:?\s?"([^"]+)"/g)) {
      const url = URL.parse(link.replaceAll('&amp;', '&'), `https://feeds.example${target}`);
      if (url?.host === 'feeds.example') left.push(`${url.pathname}${url.search}`);
    }
  }
  return found;
}

it('tells of private feeds on no page, in no list, in no header and in no line of the log', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  const { config } = await startWorld(folder, origin);
  await using service = await serve(config, env(folder));
  await ready(service);
  const found = await walk(service);
  // The walk came to the feeds and the pages that there are.
  for (const target of ['/', '/feeds/open.rss', '/feeds/open.html', '/credits.html', '/style.css'])
    expect([...found.keys()]).toContain(target);
  for (const [target, text] of found) {
    // What is polled stands on /status, whatever it is for: by the contract every source.
    const isStatus = target.startsWith('/status');
    const told = isStatus ? text.replaceAll(/hidden-source|Hidden/g, '') : text;
    expect({ target, told: TELLING.exec(told)?.[0] }).toEqual({ target, told: undefined });
  }
  // Ends with an error where a secret was told in the log, be it in an address that was asked for.
  await service.get(withToken('/feeds/quetzal.rss%00', ANNA));
  expect((await service.kill('SIGTERM')).code).toBe(0);
});

it('is as if it were not there for who has no token', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  const { config } = await startWorld(folder, origin);
  await using service = await serve(config, env(folder));
  await ready(service);
  const facts = async (target: string, headers: Record<string, string> = {}) => {
    const response = await service.get(target, headers);
    const kept = [...response.headers].filter(([name]) => name !== 'date');
    return { status: response.status, headers: kept, body: await response.text() };
  };
  const nothing = await facts('/feeds/nothing.rss');
  expect(nothing.status).toBe(404);
  const refused = [
    '',
    '?token=',
    '?token=wrong',
    `?token=${PLANTED}`,
    `?token=${PLANTED}anna`,
    `?x=${BERT}`,
    `?token=${BERT}x`,
  ];
  for (const ending of PRIVATE_PATHS)
    for (const query of refused)
      expect(await facts(`/feeds/quetzal${ending}${query}`), `${ending}${query}`).toEqual(nothing);
  for (const headers of [basic('otto', WORD), { 'if-none-match': '*' }, { authorization: `Bearer ${ANNA}` }])
    expect(await facts('/feeds/quetzal.rss', headers)).toEqual(nothing);
  expect(await facts('/feeds/%71uetzal.rss')).toEqual(nothing);
});

it('opens to each of its tokens, for the reader’s own cache alone, and names none', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  const { config, write } = await startWorld(folder, origin);
  await using service = await serve(config, env(folder));
  await ready(service);
  const archive = await (await service.get(withToken('/feeds/quetzal/archive/', ANNA))).text();
  const [, sealed = ''] = /href="(2\d{3}-\d\d)\.html"/.exec(archive) ?? [];
  const targets = [
    '.rss',
    '.atom',
    '.json',
    '.html',
    '',
    '/archive/',
    `/archive/${sealed}.rss`,
    `/archive/${sealed}.html`,
  ];
  for (const token of [ANNA, BERT])
    for (const ending of targets) {
      const target = `/feeds/quetzal${ending}`;
      const response = await service.get(withToken(target, token));
      const text = await response.text();
      expect({ target, status: response.status }).toEqual({ target, status: 200 });
      expect(text).toContain('quetzal');
      expect(text).not.toContain(PLANTED);
      expect(JSON.stringify([...response.headers])).not.toContain(PLANTED);
      expect(response.headers.get('cache-control')).toBe('private, no-cache');
      expect(response.headers.get('x-robots-tag')).toBe('noindex');
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(response.headers.get('link')).toBeNull();
      const etag = response.headers.get('etag') ?? '';
      const again = await service.get(withToken(target, token), { 'if-none-match': etag });
      expect(again.status).toBe(304);
      expect(again.headers.get('cache-control')).toBe('private, no-cache');
      expect(again.headers.get('access-control-allow-origin')).toBeNull();
      expect((await service.get(target, { 'if-none-match': etag })).status).toBe(404);
    }
  // As it was pasted into an address, with a '+' that means a space there.
  expect((await service.get(`/feeds/quetzal.rss?token=${PLANTED}anna/+%C3%A4`)).status).toBe(200);

  await write('"${BERT}"');
  await until(
    async () => (await service.get(withToken('/feeds/quetzal.rss', ANNA))).status === 404,
    'the token to be taken back',
  );
  expect((await service.get(withToken('/feeds/quetzal.rss', BERT))).status).toBe(200);
});

it('asks for a user and a password where it has some', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  const { config } = await startWorld(folder, origin);
  await using service = await serve(config, env(folder));
  await ready(service);
  const wrong = [{}, basic('otto', 'x'), basic('', ''), basic('otta', WORD), { authorization: 'Basic !' }];
  for (const ending of ['.rss', '.html', ''])
    for (const headers of wrong) {
      const response = await service.get(`/feeds/ocelot${ending}`, headers as Record<string, string>);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Basic realm="Private feed", charset="UTF-8"');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.text()).toBe('This feed needs a user and a password.\n');
    }
  const right = await service.get('/feeds/ocelot.rss', basic('otto', WORD));
  expect(right.status).toBe(200);
  expect(right.headers.get('vary')).toContain('Authorization');
  expect((await service.get(withToken('/feeds/ocelot.rss', BERT))).status).toBe(200);
});

it('takes a feed off every page at once when it becomes private, be it that new pages cannot be made', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  const { config, write } = await startWorld(folder, origin);
  await using service = await serve(config, env(folder));
  await ready(service);
  expect(await (await service.get('/')).text()).toContain('feeds/open.');
  await write('"${ANNA}"', ', access: { tokens: ["${BERT}"] }');
  await until(async () => (await service.get('/feeds/open.rss')).status === 404, 'it to be private');
  for (const target of ['/', '/credits', '/feeds.opml', '/sources.opml'])
    expect(await (await service.get(target)).text()).not.toMatch(/feeds\/open\.|Open to all/);
  // A site without a public feed has a first page all the same.
  await until(async () => (await service.get('/')).ok, 'the first page');
  expect((await service.get('/readyz')).ok).toBe(true);
  expect((await service.get(withToken('/feeds/open.rss', BERT))).status).toBe(200);
});

it('is left out of a static site unless it is asked for, and taken out of one from before', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  const { config } = await startWorld(folder, origin);
  const once = async (...more: string[]) => {
    const ended = await run(['once', '--config', config, '--out', folder.file('site'), ...more], env(folder));
    expect(ended.code).toBe(0);
    const entries = await readdir(folder.file('site'), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  };
  const isPrivate = (file: string) => /feeds\/(?:quetzal|ocelot)/.test(file);
  const included = await once('--include-private');
  expect(included.filter(isPrivate).length).toBeGreaterThan(9);
  const left = await once();
  expect(left.filter(isPrivate)).toEqual([]);
  expect(left.some((file) => file.endsWith('feeds/open.rss'))).toBe(true);
  for (const file of left) {
    const text = (await readFile(file, 'utf8')).replaceAll(/hidden-source|Hidden/g, '');
    expect({ file, told: TELLING.exec(text)?.[0] }).toEqual({ file, told: undefined });
  }
});
