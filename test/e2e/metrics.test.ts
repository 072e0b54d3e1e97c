// What Prometheus is told of a service that runs, and where: beside the feeds, or on a port of its own.
import { describe, expect, it } from 'vitest';
import { rss, startOrigin } from './origin.ts';
import { freePort, PLANTED, run, type Service, serve, temporaryFolder, until } from './tributary.ts';

/** Samples by name and labels, as in `tributary_polls_total{kind="source",…}`. */
async function scrape(url: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

describe('/metrics', () => {
  it('has what the log has: polls, items, bytes, store calls, publishes, requests; and nothing of anybody', async () => {
    await using origin = await startOrigin();
    await using folder = await temporaryFolder();
    const document = rss('Good', [
      { guid: '1', title: 'One' },
      { guid: '2', title: 'Two' },
    ]);
    origin.publish('/good', document);
    const file = await folder.write(
      'tributary.yaml',
      `network: { allow: [127.0.0.1], perHost: { concurrency: 2, gap: 0s } }
sources:
  - { id: good-source, url: "${origin.url}/good", every: 1h }
  - { id: missing-source, url: "${origin.url}/missing?token=\${TOKEN}", every: 1h }
feeds: [{ id: city-feed, title: All }]
`,
    );
    await using service = await serve(file, {
      TRIBUTARY_DATA: folder.file('data'),
      TOKEN: `${PLANTED}token`,
    });
    const publishes = () => service.log().filter(({ event }) => event === 'publish');
    await until(() => service.polls('missing-source').length > 0 && publishes().length > 0, 'a publish');
    await service.get('/feeds/city-feed.rss?token=pl4nted-other');
    await service.get('/feeds/city-feed.rss', { 'if-none-match': '*' });
    for (let index = 0; index < 100; index += 1) await service.get(`/no/such/page${index}?y=${index}`);

    const samples = await scrape(service.url);
    expect(Object.fromEntries(samples)).toMatchObject({
      'tributary_polls_total{kind="source",outcome="updated",reason=""}': 1,
      'tributary_polls_total{kind="source",outcome="failed",reason="not-found"}': 1,
      tributary_poll_duration_seconds_count: 2,
      tributary_poll_lag_seconds_count: 2,
      tributary_new_items_total: 2,
      tributary_items: 2,
      tributary_received_bytes_total: document.length,
      'tributary_sources{health="ok"}': 1,
      'tributary_sources{health="failing"}': 1,
      'tributary_publishes_total{outcome="published"}': publishes().length,
      'tributary_documents{format="rss"}': 1,
      'tributary_store_calls_total{verb="commit_edition",outcome="committed"}': publishes().length,
      'tributary_http_requests_total{route="feed",status="200"}': 1,
      'tributary_http_requests_total{route="feed",status="304"}': 1,
      'tributary_http_requests_total{route="other",status="404"}': 100,
      tributary_store_up: 1,
      tributary_config_valid: 1,
    });
    expect(samples.get('tributary_newest_edition_timestamp_seconds')).toBeGreaterThan(Date.now() / 1000 - 60);
    const told = [...samples.keys()].join('\n');
    expect(told).not.toMatch(/good-source|missing-source|city-feed|no\/such|pl4nted|127\.0\.0\.1/);
  });
});

describe('server.admin', () => {
  const get = async (url: string) => (await fetch(url, { redirect: 'manual' })).status;

  it('has the status and the metrics to itself; health is told on both', async () => {
    await using folder = await temporaryFolder();
    const port = await freePort();
    await folder.write('a.xml', rss('A', [{ guid: '1', title: 'One' }]));
    const file = await folder.write(
      'tributary.yaml',
      `server: { publicUrl: https://feeds.example/planet/, admin: { port: ${port} } }
sources: [{ id: a, url: ./a.xml }]\nfeeds: [{ id: all, title: All }]\n`,
    );
    const env = { TRIBUTARY_DATA: folder.file('data') };
    await using service = await serve(file, env);
    await until(async () => (await service.get('/readyz')).ok, 'the feed');
    const admin = `http://127.0.0.1:${port}`;
    const paths = ['/status', '/status.html', '/status.json', '/metrics', '/planet/status'];
    for (const path of paths) expect([path, (await service.get(path)).status]).toEqual([path, 404]);
    for (const path of paths.slice(0, 4)) expect([path, await get(admin + path)]).toEqual([path, 200]);
    for (const path of ['/healthz', '/readyz', '/style.css', '/feeds/all.rss'])
      expect([path, await get(admin + path), (await service.get(path)).status]).toEqual([path, 200, 200]);
    expect((await scrape(admin)).get('tributary_http_requests_total{route="metrics",status="200"}')).toBe(1);
    expect(await run(['health', '--config', file], { ...env, PORT: portOf(service) })).toMatchObject({
      code: 0,
    });
    expect(await service.kill('SIGTERM')).toMatchObject({ code: 0 });
  });

  it('that is taken ends the start, and says which key to change', async () => {
    await using folder = await temporaryFolder();
    await using other = await startOrigin();
    const file = await folder.write(
      'tributary.yaml',
      `server: { admin: { port: ${new URL(other.url).port} } }
sources: [{ id: a, url: ./a.xml }]\nfeeds: [{ id: all, title: All }]\n`,
    );
    const ended = await run(['serve', '--config', file], { TRIBUTARY_DATA: folder.file('data'), PORT: '0' });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('choose another with server.admin.port');
  });
});

function portOf(service: Service): string {
  return new URL(service.url).port;
}
