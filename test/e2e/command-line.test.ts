// The commands as a person calls them: what goes to stdout, what to stderr, which exit code.
import { describe, expect, it } from 'vitest';
import { run, serve, start, temporaryFolder, until } from './tributary.ts';

const FIVE_MISTAKES = `server: { port: 99999 }
sources:
  - { id: a, url: 'ftp://a.example/', evry: 1h }
  - { id: a, url: 'https://b.example/' }
feeds:
  - { id: all, title: All, sources: [nobody] }
`;

describe('check', () => {
  it('prints a line with its position for each of five mistakes, in the order of the file, and exits 2', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('tributary.yaml', FIVE_MISTAKES);
    const { code, stdout, stderr } = await run(['check', '--config', file]);
    const lines = stdout.trimEnd().split('\n');
    expect({ code, stderr, count: lines.length }).toEqual({ code: 2, stderr: '', count: 5 });
    const positions = lines.map((line) => /^.+tributary\.yaml:(\d+):(\d+): \S+: ./.exec(line)?.slice(1));
    expect(positions.map((position) => position?.[0])).toEqual(['1', '3', '3', '4', '6']);
    expect(stdout).toContain('did you mean "every"');
  });

  it('says what a good file holds', async () => {
    const { code, stdout } = await run(['check']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'config/tributary.yaml: 4 sources, 2 feeds, no mistakes\n',
    });
  });

  it('names a key that does not work yet', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write(
      'tributary.yaml',
      'sources: [{ id: a, url: https://a.example/ }]\nqueue: redis://localhost\nfeeds: [{ id: x, title: X }]\n',
    );
    const { code, stdout } = await run(['check', '--config', file]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/tributary\.yaml:2:\d+: queue: not available in this version/);
  });
});

describe('every command', () => {
  it.each([
    [['frobnicate'], /unknown command: frobnicate/],
    [['probe'], /URL: say which page or feed\nusage: tributary probe URL/],
    [['serve', '--prot', '1'], /--prot/],
    [['serve', '--role', 'web'], /not available in this version/],
    [['once'], /--out DIR/],
    [['once', '--out', 'x', '--format', 'pdf'], /not pdf/],
    [['check', 'x'], /unexpected argument: x/],
    [['check', '--config', ''], /--config FILE: say which file/],
    [['check', '--conf', 'x'], /^Unknown option '--conf'\nusage: tributary check \[--online\] \[--json\]\n$/],
    [['serve', '--config', 'nowhere.yaml'], /nowhere\.yaml/],
  ])('called as %j exits 2 and says why on stderr', async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\.ts:\d+/);
  });

  it('tells its usage', async () => {
    for (const command of ['serve', 'once', 'check', 'probe', 'health', 'schema']) {
      expect(await run([command, '--help'])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`tributary ${command}`),
      });
    }
  });

  it('reads the file that $TRIBUTARY_CONFIG names', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write('other.yaml', FIVE_MISTAKES);
    expect((await run(['check'], { TRIBUTARY_CONFIG: file })).code).toBe(2);
  });
});

describe('schema', () => {
  it('reads the default file where $TRIBUTARY_CONFIG is empty', async () => {
    const { code, stdout } = await run(['check'], { TRIBUTARY_CONFIG: '' });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('4 sources') });
  });

  it('prints the JSON Schema of the configuration', async () => {
    const { code, stdout } = await run(['schema']);
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(stdout).properties)).toEqual(
      expect.arrayContaining(['server', 'sources', 'feeds']),
    );
  });
});

describe('once', () => {
  it('exits 1 where there is nothing to publish at all', async () => {
    await using folder = await temporaryFolder();
    const file = await folder.write(
      'tributary.yaml',
      'sources: [{ id: a, url: ./missing.xml }]\nfeeds: [{ id: x, title: X }]\n',
    );
    const { code, stderr } = await run(['once', '--config', file, '--out', folder.file('site')], {
      TRIBUTARY_DATA: folder.file('data'),
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^a +failed +file-unreadable: .*missing\.xml/m);
    expect(stderr).toContain('nothing to publish');
  });

  it('exits 0 where one source of two fails, and says which', async () => {
    await using folder = await temporaryFolder();
    await folder.write(
      'there.json',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'There',
        items: [{ id: '1', title: 'One' }],
      }),
    );
    const file = await folder.write(
      'tributary.yaml',
      'sources: [{ id: a, url: ./missing.xml }, { id: b, url: ./there.json }]\nfeeds: [{ id: x, title: X }]\n',
    );
    const { code, stderr } = await run(
      ['once', '--config', file, '--out', folder.file('site'), '--format', 'rss'],
      { TRIBUTARY_DATA: folder.file('data') },
    );
    expect(code).toBe(0);
    const site = folder.file('site');
    expect(stderr.split('\n').toSorted()).toEqual([
      '',
      `${site}: 1 file, 1 of them new or changed`,
      'SOURCE  OUTCOME  ITEMS  NEW  WHY',
      expect.stringMatching(/^a {7}failed {15}file-unreadable: .*missing\.xml/),
      'b       updated  1      1',
    ]);
  });
});

describe('serve', () => {
  it('is healthy when it runs, not when it does not, and ends with 0 at SIGTERM and SIGINT', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      await using folder = await temporaryFolder();
      await using service = await serve('config/tributary.yaml', { TRIBUTARY_DATA: folder.file('data') });
      await until(async () => (await service.get('/readyz')).ok, 'every feed to have a document');
      expect(await run(['health', '--url', service.url])).toMatchObject({ code: 0 });
      expect(await service.kill(signal)).toMatchObject({ code: 0, stderr: '' });
      expect(await run(['health', '--url', service.url])).toMatchObject({ code: 1 });
    }
  });

  it('goes on at SIGHUP, and says that it read its configuration again', async () => {
    await using folder = await temporaryFolder();
    await using service = await serve('config/tributary.yaml', { TRIBUTARY_DATA: folder.file('data') });
    const hungUp = () => service.log().filter((line) => line.event === 'config-applied');
    service.send('SIGHUP');
    await until(() => hungUp().length === 1, 'the answer to SIGHUP');
    expect((await service.get('/healthz')).status).toBe(200);
    expect(await service.kill('SIGTERM')).toMatchObject({ code: 0, signal: null });
  });

  it('says what to do where its port is taken', async () => {
    await using folder = await temporaryFolder();
    await using service = await serve('config/tributary.yaml', { TRIBUTARY_DATA: folder.file('data') });
    const port = new URL(service.url).port;
    const { code, stdout } = await start(['serve'], { TRIBUTARY_DATA: folder.file('other'), PORT: port })
      .ended;
    expect(code).toBe(1);
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      event: 'failed',
      code: 'port-in-use',
      message: expect.stringContaining(port),
    });
  });

  it('logs one line for each poll', async () => {
    await using folder = await temporaryFolder();
    await using service = await serve('config/tributary.yaml', { TRIBUTARY_DATA: folder.file('data') });
    await until(() => service.log().filter((line) => line.event === 'poll').length === 4, 'four polls');
    for (const id of ['harbour-news', 'tram-notes', 'city-library', 'makers']) {
      expect(service.polls(id)).toEqual([
        expect.objectContaining({
          source: id,
          outcome: 'updated',
          ms: expect.any(Number),
          items: expect.any(Number),
          new: expect.any(Number),
        }),
      ]);
    }
  });
});
