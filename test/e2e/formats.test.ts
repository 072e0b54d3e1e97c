// What publishers' servers really send, over HTTP: each format, encoding, coding and redirect comes out as the same kind of item.
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readWithFeedsmith } from '../oracles/readers.ts';
import { rss, startOrigin } from './origin.ts';
import { run, temporaryFolder } from './tributary.ts';

const DATE = 'Fri, 20 Nov 2026 10:00:00 GMT';

function oneItem(title: string): string {
  return rss(`Site of ${title}`, [{ guid: title, title, link: 'https://site.example/post', date: DATE }]);
}

const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:feed</id><title>Site of atom</title><updated>2026-11-20T10:00:00Z</updated>
<entry><id>urn:x:1</id><title>atom</title><link href="/post"/><published>2026-11-20T10:00:00Z</published><updated>2026-11-20T10:00:00Z</updated><author><name>Ann</name></author></entry></feed>`;
const RDF = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:when="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://rdf.example/"><title>Site of rdf</title><link>https://rdf.example/</link></channel>
<item rdf:about="https://rdf.example/1"><title>rdf</title><link>https://rdf.example/1</link><when:date>2026-11-20T11:00:00+01:00</when:date></item></rdf:RDF>`;
const JSON_FEED = JSON.stringify({
  version: 'https://jsonfeed.org/version/1',
  title: 'Site of json',
  items: [{ id: 42, title: 'json', content_text: 'a < b', date_published: '2026-11-20T10:00:00Z' }],
});

interface Sent {
  readonly title: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const declared = (encoding: string, title: string) =>
  oneItem(title).replace('encoding="utf-8"', `encoding="${encoding}"`);

const ANSWERS: Readonly<Record<string, Sent>> = {
  rss: { title: 'rss', body: oneItem('rss') },
  atom: { title: 'atom', body: ATOM, headers: { 'content-type': 'text/plain' } },
  rdf: { title: 'rdf', body: RDF, headers: { 'content-type': 'application/octet-stream' } },
  json: { title: 'json', body: JSON_FEED, headers: { 'content-type': 'application/json' } },
  latin: {
    title: 'Café “naïf”',
    body: Buffer.from(
      declared('windows-1252', 'Café “naïf”').replaceAll('“', '\x93').replaceAll('”', '\x94'),
      'latin1',
    ),
  },
  lie: {
    title: 'Grüße 東京',
    body: oneItem('Grüße 東京'),
    headers: { 'content-type': 'text/xml; charset=iso-8859-1' },
  },
  utf16: { title: 'UTF-16 é', body: Buffer.from(`\ufeff${declared('utf-16', 'UTF-16 é')}`, 'utf16le') },
  gzip: { title: 'gzip', body: gzipSync(oneItem('gzip')), headers: { 'content-encoding': 'gzip' } },
  brotli: {
    title: 'brotli',
    body: brotliCompressSync(oneItem('brotli')),
    headers: { 'content-encoding': 'br' },
  },
  target: { title: 'redirected', body: oneItem('redirected') },
};

it('reads each format, encoding, coding and redirect', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  for (const [name, { body, headers }] of Object.entries(ANSWERS)) {
    origin.on(`/${name}`, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/rss+xml', ...headers }).end(body);
    });
  }
  origin.on('/moved', (_request, response) => void response.writeHead(301, { location: '/again' }).end());
  origin.on('/again', (_request, response) => void response.writeHead(307, { location: 'target' }).end());
  const names = Object.keys(ANSWERS).map((name) => (name === 'target' ? 'moved' : name));
  const sources = names.map((name) => `  - { id: ${name}, url: '${origin.url}/${name}' }`);
  const config = await folder.write(
    'tributary.yaml',
    `network: { allow: [127.0.0.1], perHost: { gap: 0s } }
sources:\n${sources.join('\n')}\nfeeds: [{ id: all, title: All, deduplicate: { by: [id] } }]\n`,
  );
  const { code, stderr } = await run(['once', '--config', config, '--out', folder.file('site')], {
    TRIBUTARY_DATA: folder.file('data'),
  });
  expect({
    code,
    polls: stderr.split('\n').filter((line) => / +updated +1 +1$/.test(line)).length,
  }).toEqual({
    code: 0,
    polls: names.length,
  });
  const titles = Object.values(ANSWERS).map(({ title }) => title);
  for (const format of ['rss', 'atom', 'json']) {
    const items = readWithFeedsmith(await readFile(folder.file(`site/feeds/all.${format}`), 'utf8'));
    expect(items.map((item) => item.title).toSorted(), format).toEqual(titles.toSorted());
    expect(new Set(items.map((item) => item.id)).size).toBe(titles.length);
  }
});
