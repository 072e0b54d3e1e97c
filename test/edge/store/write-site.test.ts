// The folder of a static site: what goes, what stays, and what a kill leaves behind.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openSiteFolder } from '../../../src/edge/store/write-site.ts';
import { temporaryFolder } from '../../e2e/tributary.ts';
import { documentOf, isWhole, namesOf } from './written-sites.ts';

const MANIFEST = '.tributary-site';

async function filesIn(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

async function writeAll(dir: string, files: Readonly<Record<string, string>>, kept: readonly string[] = []) {
  const folder = await openSiteFolder(dir);
  for (const [name, text] of Object.entries(files)) await folder.write(name, Buffer.from(text));
  await folder.sweep((name) => kept.includes(name));
  return folder.counts();
}

it('takes out what it wrote before, its empty folders too, and leaves what is not its own', async () => {
  await using folder = await temporaryFolder();
  const dir = folder.file('site');
  const first = { 'index.html': 'a', 'feeds/old/archive/1.rss': 'b', 'feeds/old.rss': 'c', 'style.css': 'd' };
  expect(await writeAll(dir, first)).toEqual({ files: 4, written: 4, removed: 0 });
  await mkdir(path.join(dir, 'pictures'));
  await writeFile(path.join(dir, 'pictures/own.png'), 'own');
  await writeFile(path.join(dir, 'feeds/own.rss'), 'own');
  await writeFile(path.join(dir, 'style.css'), 'edited by hand');

  const second = await writeAll(dir, { 'index.html': 'a2' });
  expect(second).toEqual({ files: 1, written: 1, removed: 2 });
  expect(await filesIn(dir)).toEqual([
    MANIFEST,
    'feeds/own.rss',
    'index.html',
    'pictures/own.png',
    'style.css',
  ]);
  await expect(stat(path.join(dir, 'feeds/old'))).rejects.toThrow('ENOENT');
});

it('keeps what it is told to keep, and still knows it as its own', async () => {
  await using folder = await temporaryFolder();
  await writeAll(folder.path, { 'a.rss': 'a', 'b.rss': 'b' });
  await writeAll(folder.path, { 'b.rss': 'b' }, ['a.rss']);
  expect(await filesIn(folder.path)).toContain('a.rss');
  expect(await writeAll(folder.path, { 'b.rss': 'b' })).toMatchObject({ removed: 1 });
  expect(await filesIn(folder.path)).toEqual([MANIFEST, 'b.rss']);
});

it('leaves a file that has its bytes alone', async () => {
  await using folder = await temporaryFolder();
  await writeAll(folder.path, { 'a.rss': 'a', 'b.rss': 'b' });
  const before = await stat(folder.file('a.rss'));
  expect(await writeAll(folder.path, { 'a.rss': 'a', 'b.rss': 'other' })).toMatchObject({ written: 1 });
  expect(await stat(folder.file('a.rss'))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
});

it('follows no manifest out of the folder, and passes over what is no line of one', async () => {
  await using folder = await temporaryFolder();
  const dir = folder.file('site');
  await writeAll(dir, { 'a.rss': 'a' });
  await folder.write('outside', 'a');
  const digest = (await readFile(path.join(dir, MANIFEST), 'utf8')).slice(0, 64);
  const lines = ['../outside', 'x/../../outside', folder.file('outside'), '..', './../outside'];
  await writeFile(
    path.join(dir, MANIFEST),
    [...lines.map((name) => `${digest}  ${name}`), 'nonsense', `${digest}  a.r`].join('\n'),
  );
  await writeAll(dir, { 'b.rss': 'b' });
  expect(await filesIn(folder.path)).toEqual(['outside', `site/${MANIFEST}`, 'site/a.rss', 'site/b.rss']);
});

it('has a manifest that sha256sum checks', async () => {
  await using folder = await temporaryFolder();
  await writeAll(folder.path, { 'a.rss': 'a', 'feeds/b.rss': 'b' });
  const check = () =>
    execFileSync('sha256sum', ['--check', '--strict', MANIFEST], { cwd: folder.path, encoding: 'utf8' });
  expect(check()).toBe('a.rss: OK\nfeeds/b.rss: OK\n');
});

it('says which file is in the way', async () => {
  await using folder = await temporaryFolder();
  await folder.write('feeds', 'a file');
  const site = await openSiteFolder(folder.path);
  await expect(site.write('feeds/a.rss', Buffer.from('a'))).rejects.toMatchObject({
    code: 'site-not-written',
    message: expect.stringContaining(folder.file('feeds/a.rss')),
  });
});

it('leaves every document whole after kill -9 at any moment, and nothing behind for good', async () => {
  await using folder = await temporaryFolder();
  const dir = folder.file('site');
  await mkdir(dir);
  await writeFile(path.join(dir, 'own.txt'), 'own');
  let number = 0;
  let cutOff = 0;
  for (let kill = 0; kill < 10; kill += 1) {
    const script = path.join(import.meta.dirname, 'write-site-forever.ts');
    const child = spawn(process.execPath, [script, dir, String(number)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.on('data', (chunk: Buffer) => {
      number = Number(chunk.toString().trim().split('\n').at(-1)) + 1;
    });
    await once(child.stdout, 'data');
    // Where a kill falls is left to chance; what must hold afterwards is not.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
    child.kill('SIGKILL');
    await once(child, 'close');
    const files = (await filesIn(dir)).filter((name) => name !== 'own.txt');
    if (files.length !== namesOf(number).length + 1) cutOff += 1;
    for (const name of files.filter((each) => each !== MANIFEST && !each.endsWith('.tmp'))) {
      expect(isWhole(await readFile(path.join(dir, name))), name).toBe(true);
    }
  }
  expect(cutOff).toBeGreaterThan(0);

  const last = await openSiteFolder(dir);
  for (const name of namesOf(number)) await last.write(name, documentOf(name, number));
  await last.sweep(() => false);
  expect(await filesIn(dir)).toEqual([MANIFEST, ...namesOf(number), 'own.txt'].toSorted());
});
