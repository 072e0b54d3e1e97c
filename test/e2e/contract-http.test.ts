// What is promised of HTTP, row by row, as curl sees it: from `serve`, and from the static site of `once` behind nginx with the
// configuration that we document. The same documents, the same table; what only a service can do is said to be so.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { SECURITY_POLICY } from '../../src/model/content-security-policy.ts';
import { freePort, hasNoNginx, startNginx } from '../rig/nginx.ts';
import { ROOT, run, serve, temporaryFolder, until } from './tributary.ts';

const shell = promisify(execFile);
const accept = (value: string) => ['-H', `Accept: ${value}`];
const encoding = (value: string) => ['-H', `Accept-Encoding: ${value}`];
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
const CACHED = 'public, max-age=300, stale-while-revalidate=60, stale-if-error=86400';

interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a client holds of /feeds/city.rss. */
interface Held {
  readonly plain: string;
  readonly zipped: string;
  readonly since: string;
}

type Wanted = Readonly<Record<string, string | RegExp | undefined>>;
type Row = readonly [
  target: string,
  args: (held: Held) => string[],
  status: number,
  wanted?: Wanted,
  where?: 'serve' | undefined,
];
const none = () => [];
/** Of Debian's libnginx-mod-http-brotli-static; must be there where CI=true. */
const BROTLI = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';
const hasNoBrotli = !existsSync(BROTLI) && process.env['CI'] !== 'true';

const DOCUMENT: Wanted = {
  etag: /^"[^"]+"$/,
  'last-modified': / GMT$/,
  'cache-control': CACHED,
  vary: 'Accept-Encoding',
  'accept-ranges': 'none',
  'content-location': undefined,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': SECURITY_POLICY,
};
const FEED: Wanted = { ...DOCUMENT, 'access-control-allow-origin': '*' };
const PAGE: Wanted = { ...DOCUMENT, 'access-control-allow-origin': undefined };
const chosen = (format: string): Wanted => ({
  ...FEED,
  vary: 'Accept, Accept-Encoding',
  'content-location': `/feeds/city.${format}`,
});

const ROWS: readonly Row[] = [
  ['/', none, 200, { ...PAGE, 'content-type': 'text/html; charset=utf-8' }],
  ['/credits', none, 200, { ...PAGE, 'content-type': 'text/html; charset=utf-8' }],
  ['/status', none, 200, { 'content-type': 'text/html; charset=utf-8' }],
  ['/status.json', none, 200, { 'content-type': 'application/json' }],
  ['/sources.opml', none, 200, { ...PAGE, 'content-type': 'text/x-opml; charset=utf-8' }],
  ['/feeds.opml', none, 200, { ...PAGE, 'content-type': 'text/x-opml; charset=utf-8' }],
  ['/style.css', none, 200, { ...PAGE, 'content-type': 'text/css; charset=utf-8' }],
  ['/feeds/city.rss', none, 200, { ...FEED, 'content-type': 'application/rss+xml; charset=utf-8' }],
  ['/feeds/city.atom', none, 200, { ...FEED, 'content-type': 'application/atom+xml; charset=utf-8' }],
  ['/feeds/city.json', none, 200, { ...FEED, 'content-type': 'application/feed+json; charset=utf-8' }],
  ['/feeds/city.html', none, 200, { ...FEED, 'content-type': 'text/html; charset=utf-8' }],
  ['/feeds/city.rss?x=1', none, 200, FEED],
  ['/healthz', none, 200, {}, 'serve'],
  ['/readyz', none, 200, { 'content-type': 'application/json' }, 'serve'],

  // HTML only where text/html is listed and no feed type is; never 406
  ['/feeds/city', none, 200, chosen('rss')],
  ['/feeds/city', () => ['-H', 'Accept:'], 200, chosen('rss')],
  ['/feeds/city', () => accept(BROWSER), 200, chosen('html')],
  ['/feeds/city', () => accept('text/html'), 200, chosen('html')],
  ['/feeds/city', () => accept('application/rss+xml, text/html;q=0.9'), 200, chosen('rss')],
  ['/feeds/city', () => accept('text/html, application/atom+xml'), 200, chosen('atom')],
  ['/feeds/city', () => accept('application/feed+json'), 200, chosen('json')],
  ['/feeds/city', () => accept('image/png'), 200, chosen('rss')],
  [
    '/feeds/city',
    () => accept('application/atom+xml;q=0.1, application/rss+xml;q=0'),
    200,
    chosen('atom'),
    'serve',
  ],
  ['/feeds/city', () => ['-I', ...accept(BROWSER)], 200, chosen('html')],

  // Codings, each with an ETag of its own
  ['/feeds/city.rss', () => encoding('gzip'), 200, { ...FEED, 'content-encoding': 'gzip' }],
  [
    '/feeds/city.rss',
    () => encoding('br'),
    200,
    { ...FEED, 'content-encoding': 'br' },
    hasNoBrotli ? 'serve' : undefined,
  ],
  ['/feeds/city.rss', () => encoding('gzip;q=0'), 200, { ...FEED, 'content-encoding': undefined }],
  ['/feeds/city.rss', () => encoding('zstd'), 200, { ...FEED, 'content-encoding': undefined }],
  ['/feeds/city', () => encoding('gzip'), 200, { ...chosen('rss'), 'content-encoding': 'gzip' }],

  // Conditions
  [
    '/feeds/city.rss',
    ({ plain }) => ['-H', `If-None-Match: ${plain}`],
    304,
    { 'cache-control': CACHED, vary: 'Accept-Encoding', 'access-control-allow-origin': '*' },
  ],
  ['/feeds/city.rss', ({ plain }) => ['-I', '-H', `If-None-Match: ${plain}`], 304],
  ['/feeds/city.rss', ({ plain }) => ['-H', `If-None-Match: W/${plain}`], 304],
  ['/feeds/city.rss', ({ plain }) => ['-H', `If-None-Match: "a", W/${plain}, "b"`], 304],
  ['/feeds/city.rss', () => ['-H', 'If-None-Match: *'], 304],
  ['/feeds/city.rss', ({ zipped }) => ['-H', `If-None-Match: ${zipped}`, ...encoding('gzip')], 304],
  ['/feeds/city.rss', () => ['-H', 'If-None-Match: "old"'], 200, FEED],
  ['/feeds/city.rss', ({ zipped }) => ['-H', `If-None-Match: ${zipped}`], 304, {}, 'serve'],
  ['/feeds/city.rss', ({ since }) => ['-H', `If-Modified-Since: ${since}`], 304],
  ['/feeds/city.rss', () => ['-H', 'If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT'], 200, FEED],
  [
    '/feeds/city.rss',
    ({ since }) => ['-H', `If-Modified-Since: ${since}`, '-H', 'If-None-Match: "old"'],
    200,
    FEED,
  ],
  [
    '/feeds/city',
    ({ plain }) => ['-H', `If-None-Match: ${plain}`],
    304,
    { vary: 'Accept, Accept-Encoding', 'content-location': '/feeds/city.rss' },
  ],
  ['/feeds/city.rss', () => ['-H', 'Range: bytes=0-9'], 200, { ...FEED, 'content-range': undefined }],

  // Methods
  ['/feeds/city.rss', () => ['-I'], 200, FEED],
  ['/feeds/city.rss', () => ['-X', 'POST', '-d', 'x'], 405, { allow: /^GET, HEAD/ }],
  ['/feeds/city.rss', () => ['-X', 'PUT'], 405, { allow: /^GET, HEAD/ }],
  ['/', () => ['-X', 'DELETE'], 405, { allow: /^GET, HEAD/ }],
  ['/feeds/city.rss', () => ['-X', 'OPTIONS'], 204, { 'access-control-allow-methods': 'GET, HEAD' }, 'serve'],

  // Links; slashes too many; addresses from before; what is not there
  [
    '/feeds/city.rss',
    none,
    200,
    { link: /rel="self", <.*\/feeds\/city\.atom>; rel="alternate"; type="application\/atom\+xml"/ },
    'serve',
  ],
  ['/feeds/city/', none, 308, { location: '/feeds/city' }],
  ['/feeds/city.rss/', none, 308, { location: '/feeds/city.rss' }],
  ['/rss20.xml', none, 301, { location: '/feeds/city' }],
  ['/feeds/nothing.rss', none, 404, { 'access-control-allow-origin': undefined }],
  ['/feeds/nothing', none, 404],
  ['/nothing', none, 404],
  ['/.tributary-site', none, 404],
  ['/../etc/passwd', none, 404, {}, 'serve'],

  // Never of who asks, or through whom
  [
    '/feeds/city/',
    () => [
      '-H',
      'Host: evil.example',
      '-H',
      'X-Forwarded-Host: evil.example',
      '-H',
      'X-Forwarded-Proto: ftp',
    ],
    308,
    { location: '/feeds/city' },
  ],
];

async function curl(origin: string, target: string, args: readonly string[]): Promise<Received> {
  const command = ['-si', '--path-as-is', '--max-time', '20', ...args, `${origin}${target}`];
  const { stdout } = await shell('curl', command, { encoding: 'latin1', maxBuffer: 2 ** 26 });
  const end = stdout.indexOf('\r\n\r\n');
  const [first = '', ...lines] = stdout.slice(0, end).split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    const value = line.slice(line.indexOf(':') + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return { status: Number(first.split(' ')[1]), headers, body: stdout.slice(end + 4) };
}

async function breaches(origin: string, where: 'serve' | 'nginx'): Promise<readonly unknown[]> {
  const plain = await curl(origin, '/feeds/city.rss', []);
  const zipped = await curl(origin, '/feeds/city.rss', encoding('gzip'));
  const held: Held = {
    plain: plain.headers['etag'] ?? '',
    zipped: zipped.headers['etag'] ?? '',
    since: plain.headers['last-modified'] ?? '',
  };
  const wrong: unknown[] = held.plain === held.zipped ? ['one ETag for two codings'] : [];
  for (const [target, argsOf, status, wanted = {}, only] of ROWS) {
    if (only === 'serve' && where !== 'serve') continue;
    const args = argsOf(held);
    const received = await curl(origin, target, args);
    const row = { where, target, args };
    if (received.status !== status) wrong.push({ ...row, wanted: status, seen: received.status });
    for (const [name, value] of Object.entries(wanted)) {
      const seen = received.headers[name];
      const isRight = value instanceof RegExp ? value.test(seen ?? '') : seen === value;
      if (!isRight) wrong.push({ ...row, name, wanted: String(value), seen });
    }
    const isWithoutBody = status === 304 || args.includes('-I');
    if (isWithoutBody && received.body !== '') wrong.push({ ...row, body: received.body });
    if (/evil\.example/.test(JSON.stringify(received))) wrong.push({ ...row, reflected: true });
  }
  return wrong;
}

/** The samples, with an address from before. */
async function configuration(): Promise<string> {
  const text = await readFile(path.join(ROOT, 'config/tributary.yaml'), 'utf8');
  return `${text.replaceAll(/(?:\.\/)?samples\//g, `${ROOT}/config/samples/`)}\nredirects: { /rss20.xml: city }\n`;
}

it('keeps every row, as a service', async () => {
  await using folder = await temporaryFolder();
  const config = await folder.write('tributary.yaml', await configuration());
  await using service = await serve(config, { TRIBUTARY_DATA: folder.file('data') });
  await until(async () => (await service.get('/readyz')).ok, 'every feed to have a document');
  expect(await breaches(service.url, 'serve')).toEqual([]);
});

it.skipIf(hasNoNginx)('keeps every row that files can, as a static site behind nginx', async () => {
  await using folder = await temporaryFolder();
  const config = await folder.write('tributary.yaml', await configuration());
  const site = folder.file('site');
  await run(['once', '--config', config, '--out', site, '--compress'], {
    TRIBUTARY_DATA: folder.file('data'),
  });
  const documented = await readFile(path.join(ROOT, 'docs/nginx.conf'), 'utf8');
  const port = await freePort();
  const text = documented
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('#brotli_static', hasNoBrotli ? '#' : 'brotli_static')
    .replace('/srv/planet;', `${site};`);
  await using _nginx = await startNginx({ main: hasNoBrotli ? '' : `load_module ${BROTLI};`, http: text });
  expect(await breaches(`http://127.0.0.1:${port}`, 'nginx')).toEqual([]);
});
