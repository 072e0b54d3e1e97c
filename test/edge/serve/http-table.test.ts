// What is served, row by row, as curl sees it.
import { expect, test } from 'vitest';
import { curl, DOCUMENTS, LAST_MODIFIED, type Received, startRig } from './serve-rig.ts';

const accept = (value: string) => ['-H', `Accept: ${value}`];
const encoding = (value: string) => ['-H', `Accept-Encoding: ${value}`];
const ifNoneMatch = (value: string) => ['-H', `If-None-Match: ${value}`];
const since = (value: string) => ['-H', `If-Modified-Since: ${value}`];
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

const TYPES = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
  html: 'text/html',
};
type Format = keyof typeof TYPES;

/** Of the feed `city`: its hubs, itself, and the same in the other formats. */
const linksOf = (format: Format) =>
  [
    '<https://hub.example/>; rel="hub"',
    '<https://other.example/hub>; rel="hub"',
    `<https://feeds.example/feeds/city.${format}>; rel="self"`,
    ...(Object.keys(TYPES) as Format[])
      .filter((other) => other !== format)
      .map((other) => `<https://feeds.example/feeds/city.${other}>; rel="alternate"; type="${TYPES[other]}"`),
  ].join(', ');

/** Path, curl's arguments, status, and headers that must be so (undefined: absent). */
type Row = [string, string[], number, Record<string, string | undefined>];

const rows: Row[] = [
  // Documents by path
  ['/', [], 200, { 'content-type': 'text/html; charset=utf-8', etag: '"index.html"' }],
  ['/?x=1', [], 200, { etag: '"index.html"' }],
  ['/index.html', [], 200, { etag: '"index.html"' }],
  ['/credits', [], 200, { etag: '"credits.html"' }],
  ['/credits.html', [], 200, { etag: '"credits.html"' }],
  ['/style.css', [], 200, { 'content-type': 'text/css; charset=utf-8' }],
  ['/sources.opml', [], 200, { 'content-type': 'text/x-opml; charset=utf-8' }],
  ['/feeds/city.rss', [], 200, { 'content-type': 'application/rss+xml; charset=utf-8' }],
  ['/feeds/city.atom', [], 200, { 'content-type': 'application/atom+xml; charset=utf-8' }],
  ['/feeds/city.json', [], 200, { 'content-type': 'application/feed+json' }],
  ['/feeds/city.html', [], 200, { 'content-type': 'text/html; charset=utf-8' }],
  ['/feeds/%63ity.rss', [], 200, { etag: '"feeds-city.rss"' }],
  ['/feeds/city.rss?x=2&token=%zz', [], 200, { etag: '"feeds-city.rss"' }],

  // Search engines
  ['/feeds/half.atom', [], 200, { 'x-robots-tag': 'noindex' }],
  ['/feeds/half', [], 200, { 'x-robots-tag': 'noindex' }],
  ['/feeds/half.atom', ifNoneMatch('"feeds-half.atom"'), 304, { 'x-robots-tag': 'noindex' }],
  ['/feeds/city.atom', [], 200, { 'x-robots-tag': undefined }],
  ['/', [], 200, { 'x-robots-tag': undefined }],

  // Links
  ['/feeds/city.atom', [], 200, { link: linksOf('atom') }],
  ['/feeds/city.atom', ['-I'], 200, { link: linksOf('atom') }],
  ['/feeds/city', accept('application/feed+json'), 200, { link: linksOf('json') }],
  ['/feeds/half.atom', [], 200, { link: '<https://feeds.example/feeds/half.atom>; rel="self"' }],
  ['/feeds/city.atom', ifNoneMatch('*'), 304, { link: undefined }],
  ['/', [], 200, { link: undefined }],

  // Negotiated
  ['/feeds/city', [], 200, { 'content-location': '/feeds/city.rss', vary: 'Accept, Accept-Encoding' }],
  ['/feeds/city', ['-H', 'Accept:'], 200, { 'content-location': '/feeds/city.rss' }],
  ['/feeds/city', accept(BROWSER), 200, { 'content-location': '/feeds/city.html' }],
  ['/feeds/city', accept('application/atom+xml'), 200, { 'content-location': '/feeds/city.atom' }],
  ['/feeds/city', accept('application/feed+json'), 200, { 'content-location': '/feeds/city.json' }],
  ['/feeds/city', accept('image/png'), 200, { 'content-location': '/feeds/city.rss' }],
  ['/feeds/half', [], 200, { 'content-location': '/feeds/half.atom' }],
  ['/feeds/city', ['-I'], 200, { 'content-location': '/feeds/city.rss' }],
  ['/feeds/city', ifNoneMatch('"feeds-city.rss"'), 304, { 'content-location': '/feeds/city.rss' }],
  ['/feeds/city', ifNoneMatch('"feeds-city.atom"'), 200, { etag: '"feeds-city.rss"' }],
  ['/feeds/city.rss', accept('text/html'), 200, { 'content-location': undefined, vary: 'Accept-Encoding' }],

  // Codings
  ['/feeds/city.rss', encoding('gzip'), 200, { 'content-encoding': 'gzip', etag: '"feeds-city.rss-gzip"' }],
  ['/feeds/city.rss', encoding('br'), 200, { 'content-encoding': 'br', etag: '"feeds-city.rss-br"' }],
  ['/feeds/city.rss', encoding('gzip, deflate, br, zstd'), 200, { 'content-encoding': 'br' }],
  ['/feeds/city.rss', encoding('br;q=0.1, gzip'), 200, { 'content-encoding': 'gzip' }],
  ['/feeds/city.rss', encoding('gzip;q=0'), 200, { 'content-encoding': undefined }],
  ['/feeds/city.rss', encoding('identity;q=0, *'), 200, { 'content-encoding': 'br' }],
  ['/feeds/city.rss', encoding('identity;q=0'), 200, { 'content-encoding': undefined }],
  ['/tiny.txt', encoding('gzip'), 200, { 'content-encoding': undefined, 'content-length': '4' }],

  // Another coding of the same content is held: the client may keep it, and is told which
  [
    '/feeds/city.rss',
    [...ifNoneMatch('"feeds-city.rss-gzip"'), ...encoding('br')],
    304,
    { etag: '"feeds-city.rss-gzip"' },
  ],
  [
    '/feeds/city.rss',
    [...ifNoneMatch('"feeds-city.rss-br"'), ...encoding('gzip')],
    304,
    { etag: '"feeds-city.rss-br"' },
  ],
  ['/tiny.txt', ifNoneMatch('"tiny.txt-gzip"'), 304, { etag: '"tiny.txt-gzip"' }],

  // A slash too many or too few
  ['/feeds/city/', [], 308, { location: '/feeds/city' }],
  ['/feeds/city.rss/', [], 308, { location: '/feeds/city.rss' }],
  ['/feeds/city.rss//', [], 308, { location: '/feeds/city.rss' }],
  ['/credits/', ['-I'], 308, { location: '/credits' }],

  // Addresses from before
  ['/rss20.xml', [], 301, { location: '/feeds/city.rss', 'cache-control': 'no-store' }],
  ['/rss20.xml?x=1', [], 301, { location: '/feeds/city.rss' }],
  ['/planet/', ['-I'], 301, { location: '/' }],
  ['/credits', [], 200, {}],

  // Conditions
  ['/feeds/city.rss', ifNoneMatch('"feeds-city.rss"'), 304, { etag: '"feeds-city.rss"' }],
  ['/feeds/city.rss', ifNoneMatch('W/"feeds-city.rss"'), 304, {}],
  ['/feeds/city.rss', ifNoneMatch('"a,b", W/"feeds-city.rss" , "c"'), 304, {}],
  ['/feeds/city.rss', ifNoneMatch('*'), 304, { etag: '"feeds-city.rss"' }],
  ['/feeds/city.rss', ifNoneMatch('"feeds-city.rss-gzip"'), 304, { etag: '"feeds-city.rss-gzip"' }],
  ['/feeds/city.rss', [...ifNoneMatch('"feeds-city.rss-gzip"'), ...encoding('gzip')], 304, {}],
  ['/feeds/city.rss', ifNoneMatch('"old"'), 200, {}],
  ['/feeds/city.rss', ifNoneMatch('"old, \\"feeds-city.rss\\"'), 200, {}],
  ['/feeds/city.rss', [...ifNoneMatch('"old"'), ...ifNoneMatch('"feeds-city.rss"')], 304, {}],
  ['/feeds/city.rss', ['-I', ...ifNoneMatch('*')], 304, {}],
  ['/feeds/city.rss', since(LAST_MODIFIED), 304, { 'last-modified': LAST_MODIFIED }],
  ['/feeds/city.rss', since('Wed, 04 Mar 2026 05:06:08 GMT'), 304, {}],
  ['/feeds/city.rss', since('Wed, 04 Mar 2026 05:06:06 GMT'), 200, {}],
  ['/feeds/city.rss', since('Wednesday, 04-Mar-26 05:06:07 GMT'), 304, {}],
  ['/feeds/city.rss', since('Wed Mar  4 05:06:07 2026'), 304, {}],
  ['/feeds/city.rss', since('9999'), 200, {}],
  ['/feeds/city.rss', since('yesterday'), 200, {}],
  ['/feeds/city.rss', [...ifNoneMatch('"old"'), ...since(LAST_MODIFIED)], 200, {}],
  [
    '/feeds/city.rss',
    ['-H', 'Range: bytes=0-3'],
    200,
    { 'accept-ranges': 'none', 'content-range': undefined },
  ],

  // Our own texts
  ['/healthz', [], 200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }],
  ['/readyz', [], 503, { 'content-type': 'application/json', 'retry-after': '10' }],
  ['/feeds/soon.rss', [], 503, { 'retry-after': '10', 'access-control-allow-origin': '*' }],
  ['/feeds/soon', accept(BROWSER), 503, { 'retry-after': '10' }],
  ['/feeds/half.rss', [], 503, { 'retry-after': '10' }],
  ['/feeds/other.rss', [], 404, { 'retry-after': undefined }],
  ['/feeds/other', [], 404, {}],
  ['/feeds/city.pdf', [], 404, {}],
  ['/feeds/soon/', [], 404, {}],
  ['/nothing', [], 404, {}],

  // Methods
  ['/feeds/city.rss', ['-X', 'POST', '-d', 'x=1'], 405, { allow: 'GET, HEAD, OPTIONS', connection: 'close' }],
  ['/feeds/city.rss', ['-X', 'PUT'], 405, { allow: 'GET, HEAD, OPTIONS' }],
  ['/nothing', ['-X', 'DELETE'], 405, {}],
  ['/', ['-X', 'TRACE'], 405, {}],
  ['/', ['-X', 'OPTIONS'], 204, { allow: 'GET, HEAD, OPTIONS', 'access-control-allow-origin': undefined }],
  [
    '/feeds/city.rss',
    ['-X', 'OPTIONS', '-H', 'Origin: https://a.example', '-H', 'Access-Control-Request-Method: GET'],
    204,
    { 'access-control-allow-origin': '*', 'access-control-allow-methods': 'GET, HEAD' },
  ],

  // Addresses that are none of ours
  ['/../etc/passwd', [], 404, {}],
  ['/feeds/../../etc/passwd', [], 404, {}],
  ['/%2e%2e/%2e%2e/etc/passwd', [], 404, {}],
  ['//feeds/city.rss', [], 404, {}],
  ['/__proto__', [], 404, {}],
  ['/feeds/constructor', [], 404, {}],
  ['/feeds/city%00.rss', [], 400, {}],
  ['/feeds/city%0d%0aX-Injected:1', [], 400, {}],
  ['/..%5c..%5cetc', [], 400, {}],
  ['/%zz', [], 400, {}],
  ['/%ff', [], 400, {}],
  [`/${'a'.repeat(5_000)}`, [], 414, {}],
  [`/?${'a'.repeat(5_000)}`, [], 414, {}],
];

test('answers every row of the table', async () => {
  const rig = await startRig();
  const wrong: unknown[] = [];
  for (const [path, args, status, headers] of rows) {
    const received = await curl(rig, path, args);
    const seen = Object.fromEntries(Object.keys(headers).map((name) => [name, received.headers[name]]));
    const row = { path: path.slice(0, 60), args };
    if (received.status !== status) wrong.push({ ...row, wanted: status, seen: received.status });
    for (const [name, value] of Object.entries(headers)) {
      if (seen[name] !== value) wrong.push({ ...row, name, wanted: value, seen: seen[name] });
    }
    if (received.status === 304 && received.body !== '') wrong.push({ ...row, body: received.body });
  }
  expect(wrong).toEqual([]);
  expect(rig.logged).toEqual([]);
});

test('sends the very bytes of each document, plain and compressed', async () => {
  const rig = await startRig();
  for (const document of DOCUMENTS) {
    const plain = await curl(rig, `/${document.path}`);
    expect(plain.body).toBe(Buffer.from(document.body).toString('latin1'));
    if (document.gzip.byteLength >= document.body.byteLength) continue;
    const zipped = await curl(rig, `/${document.path}`, encoding('gzip'));
    expect(zipped.body).toBe(Buffer.from(document.gzip).toString('latin1'));
  }
});

test('says the same of a document to HEAD as to GET, and sends no body', async () => {
  const rig = await startRig();
  const paths = [
    '/',
    '/feeds/city.rss',
    '/feeds/city',
    '/feeds/soon',
    '/nothing',
    '/healthz',
    '/readyz',
    '/%zz',
  ];
  const withoutDate = ({ status, headers }: Received) => ({ status, headers: { ...headers, date: '' } });
  for (const path of paths) {
    for (const coding of ['identity', 'gzip']) {
      const got = await curl(rig, path, encoding(coding));
      const asked = await curl(rig, path, ['-I', ...encoding(coding)]);
      expect(withoutDate(asked)).toEqual(withoutDate(got));
      expect(asked.body).toBe('');
      expect(got.headers['content-length']).toBe(String(got.body.length));
    }
  }
});

test('repeats with 304 what caches update, and nothing of the body', async () => {
  const rig = await startRig();
  const full = await curl(rig, '/feeds/city.rss');
  const held = await curl(rig, '/feeds/city.rss', ifNoneMatch('*'));
  for (const name of ['etag', 'last-modified', 'cache-control', 'vary', 'access-control-allow-origin']) {
    expect(held.headers[name], name).toBe(full.headers[name]);
    expect(full.headers[name], name).toBeDefined();
  }
  for (const name of ['content-length', 'content-type', 'content-encoding', 'transfer-encoding']) {
    expect(held.headers[name], name).toBeUndefined();
  }
});

test('lets caches keep documents for minutes, and our own texts not at all', async () => {
  const rig = await startRig();
  expect((await curl(rig, '/feeds/city.rss')).headers['cache-control']).toBe(
    'public, max-age=300, stale-while-revalidate=60, stale-if-error=86400',
  );
  for (const path of ['/nothing', '/feeds/soon', '/readyz', '/%zz']) {
    expect((await curl(rig, path)).headers['cache-control']).toBe('no-store');
  }
});

test('opens feeds, and nothing else, to scripts of other origins', async () => {
  const rig = await startRig();
  for (const { path } of DOCUMENTS) {
    const { headers } = await curl(rig, `/${path}`);
    expect(headers['access-control-allow-origin'], path).toBe(path.startsWith('feeds/') ? '*' : undefined);
  }
});

test('forbids every document, and every text of ours, to run, load or send anything', async () => {
  const rig = await startRig();
  const paths = [...DOCUMENTS.map(({ path }) => `/${path}`), '/nothing', '/feeds/soon', '/healthz'];
  for (const path of paths) {
    const { headers } = await curl(rig, path);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['content-security-policy']?.split('; ')).toEqual([
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      "img-src 'self' https:",
      'media-src https:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
  }
});

test('says in a few words that it is alive, and which feeds it lacks', async () => {
  const rig = await startRig();
  expect((await curl(rig, '/healthz')).body).toBe('ok\n');
  expect(JSON.parse((await curl(rig, '/readyz')).body)).toEqual({ ready: false, missing: ['soon'] });
  const ready = await startRig({ readiness: () => ({ ready: true, missing: [] }) });
  const answer = await curl(ready, '/readyz');
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toEqual({ ready: true, missing: [] });
});

test('asks to try again shortly where nothing is published yet', async () => {
  const rig = await startRig({ site: () => new Map() });
  for (const path of ['/', '/feeds/city.rss', '/feeds/city', '/feeds/city.html']) {
    const answer = await curl(rig, path);
    expect([answer.status, answer.headers['retry-after']], path).toEqual([503, '10']);
    expect(answer.body).toMatch(/^Not published yet: .{20,120}\n$/);
  }
  expect((await curl(rig, '/style.css')).status).toBe(404);
});

test('answers under the path of the public URL and, behind a proxy that takes it off, without', async () => {
  const rig = await startRig({ basePath: () => '/planet/' });
  for (const path of ['/planet/feeds/city', '/feeds/city']) {
    expect((await curl(rig, path)).headers['content-location']).toBe('/planet/feeds/city.rss');
  }
  for (const path of ['/planet/', '/', '/planet/healthz', '/planet/feeds/city.rss']) {
    expect((await curl(rig, path)).status, path).toBe(200);
  }
  expect((await curl(rig, '/planet/feeds/soon.rss')).status).toBe(503);
  expect((await curl(rig, '/planetfeeds/city.rss')).status).toBe(404);
  const bare = await curl(rig, '/planet');
  expect([bare.status, bare.headers['location']]).toEqual([308, '/planet/']);
});

test('never repeats Host or forwarded headers', async () => {
  const rig = await startRig();
  const args = [
    'Host: evil.example',
    'X-Forwarded-Host: evil.example',
    'X-Forwarded-Proto: https',
    'Forwarded: host=evil.example',
  ];
  for (const path of ['/', '/feeds/city', '/feeds/soon', '/nothing', '/readyz']) {
    const plain = await curl(rig, path);
    const forged = await curl(
      rig,
      path,
      args.flatMap((header) => ['-H', header]),
    );
    expect({ ...forged.headers, date: '' }).toEqual({ ...plain.headers, date: '' });
    expect(forged.body).toBe(plain.body);
  }
});
