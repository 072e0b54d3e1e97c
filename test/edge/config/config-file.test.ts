import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openConfigFile } from '../../../src/edge/config/config-file.ts';
import { type Clock, systemClock } from '../../../src/edge/ops/clock.ts';
import { type Folder, temporaryFolder, until } from '../../e2e/tributary.ts';

const withTitle = (title: string) => `sources: [{url: a.xml}]\nfeeds: [{id: city, title: ${title}}]\n`;

/** Follows a file as the service does; what was loaded stands in `seen`. */
async function following(folder: Folder, name = 'tributary.yaml', clock: Clock = systemClock) {
  const file = openConfigFile(name, {}, folder.path);
  const seen: string[] = [];
  const load = async () => {
    const config = await file.load().catch((error: Error) => error.message);
    seen.push(typeof config === 'string' ? config : (config.feeds[0]?.title ?? ''));
  };
  await load();
  const watch = file.watch(load, clock);
  return { seen, load, stop: () => watch.stop() };
}

/** Rests of more than a second never end: what is seen was told by the system. */
const untold: Clock = {
  ...systemClock,
  sleep: (ms, signal) => systemClock.sleep(ms > 1000 ? Number.POSITIVE_INFINITY : ms, signal),
};
/** The regular look alone, and at once. */
const hasty: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 20), signal) };

describe('the file of the configuration', () => {
  it.each([
    ['in place', (folder: Folder, text: string) => folder.write('tributary.yaml', text)],
    [
      'by another in its place',
      async (folder: Folder, text: string) => {
        await folder.write('.tributary.yaml.swp', text);
        await rename(folder.file('.tributary.yaml.swp'), folder.file('tributary.yaml'));
      },
    ],
    [
      'by one that comes after it was taken away',
      async (folder: Folder, text: string) => {
        await rm(folder.file('tributary.yaml'));
        await folder.write('tributary.yaml', text);
      },
    ],
  ])('that is written %s is read again, each time once', async (_, write) => {
    await using folder = await temporaryFolder();
    await folder.write('tributary.yaml', withTitle('first'));
    const { seen, stop } = await following(folder, 'tributary.yaml', untold);
    for (const title of ['second', 'third']) {
      await write(folder, withTitle(title));
      await until(() => seen.includes(title), title);
    }
    await write(folder, withTitle('third'));
    await folder.write('another-file.yaml', withTitle('other'));
    await systemClock.sleep(800);
    await stop();
    expect(seen).toEqual(['first', 'second', 'third']);
  });

  it('that is a link is followed when a link above it is swapped, as for a ConfigMap', async () => {
    await using folder = await temporaryFolder();
    const version = async (name: string, title: string) => {
      await mkdir(folder.file(name));
      await writeFile(folder.file(`${name}/tributary.yaml`), withTitle(title));
      await symlink(name, folder.file('..data_tmp'));
      await rename(folder.file('..data_tmp'), folder.file('..data'));
    };
    await version('..1', 'first');
    await symlink('..data/tributary.yaml', folder.file('tributary.yaml'));
    const { seen, stop } = await following(folder, 'tributary.yaml', untold);
    await version('..2', 'second');
    await until(() => seen.includes('second'), 'the other file');
    await rm(folder.file('..1'), { recursive: true });
    await version('..3', 'third');
    await until(() => seen.includes('third'), 'the third file');
    await stop();
    expect(seen).toEqual(['first', 'second', 'third']);
  });

  it('is looked at regularly where the system tells nothing', async () => {
    await using folder = await temporaryFolder();
    await using elsewhere = await temporaryFolder();
    // Two links away: no folder that is watched changes.
    await elsewhere.write('real.yaml', withTitle('first'));
    await symlink(elsewhere.file('real.yaml'), elsewhere.file('link.yaml'));
    await mkdir(folder.file('etc'));
    await symlink(elsewhere.path, folder.file('far'));
    await symlink('../far/link.yaml', folder.file('etc/tributary.yaml'));
    const { seen, stop } = await following(folder, 'etc/tributary.yaml', hasty);
    await using third = await temporaryFolder();
    await third.write('real.yaml', withTitle('second'));
    await symlink(third.file('real.yaml'), third.file('link.yaml'));
    await rm(folder.file('far'));
    await symlink(third.path, folder.file('far'));
    await until(() => seen.includes('second'), 'the other file');
    await stop();
    expect(seen).toEqual(['first', 'second']);
  });

  it('that is still being written is left alone until it is whole', async () => {
    await using folder = await temporaryFolder();
    await folder.write('tributary.yaml', withTitle('first'));
    const { seen, stop } = await following(folder);
    const whole = `${withTitle('second')}# the end\n`;
    for (let length = 10; length < whole.length; length += 12) {
      await folder.write('tributary.yaml', whole.slice(0, length));
      await systemClock.sleep(60);
    }
    await folder.write('tributary.yaml', whole);
    await until(() => seen.length > 1, 'the whole file');
    await stop();
    expect(seen).toEqual(['first', 'second']);
  });

  it('that was changed between its reading and the watch is read again; that is missing is told once', async () => {
    await using folder = await temporaryFolder();
    await folder.write('tributary.yaml', withTitle('first'));
    const file = openConfigFile('tributary.yaml', {}, folder.path);
    const seen: string[] = [];
    const load = async () => {
      const config = await file.load().catch((error: Error) => error.message);
      seen.push(typeof config === 'string' ? config : (config.feeds[0]?.title ?? ''));
    };
    await load();
    await folder.write('tributary.yaml', withTitle('second'));
    const watch = file.watch(load, hasty);
    await until(() => seen.includes('second'), 'the second');
    await rm(folder.file('tributary.yaml'));
    await until(() => seen.length === 3, 'its absence');
    await systemClock.sleep(300);
    await watch.stop();
    expect(seen).toEqual(['first', 'second', expect.stringContaining('there is no such file')]);
  });

  it('stops at once', async () => {
    await using folder = await temporaryFolder();
    await folder.write('tributary.yaml', withTitle('first'));
    const { seen, stop } = await following(folder, 'tributary.yaml', untold);
    await stop();
    await folder.write('tributary.yaml', withTitle('second'));
    await systemClock.sleep(700);
    expect(seen).toEqual(['first']);
  });
});
