// What holds for every command: it explains itself, its examples are ones that it takes, and what is wrong is said without a stack.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { COMMON_OPTIONS, loadCommands } from '../../src/cli/run.ts';
import { VERSION } from '../../src/model/version.ts';
import { runHere } from './terminal.ts';

const COMMANDS = await loadCommands();

/** The words of an example after `tributary`, up to where its output goes elsewhere. */
function wordsOf(example: string): readonly string[] {
  const [call = ''] = /tributary [^|>]*/.exec(example) ?? [];
  const words = call.match(/"[^"]*"|[^\s"]+/g) ?? [];
  return words.slice(1).map((word) => word.replaceAll('"', ''));
}

describe.each(COMMANDS.map((command) => [command.name, command] as const))('%s', (name, command) => {
  it('--help says how it is called, every option, and examples that it takes', async () => {
    const { code, stdout, stderr } = await runHere([name, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^usage: tributary ${name}`));
    expect(stdout).not.toContain('\u001b');
    for (const option of [...Object.keys(command.options), 'config', 'debug'])
      expect(stdout).toContain(`--${option}`);
    expect(stdout.split('\nexamples:\n')[1]?.trimEnd().split('\n')).toEqual(
      command.examples.map((example) => `  ${example}`),
    );
    expect(command.examples.length).toBeGreaterThan(0);
    for (const example of command.examples) {
      const [called, ...args] = wordsOf(example);
      const options = { ...COMMON_OPTIONS, ...command.options };
      const { positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
      expect([example, called, positionals.length <= command.operandsMax]).toEqual([example, name, true]);
    }
  });

  it('refuses an option that it does not know with 2, its usage and no stack', async () => {
    const { code, stdout, stderr } = await runHere([name, '--no-such-option', '--debug']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--no-such-option');
    expect(stderr).toContain(`usage: tributary ${name}`);
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});

describe('the program', () => {
  it.each([[[]], [['help']], [['--help']], [['-h']]])('called with %j names every command', async (args) => {
    const { code, stdout } = await runHere(args);
    expect(code).toBe(0);
    for (const { name, summary } of COMMANDS)
      expect(stdout).toMatch(new RegExp(`^ {2}${name} +${summary}$`, 'm'));
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(120);
  });

  it('loads nothing of a command before it is called', () => {
    const text = readFileSync(new URL('../../src/cli/run.ts', import.meta.url), 'utf8');
    const loaded = Array.from(text.matchAll(/ from '([^']+)'/g), ([, from]) => from);
    expect(loaded).toEqual(['node:util', '../model/errors.ts', '../model/version.ts', './command.ts']);
  });

  it.each([['--version'], ['-V']])('%s prints the version alone', async (option) => {
    expect(await runHere([option])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
  });

  it('shows where an unexpected error came from with --debug alone', async () => {
    // A folder in the place of a file that is read.
    const args = ['explain', 'city', '--config', 'config/tributary.yaml'];
    const env = { TRIBUTARY_STORE: `sqlite:${tmpdir()}` };
    const plain = await runHere(args, { env });
    const debugged = await runHere([...args, '--debug'], { env });
    expect([plain.code, debugged.code]).toEqual([1, 1]);
    expect(plain.stderr).not.toMatch(/\n {4}at /);
    expect(debugged.stderr).toMatch(/\n {4}at /);
  });
});

describe('check --json', () => {
  it('gives what a good file holds, and of a bad one every mistake with its place', async () => {
    const good = await runHere(['check', '--json']);
    expect([good.code, JSON.parse(good.stdout)]).toEqual([0, { sources: 4, feeds: 2, problems: [] }]);
    const folder = mkdtempSync(join(tmpdir(), 'tributary-check-'));
    try {
      const file = join(folder, 'tributary.yaml');
      writeFileSync(file, 'sources: [{ id: a, url: ./a.xml, evry: 1h }]\nfeeds: [{ id: all, title: All }]\n');
      const bad = await runHere(['check', '--json', '--config', file]);
      expect([bad.code, bad.stderr]).toEqual([2, '']);
      expect(JSON.parse(bad.stdout)).toMatchObject({
        problems: [
          { file, line: 1, column: 34, key: 'sources[0].evry', message: expect.stringContaining('every') },
        ],
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
