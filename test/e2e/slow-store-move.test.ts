// A store moved from kind to kind by the command line: equal record by record, and no reader can tell.
import { spawn } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/edge/store/open-store.ts';
import { runHere } from '../cli/terminal.ts';
import { createPostgresPlace } from '../contract/postgres-place.ts';
import { createRedisPlace } from '../contract/redis-place.ts';
import { POSTGRES_URL, REDIS_URL, whyWithout } from '../contract/store-servers.ts';
import { type Origin, rss, startOrigin } from './origin.ts';
import { type Folder, ROOT, serve, temporaryFolder, until } from './tributary.ts';

const NUMBERS = Array.from({ length: 12 }, (_, index) => index + 1);
const FORMATS = ['rss', 'atom', 'json', 'html'];

function post(n: number, said: object = {}) {
  return {
    guid: `story ${n}`, // no address: its published id is minted from the source's first address
    title: `Story ${n}`,
    link: `https://one.example/${n}`,
    date: new Date(Date.UTC(2026, 0, n)).toUTCString(),
    body: `word ${n}`,
    ...said,
  };
}

async function configured(folder: Folder, origin: Origin): Promise<string> {
  origin.publish('/one', rss('One', NUMBERS.map((n) => post(n)).reverse()));
  origin.publish('/two', rss('Two', [post(1, { link: 'https://two.example/1', date: 'none' })]));
  return folder.write(
    'tributary.yaml',
    `server: { publicUrl: 'http://feeds.example/' }
network: { allow: [127.0.0.1], perHost: { gap: 0s } }
sources:
  - { id: one, url: '${origin.url}/one', every: 15m }
  - { id: two, url: '${origin.url}/two', every: 15m }
feeds: [{ id: all, title: All, limit: 6, archive: true }, { id: two, title: Two, sources: [two] }]
`,
  );
}

/** Without the status, which tells of each run, and the list of what was written, which has its digest. */
async function filesIn(dir: string): Promise<ReadonlyMap<string, string>> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  const names = found.filter((entry) => entry.isFile() && !/^(?:status|\.tributary-site)/.test(entry.name));
  const files = names.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  return new Map(
    await Promise.all(
      files.map(async (file) => [path.relative(dir, file), await readFile(file, 'base64')] as const),
    ),
  );
}

/** The records and the end, which has their digest. */
async function recordsIn(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  return text.slice(text.indexOf('\n'));
}

const missing =
  (await whyWithout(REDIS_URL, 'TRIBUTARY_TEST_REDIS')) ??
  (await whyWithout(POSTGRES_URL, 'TRIBUTARY_TEST_POSTGRES'));

describe.skipIf(missing)(missing ?? 'SQLite to Redis to PostgreSQL to SQLite', () => {
  it('every record is equal, every feed keeps its bytes and ETag, nothing is announced anew', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const [redis, postgres] = [await createRedisPlace(), await createPostgresPlace()];
    try {
      const config = await configured(folder, origin);
      const at = (store: string, data: string) => ({
        TRIBUTARY_STORE: store,
        TRIBUTARY_DATA: folder.file(data),
        PORT: '1',
      });
      const first = `sqlite:${folder.file('first.db')}`;
      const here = async (store: string, ...args: string[]) => {
        const end = await runHere(['store', ...args, '--config', config], { env: at(store, 'data') });
        expect(end, `${args.join(' ')}: ${end.stderr}${end.stdout}`).toMatchObject({ code: 0 });
        return end;
      };
      const once = async (store: string, data: string, site: string) => {
        const args = ['once', '--out', folder.file(site), '--config', config];
        const ended = await runHere(args, { env: at(store, data) });
        expect(ended.code, ended.stderr).toBe(0);
        return ended.stderr;
      };

      // Something of each kind: archives, a retraction, ids that are ours, an item without a date.
      await once(first, 'data', 'site');
      origin.publish('/one', rss('One', [post(13), ...NUMBERS.map((n) => post(n)).reverse()]));
      const retracted = ['retract', 'https://one.example/11', '--config', config, '--reason', 'Asked'];
      expect((await runHere(retracted, { env: at(first, 'data') })).code).toBe(0);
      await once(first, 'data', 'site');
      const published = await filesIn(folder.file('site'));
      expect([...published.keys()].some((name) => name.includes('archive/'))).toBe(true);

      await here(first, 'export', folder.file('first.jsonl'));
      expect((await stat(folder.file('first.jsonl'))).mode & 0o077).toBe(0);
      const records = await recordsIn(folder.file('first.jsonl'));
      for (const kind of ['source', 'item', 'edition', 'poll', 'archive', 'archive-pending', 'retraction'])
        expect(records).toContain(`"key":"${kind}:`);

      const last = `sqlite:${folder.file('last.db')}`;
      const places = [redis.url, postgres.url, last];
      let file = folder.file('first.jsonl');
      for (const [index, store] of places.entries()) {
        await here(store, 'import', file);
        file = folder.file(`copy-${index}.jsonl`);
        await here(store, 'export', file);
        expect(await recordsIn(file), store).toBe(records);
        expect((await here(store, 'check')).stdout).toContain('nothing has to be done');
      }

      // Each is polled and published from, without the documents of before: from the store alone.
      for (const [index, store] of places.entries()) {
        const told = await once(store, `data-${index}`, `site-${index}`);
        expect(told).toMatch(/^one +[a-z-]+ +\d+ +0\b/m);
        expect(told).toMatch(/^two +[a-z-]+ +\d+ +0\b/m);
        const again = await filesIn(folder.file(`site-${index}`));
        expect(
          [...again].filter(([name, bytes]) => published.get(name) !== bytes).map(([name]) => name),
        ).toEqual([]);
        expect([...again.keys()]).toEqual([...published.keys()]);
      }
    } finally {
      await redis.remove();
      await postgres.remove();
    }
  });

  it('a service goes on with the same ETags on another store, through a pipe', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const redis = await createRedisPlace();
    try {
      const config = await configured(folder, origin);
      const TRIBUTARY_DATA = folder.file('data');
      const from = { TRIBUTARY_DATA, TRIBUTARY_STORE: `sqlite:${folder.file('first.db')}` };
      const to = { TRIBUTARY_DATA, TRIBUTARY_STORE: redis.url };
      const tagsOf = async (env: Record<string, string>) => {
        await using service = await serve(config, env);
        await until(async () => (await service.get('/readyz')).ok, 'the feeds to be published');
        const answers = await Promise.all(FORMATS.map((format) => service.get(`/feeds/all.${format}`)));
        const tags = answers.map((answer) => [
          answer.headers.get('etag'),
          answer.headers.get('last-modified'),
        ]);
        return { tags, lost: service.log().filter(({ event }) => event === 'store-lost') };
      };
      const before = await tagsOf(from);
      const ended = await shell(
        `"$NODE" "$MAIN" store export --config "$CONFIG" |
         TRIBUTARY_STORE="$TO" "$NODE" "$MAIN" store import --config "$CONFIG" -`,
        { ...from, TO: redis.url, CONFIG: config, PORT: '1' },
      );
      expect(ended).toEqual({ code: 0, stderr: expect.stringMatching(/\d+ records imported/) });
      expect((await readdir(TRIBUTARY_DATA)).filter((name) => name.startsWith('.import'))).toEqual([]);
      expect(await tagsOf(to)).toEqual(before);
      expect(origin.answered('/one')).toEqual([200]); // the next poll is due when it was before
    } finally {
      await redis.remove();
    }
  });
});

describe('an import', () => {
  it('touches nothing where the stream is cut off, the store is not empty, or somebody has it open', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const config = await configured(folder, origin);
    const env = { TRIBUTARY_DATA: folder.file('data'), TRIBUTARY_STORE: `sqlite:${folder.file('t.db')}` };
    const store = (...args: string[]) => runHere(['store', ...args, '--config', config], { env });
    expect((await runHere(['once', '--out', folder.file('site'), '--config', config], { env })).code).toBe(0);
    await store('export', folder.file('a.jsonl'));
    const records = await recordsIn(folder.file('a.jsonl'));
    const unchanged = async () => {
      await store('export', folder.file('now.jsonl'));
      expect(await recordsIn(folder.file('now.jsonl'))).toBe(records);
    };

    const cut = (await readFile(folder.file('a.jsonl'), 'utf8')).slice(0, -40);
    await writeFile(folder.file('cut.jsonl'), cut);
    for (const [args, stdin] of [
      [['import', '--replace', folder.file('cut.jsonl')], undefined],
      [['import', '--replace'], [Buffer.from(cut)]],
    ] as const) {
      const end = await runHere(['store', ...args, '--config', config], {
        env,
        ...(stdin === undefined
          ? {}
          : {
              stdin: (async function* () {
                yield* stdin;
              })(),
            }),
      });
      expect(end).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/was not imported: .*(cut off|damaged)/),
      });
      await unchanged();
    }

    expect(await store('import', folder.file('a.jsonl'))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/not empty: it has \d+ records; with --replace/),
    });
    await unchanged();

    const open = await openStore(env.TRIBUTARY_STORE); // as a service has it
    const refused = await store('import', '--replace', folder.file('a.jsonl'));
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/locked by another process; stop it/),
    });
    // Beside a service a file can be copied and looked at.
    expect((await store('export', folder.file('beside.jsonl'))).code).toBe(0);
    expect((await store('check')).code).toBe(0);
    await open.close();

    expect(await store('import', '--replace', folder.file('a.jsonl'))).toMatchObject({ code: 0 });
    await unchanged();
  });

  it('into a server on which this configuration runs is refused, and one under way keeps the service waiting', async () => {
    if ((await whyWithout(REDIS_URL, 'TRIBUTARY_TEST_REDIS')) !== undefined) return;
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const redis = await createRedisPlace();
    const adapter = await redis.open();
    try {
      const config = await configured(folder, origin);
      const env = { TRIBUTARY_DATA: folder.file('data'), TRIBUTARY_STORE: redis.url };
      await adapter.restore([{ key: 'importing', value: '{"value":{}}', revision: 0 }]);
      await using service = await serve(config, env);
      await until(() => service.log().some(({ event }) => event === 'store-lost'), 'the store to be missed');
      expect(service.log().find(({ event }) => event === 'store-lost')?.['message']).toMatch(
        /an import into the store/,
      );
      const port = new URL(service.url).port;
      const end = await runHere(['store', 'import', '--config', config], { env: { ...env, PORT: port } });
      expect(end).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/a service answers at .*stop it first/),
      });
      expect(origin.answered('/one')).toEqual([]);
      await adapter.delete('importing');
      await until(() => service.log().some(({ event }) => event === 'store-back'), 'the store to be back');
    } finally {
      await adapter.disconnect();
      await redis.remove();
    }
  });
});

function shell(
  script: string,
  env: Record<string, string>,
): Promise<{ code: number | null; stderr: string }> {
  const child = spawn('bash', ['-o', 'pipefail', '-c', script], {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE: process.execPath,
      MAIN: path.join(ROOT, 'src/main.ts'),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr })));
}
