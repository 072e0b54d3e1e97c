// One source of several is down, slow or sends something else: it costs itself only.
import { describe, expect, it } from 'vitest';
import { type Origin, rss, startOrigin } from './origin.ts';
import { type Folder, type Service, serve, temporaryFolder, until } from './tributary.ts';

const post = (site: string, n: number) => ({
  guid: `${site}-${n}`,
  title: `${site} ${n}`,
  link: `https://${site}.example/${n}`,
});

async function serveThree(folder: Folder, origin: Origin): Promise<Service> {
  const sources = ['one', 'two', 'three'].map((id) => `{ id: ${id}, url: '${origin.url}/${id}', every: 1s }`);
  const config = await folder.write(
    'tributary.yaml',
    `network: { allow: [127.0.0.1], timeout: 2s, perHost: { concurrency: 3, gap: 0s } }
sources: [${sources.join(', ')}]
feeds: [{ id: all, title: All }]
`,
  );
  return serve(config, { TRIBUTARY_DATA: folder.file('data') });
}

async function titles(service: Service): Promise<readonly string[]> {
  const answer = await service.get('/feeds/all.json');
  if (!answer.ok) return [];
  const { items } = (await answer.json()) as { items: { title: string }[] };
  return items.map((item) => item.title).sort();
}

describe.each<[string, string, (origin: Origin) => void]>([
  ['is down', 'connect', (origin) => origin.on('/two', (request) => void request.socket.destroy())],
  ['never answers', 'timeout', (origin) => origin.on('/two', () => undefined)],
  [
    'sends its body for ever',
    'timeout',
    (origin) => origin.on('/two', (_request, response) => drip(response)),
  ],
  [
    'sends a page',
    'not-a-feed',
    (origin) => origin.publish('/two', '<!doctype html><title>Log in</title><p>Please log in', 'text/html'),
  ],
  [
    'sends a server error',
    'server-error',
    (origin) =>
      origin.on('/two', (_request, response) => void response.writeHead(500).end('SQLSTATE[HY000]')),
  ],
])('a source that %s', (_what, reason, break_) => {
  it('keeps its items, while the others go on, and one log line says why', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    for (const id of ['one', 'two', 'three']) origin.publish(`/${id}`, rss(id, [post(id, 1)]));
    await using service = await serveThree(folder, origin);
    await until(async () => (await titles(service)).length === 3, 'all three to be published');

    break_(origin);
    await until(
      () => service.polls('two').some((line) => line['outcome'] === 'failed'),
      'the broken source to fail',
    );
    origin.publish('/one', rss('one', [post('one', 2), post('one', 1)]));
    origin.publish('/three', rss('three', [post('three', 2), post('three', 1)]));
    await until(async () => (await titles(service)).length === 5, 'the others to be published');

    expect(await titles(service)).toEqual(['one 1', 'one 2', 'three 1', 'three 2', 'two 1']);
    const failed = service.polls('two').filter((line) => line['outcome'] === 'failed');
    const polled = service.polls('two').length - 1;
    expect(failed.length).toBeLessThanOrEqual(polled);
    for (const line of failed) {
      expect(line).toMatchObject({ level: 'warn' });
      expect([reason, 'truncated', 'bad-response']).toContain(line['reason']);
      expect(line['message']).toEqual(expect.any(String));
    }
    expect(failed.some((line) => line['reason'] === reason || reason === 'connect')).toBe(true);
    const leak = /SQLSTATE|ECONNREFUSED|node_modules|\.ts:|at \//;
    for (const format of ['rss', 'atom', 'json', 'html']) {
      expect(await (await service.get(`/feeds/all.${format}`)).text()).not.toMatch(leak);
    }
  });
});

function drip(response: import('node:http').ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/rss+xml' });
  const timer = setInterval(() => response.write('<'), 100);
  response.on('close', () => clearInterval(timer));
}
