import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLastKnownGood, SITE } from '../../../src/edge/store/last-known-good.ts';
import { NO_RETRACTIONS } from '../../../src/edge/store/retraction-file.ts';
import type { Rendition } from '../../../src/model/edition.ts';
import { StoreError } from '../../../src/model/errors.ts';
import type { Timestamp } from '../../../src/model/timestamp.ts';
import { editionRecord, feedId } from '../../contract/store-records.ts';
import { withoutPrivileges } from './unprivileged.ts';

const city = feedId('city');
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'tributary-lkg-'));
});
afterEach(() => {
  chmodSync(dir, 0o755);
  rmSync(dir, { recursive: true, force: true });
});

function rendition(documentPath: string, text: string): Rendition {
  const body = Buffer.from(text);
  return {
    path: documentPath,
    mediaType: 'application/rss+xml; charset=utf-8',
    body,
    gzip: gzipSync(body),
    etag: `"${text.length}"`,
    gzipEtag: `"${text.length}-gzip"`,
    changedAt: '2026-03-01T12:00:00.000Z' as Timestamp,
  };
}

const feedDocuments = [rendition('feeds/city.rss', '<rss/>'), rendition('feeds/city.json', '{"é":"𝔱"}')];

/** The one folder of the feed's files. */
function generationFolder(): string {
  const names = readdirSync(path.join(dir, 'feeds', 'city')).filter((name) => name.startsWith('g'));
  expect(names).toHaveLength(1);
  return path.join(dir, 'feeds', 'city', String(names[0]));
}

async function loadAgain() {
  return (await openLastKnownGood(dir)).load();
}

describe('what was saved', () => {
  test('is loaded byte for byte, with its ETags and its edition', async () => {
    const saved = await openLastKnownGood(path.join(dir, 'not', 'yet'));
    await saved.save(city, feedDocuments, editionRecord('city', 4));
    await saved.save(SITE, [rendition('index.html', '<p>')]);
    const loaded = await (await openLastKnownGood(path.join(dir, 'not', 'yet'))).load();
    expect(loaded.problems).toEqual([]);
    expect(loaded.editions).toEqual([editionRecord('city', 4)]);
    const expected = [...feedDocuments, rendition('index.html', '<p>')];
    expect([...loaded.documents.keys()].toSorted()).toEqual(expected.map((one) => one.path).toSorted());
    for (const one of expected) expect(loaded.documents.get(one.path)).toEqual(one);
  });

  test('nothing is loaded where nothing was saved', async () => {
    const loaded = await loadAgain();
    expect(loaded).toEqual({ documents: new Map(), editions: [], retractions: NO_RETRACTIONS, problems: [] });
  });

  test('stands as it is published in a file that an operator can look at', async () => {
    await (await openLastKnownGood(dir)).save(city, feedDocuments);
    expect(readFileSync(path.join(generationFolder(), 'feeds', 'city.json'), 'utf8')).toBe('{"é":"𝔱"}');
  });

  test('is replaced as a set: a document that is no longer there is gone, and so are the old files', async () => {
    const lastKnownGood = await openLastKnownGood(dir);
    await lastKnownGood.save(city, feedDocuments, editionRecord('city', 1));
    await lastKnownGood.save(city, [rendition('feeds/city.rss', '<rss>2</rss>')], editionRecord('city', 2));
    const loaded = await loadAgain();
    expect([...loaded.documents.keys()]).toEqual(['feeds/city.rss']);
    expect(loaded.editions.map((edition) => edition.revision)).toEqual([2]);
    expect(readdirSync(path.join(generationFolder(), 'feeds')).toSorted()).toEqual([
      'city.rss',
      'city.rss.gz',
    ]);
  });

  test('is swapped at one instant: whoever reads the old manifest meanwhile reads it to its end', async () => {
    const lastKnownGood = await openLastKnownGood(dir);
    await lastKnownGood.save(city, feedDocuments, editionRecord('city', 1));
    const file = path.join(dir, 'feeds', 'city', 'manifest.json');
    const before = readFileSync(file, 'utf8');
    const reader = openSync(file, 'r');
    await lastKnownGood.save(city, feedDocuments, editionRecord('city', 2));
    expect(readFileSync(reader, 'utf8')).toBe(before);
    expect(readFileSync(file, 'utf8')).not.toBe(before);
    closeSync(reader);
  });

  test('saves of one feed at the same time take turns; the last one stands', async () => {
    const lastKnownGood = await openLastKnownGood(dir);
    const revisions = Array.from({ length: 10 }, (_, index) => index + 1);
    await Promise.all(
      revisions.map((revision) =>
        lastKnownGood.save(
          city,
          [rendition('feeds/city.rss', `${revision}`)],
          editionRecord('city', revision),
        ),
      ),
    );
    const loaded = await loadAgain();
    expect(loaded.editions.map((edition) => edition.revision)).toEqual([10]);
    expect(Buffer.from(loaded.documents.get('feeds/city.rss')?.body ?? []).toString()).toBe('10');
    generationFolder();
  });

  test('is gone after it was removed', async () => {
    const lastKnownGood = await openLastKnownGood(dir);
    await lastKnownGood.save(city, feedDocuments);
    await lastKnownGood.remove(city);
    expect((await loadAgain()).documents.size).toBe(0);
    expect(existsSync(path.join(dir, 'feeds', 'city'))).toBe(false);
  });

  test('of a feed called site is not that of the site', async () => {
    const lastKnownGood = await openLastKnownGood(dir);
    await lastKnownGood.save(SITE, [rendition('index.html', 'page')]);
    await lastKnownGood.save(feedId('site'), [rendition('feeds/site.rss', 'feed')]);
    expect((await loadAgain()).documents.size).toBe(2);
  });
});

describe('damage', () => {
  beforeEach(async () => {
    const lastKnownGood = await openLastKnownGood(dir);
    await lastKnownGood.save(city, feedDocuments, editionRecord('city', 1));
    await lastKnownGood.save(SITE, [rendition('index.html', 'page')]);
  });

  test.each<[string, (folder: string) => void]>([
    ['changed', (folder) => writeFileSync(path.join(folder, 'feeds', 'city.rss'), '<rsS/>')],
    ['cut short', (folder) => truncateSync(path.join(folder, 'feeds', 'city.rss'), 3)],
    ['grown', (folder) => appendFileSync(path.join(folder, 'feeds', 'city.rss'), 'x')],
    ['missing', (folder) => rmSync(path.join(folder, 'feeds', 'city.rss'))],
    ['without its compressed copy', (folder) => rmSync(path.join(folder, 'feeds', 'city.rss.gz'))],
  ])('a file that is %s costs itself only, and is named', async (_, damage) => {
    damage(generationFolder());
    const loaded = await loadAgain();
    expect([...loaded.documents.keys()].toSorted()).toEqual(['feeds/city.json', 'index.html']);
    expect(loaded.editions).toHaveLength(1);
    expect(loaded.problems).toHaveLength(1);
    expect(loaded.problems[0]).toContain('city.rss');
  });

  test.each<[string, (text: string) => string]>([
    ['cut short', (text) => text.slice(0, 200)],
    ['empty', () => ''],
    ['changed in an ETag', (text) => text.replace('\\"6\\"', '\\"7\\"')],
    ['changed in the edition', (text) => text.replace('"recipe": "recipe"', '"recipe": "other"')],
    ['null', () => 'null'],
    ['a list', () => '[]'],
  ])('a manifest that is %s costs its feed only, and is named', async (_, damage) => {
    const file = path.join(dir, 'feeds', 'city', 'manifest.json');
    const text = readFileSync(file, 'utf8');
    expect(damage(text)).not.toBe(text);
    writeFileSync(file, damage(text));
    const loaded = await loadAgain();
    expect([...loaded.documents.keys()]).toEqual(['index.html']);
    expect(loaded.editions).toEqual([]);
    expect(loaded.problems).toHaveLength(1);
    expect(loaded.problems[0]).toContain(file);
    generationFolder(); // its files are left to look at
  });

  test("another feed's manifest is not taken for this feed's", async () => {
    cpSync(path.join(dir, 'feeds', 'city'), path.join(dir, 'feeds', 'town'), { recursive: true });
    const loaded = await loadAgain();
    expect(loaded.editions.map((edition) => edition.feedId)).toEqual(['city']);
    expect(loaded.problems).toHaveLength(1);
    expect(loaded.problems[0]).toContain('belongs to city');
  });

  test('what a crash left behind is swept at the next start, what is published stays', async () => {
    const owner = path.join(dir, 'feeds', 'city');
    mkdirSync(path.join(owner, 'g99', 'feeds'), { recursive: true });
    writeFileSync(path.join(owner, 'g99', 'feeds', 'city.rss'), 'half');
    writeFileSync(path.join(owner, 'manifest.json.tmp'), '{');
    expect((await loadAgain()).documents.size).toBe(3);
    expect(readdirSync(owner).toSorted()).toEqual(['g1', 'manifest.json']);
  });
});

describe('a disk that fails', () => {
  test('read-only: a StoreError that says where; what is there is still loaded', async () => {
    await (await openLastKnownGood(dir)).save(city, feedDocuments);
    chmodSync(path.join(dir, 'feeds', 'city'), 0o555);
    chmodSync(dir, 0o555);
    await withoutPrivileges(async () => {
      const lastKnownGood = await openLastKnownGood(dir);
      const saving = lastKnownGood.save(city, [rendition('feeds/city.rss', 'new')]);
      await expect(saving).rejects.toThrow(StoreError);
      await expect(saving).rejects.toThrow(/EACCES.*dataDir/);
      await expect(lastKnownGood.save(SITE, [])).rejects.toThrow(StoreError);
      const loaded = await lastKnownGood.load();
      expect(loaded.problems).toEqual([]);
      expect(loaded.documents.get('feeds/city.rss')?.etag).toBe('"6"');
    });
    chmodSync(dir, 0o755);
    chmodSync(path.join(dir, 'feeds', 'city'), 0o755);
  });

  test('a folder that cannot be made is a StoreError', async () => {
    writeFileSync(path.join(dir, 'a-file'), '');
    await expect(openLastKnownGood(path.join(dir, 'a-file', 'data'))).rejects.toThrow(StoreError);
  });

  const mounted = mkdtempSync(path.join(tmpdir(), 'tributary-full-'));
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', mounted]);
  test.skipIf(mount.status !== 0)(
    'full: a StoreError, the old set stays whole, and saving goes on later',
    async () => {
      try {
        const lastKnownGood = await openLastKnownGood(mounted);
        await lastKnownGood.save(city, feedDocuments, editionRecord('city', 1));
        const large = rendition(
          'feeds/city.rss',
          Array.from({ length: 60_000 }, (_, n) => String(n * 7919)).join(),
        );
        for (let tries = 0; tries < 3; tries += 1) {
          await expect(lastKnownGood.save(city, [large])).rejects.toThrow(/ENOSPC/);
        }
        const loaded = await (await openLastKnownGood(mounted)).load();
        expect(loaded.problems).toEqual([]);
        expect(loaded.documents.size).toBe(2);
        await lastKnownGood.save(city, [rendition('feeds/city.rss', 'small')], editionRecord('city', 2));
        expect((await (await openLastKnownGood(mounted)).load()).documents.size).toBe(1);
      } finally {
        spawnSync('umount', [mounted]);
        rmSync(mounted, { recursive: true });
      }
    },
  );
});

describe('names', () => {
  test.each(['../escape', 'a/b', '', '.', '..', 'a\u0000', 'x'.repeat(65), '__proto__'])(
    'no feed is called %j',
    async (name) => {
      const lastKnownGood = await openLastKnownGood(dir);
      await expect(lastKnownGood.save(feedId(name), feedDocuments)).rejects.toThrow(TypeError);
      await expect(lastKnownGood.remove(feedId(name))).rejects.toThrow(TypeError);
    },
  );

  test.each([
    '../x.rss',
    '/etc/x',
    'feeds/../../x',
    'feeds//x',
    'a\\b',
    '.hidden',
    'feeds/.x',
    'a\u0000',
    'x.gz',
    '',
    'C:x',
    `${'a/'.repeat(20)}x`,
  ])('no document has the path %j', async (documentPath) => {
    const lastKnownGood = await openLastKnownGood(dir);
    await expect(lastKnownGood.save(city, [rendition(documentPath, 'x')])).rejects.toThrow(TypeError);
    expect((await lastKnownGood.load()).documents.size).toBe(0);
  });

  test('two documents of one path are refused', async () => {
    const twice = [rendition('feeds/city.rss', 'a'), rendition('feeds/city.rss', 'b')];
    await expect((await openLastKnownGood(dir)).save(city, twice)).rejects.toThrow(TypeError);
  });
});

test('15 kills in the middle of saves: the set is always whole', async () => {
  let last = 0;
  for (let round = 0; round < 15; round += 1) {
    const script = path.join(import.meta.dirname, 'save-forever.ts');
    const child = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.on('data', (chunk: Buffer) => {
      last = Number(chunk.toString().trim().split('\n').at(-1));
    });
    await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 25));
    child.kill('SIGKILL');
    await once(child, 'close');

    const { documents, editions, problems } = await loadAgain();
    expect(problems).toEqual([]);
    const revision = editions[0]?.revision ?? 0;
    expect(revision).toBeGreaterThanOrEqual(last);
    expect([...documents.values()].map((one) => one.etag)).toEqual(
      Array.from({ length: 3 }, () => `"${revision}"`),
    );
    generationFolder();
  }
  expect(last).toBeGreaterThanOrEqual(15);
});
