// The unit for systemd: what it starts is what there is, and it lets the service do nothing that it does not need.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort, ROOT, startProcess, temporaryFolder, until } from './tributary.ts';

const UNIT = join(ROOT, 'packaging/tributary.service');
const unit = readFileSync(UNIT, 'utf8');
const valuesOf = (key: string) =>
  Array.from(unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm')), ([, value = '']) => value);
const [command = '', ...args] = valuesOf('ExecStart')[0]?.split(' ') ?? [];

describe('what the unit starts', () => {
  it('is the program of the package, with the flags of the image', () => {
    const program = args.find((arg) => arg.endsWith('/main.js'));
    const { bin, files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(program).toBe(`/usr/local/lib/node_modules/tributary/${bin.tributary}`);
    expect(files).toContain('packaging');
    const [entry = ''] = /^ENTRYPOINT .*$/m.exec(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')) ?? [];
    expect(args.filter((arg) => arg.startsWith('--no-'))).toEqual(entry.match(/--no-[\w-]+/g));
  });

  it('serves, reads its configuration again at a reload, and ends with 0', async () => {
    await using folder = await temporaryFolder();
    await folder.write(
      'a.xml',
      '<rss version="2.0"><channel><title>A</title><item><title>B</title></item></channel></rss>',
    );
    const feeds = (title: string) =>
      `sources: [{ id: a, url: ./a.xml }]\nfeeds: [{ id: all, title: ${title} }]\n`;
    const config = await folder.write('tributary.yaml', feeds('One'));
    const here = (word: string) =>
      word
        .replace('/etc/tributary/tributary.yaml', config)
        .replace('/usr/local/lib/node_modules/tributary/dist/main.js', join(ROOT, 'src/main.ts'));
    const env = Object.fromEntries(
      valuesOf('Environment')
        .flatMap((line) => line.split(' '))
        .map(
          (pair) => pair.replace('/var/lib/tributary', folder.file('state')).split('=') as [string, string],
        ),
    );
    const port = await freePort();
    const running = startProcess(
      [process.execPath, ...args.map(here)],
      { ...env, PORT: String(port) },
      folder.path,
    );
    const title = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/feeds/all.json`).catch(() => undefined);
      return answer?.ok === true ? ((await answer.json()) as { title: string }).title : undefined;
    };
    await until(async () => (await title()) === 'One', 'the feed');
    await folder.write('tributary.yaml', feeds('Two'));
    expect(valuesOf('ExecReload')).toEqual(['/bin/kill -HUP $MAINPID']);
    running.child.kill('SIGHUP');
    await until(async () => (await title()) === 'Two', 'the new title');
    expect(existsSync(folder.file('state/tributary.db'))).toBe(true);
    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 0, signal: null });
  });
});

const isThere = spawnSync('systemd-analyze', ['--version']).error === undefined;

describe.skipIf(!isThere)('systemd-analyze', () => {
  it('finds nothing wrong with the unit', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('tributary.service', unit.replace(command, process.execPath));
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], {
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('finds it exposed by less than 2 of 10', () => {
    const { status, stderr } = spawnSync(
      'systemd-analyze',
      ['security', '--offline=true', '--threshold=20', '--no-pager', UNIT],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
