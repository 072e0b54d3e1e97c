// The store's server is away, silent, or breaks off, at the start and later. A reader must not be able to tell.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgresPlace } from '../contract/postgres-place.ts';
import { createRedisPlace, plainClient } from '../contract/redis-place.ts';
import { POSTGRES_URL, REDIS_URL, serverOf, through, whyWithout } from '../contract/store-servers.ts';
import { type ProxyMode, startTcpProxy, type TcpProxy } from '../rig/tcp-proxy.ts';
import { type Origin, rss, startOrigin } from './origin.ts';
import { type Folder, PLANTED, run, type Service, serve, temporaryFolder, until } from './tributary.ts';

const PASSWORD = `${PLANTED}store`;
const MODES: readonly ProxyMode[] = ['refuse', 'black-hole', 'reset-mid-reply', 'slow', 'mute', 'deaf'];
const SILENT: readonly ProxyMode[] = ['black-hole', 'slow', 'mute', 'deaf'];
const REQUESTS = 40;
const LEAK = /SQLSTATE|ECONNREFUSED|redis|postgres|127\.0\.0\.1:\d+|store-|node_modules|\.ts:|at \//i;

interface Place {
  readonly url: string;
  remove(): Promise<void>;
}

/** A user who may touch nothing but our keys, and whose password must show nowhere. */
async function redisPlace(): Promise<Place> {
  const place = await createRedisPlace();
  const user = place.prefix.slice(0, -1);
  const client = plainClient();
  await client.call('ACL', [
    'SETUSER',
    user,
    'on',
    `>${PASSWORD}`,
    `~${place.prefix}*`,
    '+@all',
    '-@dangerous',
  ]);
  const url = new URL(place.url);
  Object.assign(url, { username: user, password: PASSWORD });
  return {
    url: url.href,
    async remove() {
      await client.call('ACL', ['DELUSER', user]);
      client.disconnect();
      await place.remove();
    },
  };
}

describe.each([
  ['redis', redisPlace, await whyWithout(REDIS_URL, 'TRIBUTARY_TEST_REDIS')],
  ['postgres', createPostgresPlace, await whyWithout(POSTGRES_URL, 'TRIBUTARY_TEST_POSTGRES')],
] as const)('a store in %s', (_, createPlace, missing) => {
  describe.skipIf(missing)(missing ?? 'on a server', () => {
    let place: Place;
    let proxy: TcpProxy;
    let origin: Origin;
    let folder: Folder;
    beforeAll(async () => {
      place = await createPlace();
      proxy = await startTcpProxy({ targetPort: serverOf(place.url).port });
      origin = await startOrigin();
      folder = await temporaryFolder();
    });
    afterAll(async () => {
      await origin[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
      await place.remove();
      await folder[Symbol.asyncDispose]();
    });

    const environment = () => ({
      TRIBUTARY_DATA: folder.file('data'),
      TRIBUTARY_STORE: through(place.url, proxy.port),
    });

    async function writeConfig(): Promise<string> {
      return folder.write(
        'tributary.yaml',
        `server: { publicUrl: 'http://feeds.test/' }
network: { allow: [127.0.0.1], perHost: { gap: 0s } }
sources: [{ id: one, url: '${origin.url}/one', every: 1s }]
feeds: [{ id: all, title: All }]
`,
      );
    }

    async function start(): Promise<Service> {
      return serve(await writeConfig(), environment());
    }

    it('E1: refused at the start with nothing published: 503 in our own words; the feed comes with the store', async () => {
      proxy.mode = 'refuse';
      publish(origin, 1);
      await using service = await start();
      const answer = await service.get('/feeds/all.rss');
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await answer.text()).not.toMatch(LEAK);
      expect((await service.get('/readyz')).status).toBe(503);
      expect((await service.get('/healthz')).status).toBe(200);
      expect(origin.answered('/one')).toEqual([]);
      proxy.mode = 'ok';
      await until(async () => (await titles(service)).length === 1, 'the feed to come with the store');
      await until(async () => (await service.get('/readyz')).status === 200, 'every page');
      expect(eventsOf(service, 'store-lost')).toHaveLength(1);
      const ended = await service.kill('SIGTERM');
      expect(ended.code).toBe(0);
    });

    it('E1: refused at the start with documents on disk: the same bytes, then news without a restart', async () => {
      proxy.mode = 'ok';
      let before: Document;
      {
        await using service = await start();
        await until(async () => (await titles(service)).length === 1, 'the feed');
        before = await document(service);
        await service.kill('SIGTERM');
      }
      proxy.mode = 'refuse';
      publish(origin, 2);
      await using service = await start();
      expect(await document(service)).toEqual(before);
      expect((await service.get('/readyz')).status).toBe(200);
      proxy.mode = 'ok';
      await until(async () => (await titles(service)).length === 2, 'news');
      expect(await titles(service)).toEqual(['Post 1', 'Post 2']);
    });

    it('is read and written by commands of other processes, which say where it is away', async () => {
      proxy.mode = 'ok';
      const config = ['--config', await writeConfig()];
      const status = await run(['status', '--json', ...config], environment());
      expect(JSON.parse(status.stdout)).toMatchObject({ sources: [{ id: 'one', items: 2 }] });
      const retracted = await run(['retract', 'https://one.example/2', ...config], environment());
      expect([retracted.code, retracted.stderr]).toEqual([0, '']);
      await using service = await start();
      const withdrawn = 'Withdrawn by this site';
      await until(async () => (await titles(service)).includes(withdrawn), 'the retracted item to go');
      expect((await run(['retract', 'https://one.example/2', '--undo', ...config], environment())).code).toBe(
        0,
      );
      await until(async () => (await titles(service)).includes('Post 2'), 'the item to come back');
      expect(await titles(service)).toEqual(['Post 1', 'Post 2']);
      proxy.mode = 'refuse';
      const away = await run(['status', ...config], environment());
      expect([away.code, away.stdout]).toEqual([1, '']);
      expect(away.stderr).toContain(`127.0.0.1:${proxy.port}`);
    });

    it('E2, E3: whatever happens between polls: same bytes, no request waits, one line in the log each, news when it is over', async () => {
      proxy.mode = 'ok';
      publish(origin, 2);
      await using service = await start();
      await until(async () => (await titles(service)).length === 2, 'the feed');
      for (const [place, mode] of MODES.entries()) {
        const known = await titles(service);
        const before = await document(service);
        const asked = origin.answered('/one').length;
        proxy.mode = mode;
        await until(() => eventsOf(service, 'store-lost').length > place, `the outage to be told: ${mode}`);
        publish(origin, known.length + 1);
        const connections = proxy.accepted;
        for (let request = 0; request < REQUESTS; request += 1)
          expect(await document(service)).toEqual(before);
        // A call that the store keeps waiting costs its connection: had each request waited for one, there were as many.
        if (SILENT.includes(mode)) expect(proxy.accepted - connections).toBeLessThan(REQUESTS / 2);
        if (mode === 'black-hole') await expectToldWhere(service);
        proxy.mode = 'ok';
        await until(async () => (await titles(service)).length > known.length, `news after ${mode}`);
        expect(await titles(service)).toEqual([...known, `Post ${known.length + 1}`]);
        // One that was under way, perhaps, and the one that brought it; polls of the second that the test took to see it.
        expect(service.polls('one').filter(({ new: fresh }) => fresh === 1)).toHaveLength(place + 1);
        expect(origin.answered('/one').length - asked).toBeGreaterThan(0);
        await until(() => eventsOf(service, 'store-back').length > place, 'the end of the outage to be told');
        expect(eventsOf(service, 'store-lost')).toHaveLength(place + 1);
      }
      const others = service.log().filter(({ level }) => level === 'warn' || level === 'error');
      expect(others.map(({ event }) => event)).toEqual(MODES.map(() => 'store-lost'));
    }, 240_000);

    /** The status says since when and why, and so does the command, which asks the service. */
    async function expectToldWhere(service: Service): Promise<void> {
      const statusOf = async () => (await (await service.get('/status.json')).json()) as { store: unknown };
      await until(async () => (await statusOf()).store !== null, 'the status to say so');
      const store = {
        stale_since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        reason: expect.stringMatching(/^(?:silent|away)$/),
        message: expect.stringContaining('the store is away: it '),
      };
      expect((await statusOf()).store).toEqual(store);
      const page = await (await service.get('/status.html')).text();
      expect(page).toContain('The store is away');
      expect(page.replaceAll(origin.url, '').replaceAll('store-unavailable', '')).not.toMatch(LEAK);
      const { port } = new URL(service.url);
      const told = await run(['status', '--json', '--config', folder.file('tributary.yaml')], {
        ...environment(),
        PORT: port,
      });
      expect(JSON.parse(told.stdout)).toMatchObject({ store, sources: [{ id: 'one' }] });
      expect(told.stderr).toContain(`the service at http://127.0.0.1:${port} says:`);
      expect(told.code).toBe(0);
    }
  });
});

interface Document {
  readonly status: number;
  readonly etag: string | null;
  readonly warning: string | null;
  readonly body: string;
}

async function document(service: Service): Promise<Document> {
  const answer = await service.get('/feeds/all.rss');
  const { headers } = answer;
  return {
    status: answer.status,
    etag: headers.get('etag'),
    warning: headers.get('warning'),
    body: await answer.text(),
  };
}

async function titles(service: Service): Promise<readonly string[]> {
  const answer = await service.get('/feeds/all.json');
  if (!answer.ok) return [];
  const { items } = (await answer.json()) as { items: { title: string }[] };
  return items.map((item) => item.title).sort();
}

function publish(origin: Origin, posts: number): void {
  const items = Array.from({ length: posts }, (_, index) => ({
    guid: `post-${index + 1}`,
    title: `Post ${index + 1}`,
    link: `https://one.example/${index + 1}`,
  }));
  origin.publish('/one', rss('one', items));
}

function eventsOf(service: Service, event: string) {
  return service.log().filter((line) => line.event === event);
}
