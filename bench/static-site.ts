// How the folder of a static site may be replaced while it is read: file by file, by two renames, by a symbolic link. Readers in a process
// of their own open files by name, as web servers do, all the time; counted is what they found. Run:
// node scripts/node24.mjs bench/static-site.ts [SECONDS]
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSiteFolder } from '../src/edge/store/write-site.ts';

const DOCUMENTS = 40;
/** So many change from site to site, as when a source had news. */
const CHANGING = 4;
const NAMES = Array.from({ length: DOCUMENTS }, (_, n) => `feeds/f${n}.rss`);

interface Found {
  readonly reads: number;
  readonly missing: number;
  readonly torn: number;
}

function documentOf(place: number, site: number): Buffer {
  const version = place < CHANGING ? site : 0;
  return Buffer.from(`${place} ${version} `.repeat(4_000 + (version % 5)));
}

async function writeSite(dir: string, site: number): Promise<void> {
  const folder = await openSiteFolder(dir);
  for (const [place, name] of NAMES.entries()) await folder.write(name, documentOf(place, site));
  await folder.sweep(() => false);
}

type Replace = (root: string, site: number) => Promise<void>;

const WAYS: Readonly<Record<string, Replace>> = {
  'file by file': (root, site) => writeSite(path.join(root, 'site'), site),
  async 'two renames'(root, site) {
    const [live, next, old] = ['site', 'next', 'old'].map((name) => path.join(root, name)) as [
      string,
      string,
      string,
    ];
    await writeSite(next, site);
    if (site > 0) await rename(live, old);
    await rename(next, live);
    await rm(old, { recursive: true, force: true });
  },
  async 'a symbolic link'(root, site) {
    const before = (await readdir(root)).filter((name) => name.startsWith('site-'));
    await writeSite(path.join(root, `site-${site}`), site);
    await symlink(`site-${site}`, path.join(root, 'link'));
    await rename(path.join(root, 'link'), path.join(root, 'site'));
    for (const name of before) await rm(path.join(root, name), { recursive: true });
  },
};

/** Reads until it is told to stop. */
async function readForever(dir: string): Promise<void> {
  let [reads, missing, torn] = [0, 0, 0];
  let isOver = false;
  process.once('message', () => {
    isOver = true;
  });
  process.send?.('ready');
  while (!isOver) {
    for (const [place, name] of NAMES.entries()) {
      reads += 1;
      const body = await readFile(path.join(dir, name)).catch(() => undefined);
      const [, version] = body?.toString('latin1', 0, 20).split(' ') ?? [];
      if (body === undefined) missing += 1;
      else if (!body.equals(documentOf(place, Number(version)))) torn += 1;
    }
  }
  process.send?.({ reads, missing, torn } satisfies Found);
  process.disconnect();
}

async function measure(replace: Replace, seconds: number) {
  const root = await mkdtemp(path.join(tmpdir(), 'tributary-static-'));
  try {
    await replace(root, 0);
    const last = path.join(root, 'site', NAMES.at(-1) as string);
    const before = await stat(last);
    const reader: ChildProcess = fork(import.meta.filename, ['--read', path.join(root, 'site')]);
    await once(reader, 'message');
    const endMs = performance.now() + seconds * 1000;
    let sites = 0;
    while (performance.now() < endMs) {
      sites += 1;
      await replace(root, sites);
    }
    reader.send('stop');
    const [found] = (await once(reader, 'message')) as [Found];
    await once(reader, 'exit');
    const after = await stat(last);
    return { ...found, sites, isKept: before.mtimeMs === after.mtimeMs && before.ino === after.ino };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const [, , first, dir = ''] = process.argv;
if (first === '--read') await readForever(dir);
else {
  const seconds = Number(first ?? 5);
  const found = new Map<string, Awaited<ReturnType<typeof measure>>>();
  for (const [way, replace] of Object.entries(WAYS)) {
    const each = await measure(replace, seconds);
    found.set(way, each);
    const unchanged = each.isKept ? 'kept' : 'made anew, with a date and ETag of its own';
    console.log(
      `${way.padEnd(16)} ${String(each.sites).padStart(5)} sites, ${each.reads} reads: ${each.missing} found nothing, ${each.torn} torn; a file that did not change is ${unchanged}`,
    );
  }
  const ours = found.get('file by file');
  if (ours === undefined || ours.missing + ours.torn > 0 || !ours.isKept) process.exitCode = 1;
}
