import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig, parseConfig } from '../../../src/edge/config/load-config.ts';
import { DEFAULT_WORDING } from '../../../src/model/default-wording.ts';
import { ConfigError } from '../../../src/model/errors.ts';

const SMALLEST = 'sources: [{url: samples/a.xml}]\nfeeds: [{id: city, title: The city}]\n';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-config-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

function parse(text: string, env: Record<string, string | undefined> = {}) {
  return parseConfig(text, { file: 'config/tributary.yaml', env, cwd: '/srv/tributary' });
}

function problemsOf(text: string, env: Record<string, string | undefined> = {}): readonly string[] {
  try {
    parse(text, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
}

async function rejection(bytes: Uint8Array | string): Promise<string> {
  await writeFile(join(folder, 'bad.yaml'), bytes);
  return loadConfig('bad.yaml', {}, folder).then(
    () => 'accepted',
    (error: Error) => error.message,
  );
}

describe('the file', () => {
  test('is read relative to the current directory, its sources relative to itself', async () => {
    await writeFile(join(folder, 'good.yaml'), `\uFEFF${SMALLEST}`);
    const config = await loadConfig('good.yaml', {}, folder);
    expect(config.file).toBe(join(folder, 'good.yaml'));
    expect(config.sources.map((source) => source.feedUrl)).toEqual([`file://${folder}/samples/a.xml`]);
  });

  test('that is missing is named', async () => {
    const missing = loadConfig('none.yaml', {}, folder);
    await expect(missing).rejects.toBeInstanceOf(ConfigError);
    await expect(missing).rejects.toThrow('none.yaml: there is no such file; name one with --config FILE');
  });

  test('that is a folder is refused', async () => {
    await expect(loadConfig('.', {}, folder)).rejects.toThrow(/^\.: cannot be read: EISDIR/);
  });

  test('of more than 1 MB is refused', async () => {
    expect(await rejection(SMALLEST.padEnd(1_000_000, '#'))).toBe('accepted');
    expect(await rejection(SMALLEST.padEnd(1_000_001, '#'))).toMatch(/^bad\.yaml: larger than 1 MB/);
  });

  test('that is not UTF-8 is refused', async () => {
    expect(await rejection(Buffer.from('sources: caf\xe9', 'latin1'))).toBe('bad.yaml: is not text in UTF-8');
    expect(await rejection(Buffer.from(SMALLEST, 'utf16le'))).toContain('control character');
  });

  test('without an end is not read for ever', async () => {
    await expect(loadConfig('/dev/zero', {}, folder)).rejects.toThrow(/larger than 1 MB/);
  });
});

describe('the environment', () => {
  test('overrides port, data folder and store', () => {
    const file = `server: {port: 1}\ndataDir: a\nstore: "sqlite:b"\n${SMALLEST}`;
    const env = { PORT: '9000', TRIBUTARY_DATA: 'var', TRIBUTARY_STORE: 'sqlite:db/x.db' };
    const config = parse(file, env);
    expect(config.server).toEqual({
      host: '0.0.0.0',
      port: 9000,
      publicUrl: 'http://localhost:9000/',
      publicUrlIsGuessed: true,
    });
    expect(config.dataDir).toBe('/srv/tributary/var');
    expect(config.store).toBe('sqlite:/srv/tributary/db/x.db');
  });

  test('moves the default store with the data folder', () => {
    expect(parse(SMALLEST, { TRIBUTARY_DATA: '/data' }).store).toBe('sqlite:/data/tributary.db');
  });

  test('leaves the file alone where a variable is empty', () => {
    const config = parse(SMALLEST, { PORT: '', TRIBUTARY_DATA: '', TRIBUTARY_STORE: ' ' });
    expect([config.server.port, config.dataDir, config.store]).toEqual([
      8080,
      '/srv/tributary/data',
      'sqlite:/srv/tributary/data/tributary.db',
    ]);
  });

  test('is checked like the file, without showing what is in it', () => {
    const env = { PORT: 'hunter2', TRIBUTARY_STORE: 'postgres://me:hunter2@db.example/x?hunter2=1' };
    expect(problemsOf('sever: {}\n', env)).toEqual([
      'config/tributary.yaml: $PORT: is not a port; set it to a whole number from 0 to 65535, or unset it',
      'config/tributary.yaml: $TRIBUTARY_STORE: has parameters other than sslmode, schema, host, each at most once',
      'config/tributary.yaml:1:1: sources: is missing (the feeds that are read)',
      'config/tributary.yaml:1:1: feeds: is missing (the feeds that are published)',
      'config/tributary.yaml:1:1: sever: unknown key; did you mean "server"?',
    ]);
  });

  test('is not its prototype', () => {
    const env = Object.create({ INHERITED: 'x', PORT: '1' });
    expect(parse(SMALLEST, env).server.port).toBe(8080);
    expect(problemsOf(SMALLEST.replace('The city', '"${INHERITED}"'), env)).toHaveLength(1);
  });
});

describe('hostile files', () => {
  test('have their first thousand mistakes reported', () => {
    const keys = Array.from({ length: 1_500 }, (_, index) => `zzz${index}: 1`).join('\n');
    const problems = problemsOf(`${keys}\n${SMALLEST}`);
    expect(problems).toHaveLength(1_001);
    expect(problems.at(-1)).toBe('config/tributary.yaml: and 500 more mistakes');
  });

  test('cost linear time for keys given again and again', () => {
    const keys = Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join('\n');
    expect(problemsOf(keys)).toHaveLength(1_001);
    expect(problemsOf('k: 1\n'.repeat(60_000))).toHaveLength(1_001);
  });

  test('cost linear time for aliases', () => {
    const problems = problemsOf(`a: &a [1]\nb: [${'*a,'.repeat(100_000)}]\n${SMALLEST}`);
    expect(problems).toEqual([
      'config/tributary.yaml:1:1: a: unknown key',
      'config/tributary.yaml:2:1: b: unknown key',
      'config/tributary.yaml:2:15005: b[5000]: aliases bring in too many values; write them out',
    ]);
  });

  test('are nested as deep as they like', () => {
    const problems = problemsOf(`sources: ${'['.repeat(100_000)}`);
    expect(problems).toEqual([expect.stringMatching(/^config\/tributary\.yaml:1:\d+: nested far too deep$/)]);
  });

  test('name thousands of nameless sources', () => {
    const config = parse(`sources: [${'{url: a.xml},'.repeat(20_000)}]\nfeeds: [{id: city, title: T}]\n`);
    expect(new Set(config.sources.map((source) => source.id)).size).toBe(20_000);
    expect(config.sources.at(-1)?.id).toBe('a-xml-20000');
  });

  test('end in problems, never in another error', () => {
    const word = fc.constantFrom(
      ...[
        'a',
        ': ',
        '- ',
        '\n',
        '\n  ',
        '"',
        "'",
        '[',
        ']',
        '{',
        '}',
        '&a ',
        '*a',
        '!b ',
        '|',
        '>',
        '#',
        ',',
        '? ',
        '${',
      ],
      ...[
        'sources',
        'feeds',
        'url',
        'defaults',
        '__proto__',
        'headers',
        'every',
        '1',
        '~',
        '\t',
        '---\n',
        '%',
        '\0',
      ],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        expect(problemsOf(words.join('')).length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  test('of the right outline and any values end in problems, or in a configuration', () => {
    const keys = [
      'url',
      'id',
      'every',
      'headers',
      'include',
      'rights',
      'attribution',
      'sources',
      'title',
      'constructor',
    ];
    const member = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 2 }), {
      noNullPrototype: true,
    });
    const outline = fc.record({
      defaults: member,
      sources: fc.array(member),
      feeds: fc.array(member),
      server: fc.jsonValue(),
    });
    fc.assert(
      // JSON is YAML.
      fc.property(outline, (config) => Array.isArray(problemsOf(JSON.stringify(config)))),
      { numRuns: 300 },
    );
  });
});

test('lays the wording of a feed over that of the site over the default', () => {
  const config = parse(
    'attribution: {position: before, copyright: Theirs}\nsources: [{url: a.xml, attribution: {position: none}}]\n' +
      'feeds: [{id: a, title: A, attribution: {copyright: ""}}, {id: b, title: B}]\n',
  );
  expect(config.feeds.map((feed) => feed.attribution)).toEqual([
    { ...DEFAULT_WORDING, position: 'before', copyright: '' },
    { ...DEFAULT_WORDING, position: 'before', copyright: 'Theirs' },
  ]);
  expect(config.sources.map((source) => source.attribution)).toEqual([{ position: 'none' }]);
});

test('accepts the default wording when it is written out', () => {
  const template = JSON.stringify(DEFAULT_WORDING.template);
  expect(problemsOf(`attribution: {template: ${template}}\n${SMALLEST}`)).toEqual([]);
});
