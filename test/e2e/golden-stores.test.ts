// What earlier versions left behind is opened by this one: test/fixtures/golden-stores/README.md. Readers must not be able to tell.
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { runHere } from '../cli/terminal.ts';
import { type Origin, startOrigin } from './origin.ts';
import { type Folder, ROOT, temporaryFolder } from './tributary.ts';

const GOLDEN = path.join(ROOT, 'test/fixtures/golden-stores');
const folders = (await readdir(GOLDEN, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory() && entry.name !== 'sources')
  .map(({ name }) => name);
const RETRACTED = 'The ninth berth opens';
/** What stands in its place for a week. */
const STUB = 'Withdrawn by this site';

interface Published {
  readonly id: string;
  readonly title: string;
  readonly date_published: string;
}

async function itemsIn(file: string): Promise<readonly Published[]> {
  const { items } = JSON.parse(await readFile(file, 'utf8')) as { items: readonly Published[] };
  return items
    .filter(({ title }) => title !== STUB)
    .map(({ id, title, date_published }) => ({ id, title, date_published }));
}

interface Opened {
  readonly config: string;
  readonly folder: Folder;
  /** Published by the version of then, less what it retracted afterwards. */
  readonly expected: readonly Published[];
  readonly command: (...args: readonly string[]) => ReturnType<typeof runHere>;
}

async function opened(name: string, folder: Folder, origin?: Origin): Promise<Opened> {
  await cp(path.join(GOLDEN, name, 'data'), folder.file('data'), { recursive: true });
  for (const [file, type] of [
    ['harbour.xml', 'application/rss+xml'],
    ['trams.atom', 'application/atom+xml'],
  ] as const) {
    const text = await readFile(path.join(GOLDEN, 'sources/second', file), 'utf8');
    origin?.publish(`/${file}`, text, type);
  }
  // Nobody listens at port 1: what needs no network must not ask.
  const at = origin?.url ?? 'http://127.0.0.1:1';
  const config = await folder.write(
    'tributary.yaml',
    `server: { publicUrl: 'https://feeds.example/' }
dataDir: ${folder.file('data')}
store: sqlite:${folder.file('data/tributary.db')}
network: { allow: [127.0.0.1], perHost: { gap: 0s } }
sources:
  - { id: harbour, url: '${at}/harbour.xml', name: Harbour News }
  - { id: trams, url: '${at}/trams.atom', name: Tram Notes }
feeds: [{ id: city, title: City, limit: 20 }]
`,
  );
  const feeds = folder.file('data/feeds/city');
  const manifest = JSON.parse(await readFile(path.join(feeds, 'manifest.json'), 'utf8')) as {
    manifest: { generation: string };
  };
  const then = await itemsIn(path.join(feeds, manifest.manifest.generation, 'feeds/city.json'));
  const list = await runHere(['retract', '--list', '--config', config]);
  const isRetracted = list.stdout.includes('urn:uuid:');
  return {
    config,
    folder,
    expected: isRetracted ? then.filter(({ title }) => title !== RETRACTED) : then,
    command: (...args) => runHere([...args, '--config', config]),
  };
}

/** `once`: what it published, and what it told. */
async function once({ command, folder }: Opened) {
  const { code, stderr } = await command('once', '--out', folder.file('site'), '--format', 'json');
  expect(code, stderr).toBe(0);
  return { items: await itemsIn(folder.file('site/feeds/city.json')), stderr };
}

describe.each(folders)('what %s left behind', (name) => {
  it('has every record and document whole', async () => {
    await using folder = await temporaryFolder();
    const { command } = await opened(name, folder);
    const { code, stdout } = await command('store', 'check', '--json');
    const { whole, records, findings } = JSON.parse(stdout);
    expect(findings.filter(({ severity }: { severity: string }) => severity === 'problem')).toEqual([]);
    expect({ code, whole, records }).toEqual({
      code: 0,
      whole: true,
      records: expect.objectContaining({ edition: 1, item: 7, source: 2, 'poll record': 2 }),
    });
  });

  it('is published on without network: ids, dates and order as they were', async () => {
    await using folder = await temporaryFolder();
    const store = await opened(name, folder);
    const { items } = await once(store);
    expect(items).toEqual(store.expected);
  });

  it('is polled on, from other addresses, and nothing is new', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const store = await opened(name, folder, origin);
    const { items, stderr } = await once(store);
    expect(items).toEqual(store.expected);
    for (const id of ['harbour', 'trams']) expect(stderr).toMatch(new RegExp(`^${id} +\\w+ +3 +0`, 'm'));
    expect(origin.answered('/harbour.xml')).toEqual([200]);
  });

  it('gives ids and dates back where its store was lost, or its documents', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const store = await opened(name, folder, origin);
    await rm(folder.file('data/feeds'), { recursive: true });
    expect((await once(store)).items).toEqual(store.expected);
    await rm(folder.file('data'), { recursive: true });
    const again = await opened(name, folder, origin);
    await rm(folder.file('data/tributary.db'));
    const { items } = await once(again);
    // Ids that are no addresses are minted anew where the source has another address than then.
    const isGiven = ({ id }: Published) => !id.startsWith('urn:uuid:');
    expect(items.filter(isGiven)).toEqual(again.expected.filter(isGiven));
    expect(items.filter(isGiven).length).toBe(3);
  });
});

it('a stream that was exported then is imported, and exported as it was', async () => {
  const streams = (
    await Promise.all(
      folders.map(
        async (name) =>
          [name, await readFile(path.join(GOLDEN, name, 'store.jsonl'), 'utf8').catch(() => '')] as const,
      ),
    )
  ).filter(([, text]) => text !== '');
  expect(streams.length).toBeGreaterThan(0);
  for (const [name, text] of streams) {
    await using folder = await temporaryFolder();
    const { command } = await opened(name, folder);
    const import_ = await command('store', 'import', '--replace', path.join(GOLDEN, name, 'store.jsonl'));
    expect(import_.code, import_.stderr).toBe(0);
    await command('store', 'export', folder.file('again.jsonl'));
    const again = await readFile(folder.file('again.jsonl'), 'utf8');
    expect(again.slice(again.indexOf('\n'))).toBe(text.slice(text.indexOf('\n')));
  }
});

describe('what a newer version left behind is refused, and not touched', () => {
  async function bytesOf(dir: string): Promise<ReadonlyMap<string, string>> {
    const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((one) =>
      one.isFile(),
    );
    const names = files
      .map((one) => path.join(one.parentPath, one.name))
      .filter((file) => !/-(wal|shm)$/.test(file));
    return new Map(
      await Promise.all(names.sort().map(async (file) => [file, await readFile(file, 'hex')] as const)),
    );
  }

  it.each([
    [
      'a database',
      /tributary\.db was written by a newer version \(schema 99/,
      (folder: Folder) => inDatabase(folder, 'PRAGMA user_version = 99'),
    ],
    [
      'a manifest',
      /manifest\.json was written by a newer version \(version 99/,
      (folder: Folder) => inFile(folder, 'data/feeds/city/manifest.json', '"version": 1', '"version": 99'),
    ],
  ])('%s', async (_, message, age) => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const { command } = await opened('0.1.0', folder, origin);
    await age(folder);
    const before = await bytesOf(folder.file('data'));
    const published = await command('once', '--out', folder.file('site'));
    expect(published).toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
    expect(published.stderr).toMatch(/start that version/);
    const checked = await command('store', 'check');
    expect(checked).toMatchObject({ code: 1, stdout: expect.stringMatching(message) });
    expect(await bytesOf(folder.file('data'))).toEqual(before);
  });

  it('a record', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const store = await opened('0.1.0', folder, origin);
    const newer = `UPDATE entry SET value = replace(value, '"version":1', '"version":2') WHERE key = 'source:trams'`;
    await inDatabase(folder, newer);
    const trams = () => oneIn(folder, "SELECT value, revision FROM entry WHERE key = 'source:trams'");
    const before = trams();
    const { stderr } = await store.command('once', '--out', folder.file('site'));
    expect(stderr).toMatch(/trams.*record version 2; this one knows 1.*start that version again/);
    expect(trams()).toEqual(before);
    const checked = await store.command('store', 'check');
    expect(checked).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/source:trams: of record version 2/),
    });
  });
});

async function inFile(folder: Folder, name: string, from: string, to: string): Promise<void> {
  const text = await readFile(folder.file(name), 'utf8');
  await folder.write(name, text.replace(from, to));
}

async function inDatabase(folder: Folder, sql: string): Promise<void> {
  const database = new DatabaseSync(folder.file('data/tributary.db'));
  database.exec(sql);
  database.close();
}

function oneIn(folder: Folder, sql: string): unknown {
  const database = new DatabaseSync(folder.file('data/tributary.db'));
  try {
    return database.prepare(sql).get();
  } finally {
    database.close();
  }
}
