// `tributary store`: how it is called, what it says on a terminal, and what it says of a store that is not there or is damaged.
import { open, readdir, stat } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { SqliteAdapter } from '../../src/edge/store/sqlite.ts';
import { itemRecord } from '../contract/store-records.ts';
import { type Folder, temporaryFolder } from '../e2e/tributary.ts';
import { runHere } from './terminal.ts';

const ITEMS = 1000;

async function configured(folder: Folder) {
  const config = await folder.write(
    'tributary.yaml',
    `dataDir: ${folder.file('data')}
store: sqlite:${folder.file('t.db')}
sources: [{ id: one, url: 'http://127.0.0.1:1/one' }]
feeds: [{ id: all, title: All }]
`,
  );
  return (args: readonly string[], options: Parameters<typeof runHere>[1] = {}) =>
    runHere(['store', ...args, '--config', config], options);
}

async function filled(folder: Folder): Promise<void> {
  const adapter = new SqliteAdapter(folder.file('t.db'), { lockWaitMs: 1000 });
  const items = Array.from({ length: ITEMS }, (_, index) => itemRecord(index));
  await adapter.restore(
    items.map((item) => ({ key: `item:${item.hash}`, value: JSON.stringify({ value: item }), revision: 0 })),
  );
  await adapter.disconnect();
}

it.each([
  [[], /say what to do: check, export, import/],
  [['mend'], /say what to do/],
  [['check', 'file'], /unexpected argument: file/],
  [['check', '--replace'], /store check has no --replace/],
  [['export', '--json'], /store export has no --json/],
  [['import', 'a', 'b'], /unexpected argument: b/],
])('wrong usage %j ends with 2 and says what would be right', async (args, message) => {
  await using folder = await temporaryFolder();
  const end = await (await configured(folder))(args);
  expect(end).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  expect(await readdir(folder.path)).toEqual(['tributary.yaml']);
});

it('a store that is not there is a finding, and is not made by looking', async () => {
  await using folder = await temporaryFolder();
  const store = await configured(folder);
  const checked = await store(['check']);
  expect(checked).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/there is no store in the file .*t\.db/),
  });
  expect(await store(['export'])).toMatchObject({ code: 1, stdout: '' });
  const memory = { env: { TRIBUTARY_STORE: 'memory:' } };
  expect(await store(['check'], memory)).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/keeps nothing/),
  });
  expect(await readdir(folder.path)).toEqual(['tributary.yaml']);
});

it('how far it is stands on a terminal, and nowhere else', async () => {
  await using folder = await temporaryFolder();
  await filled(folder);
  const store = await configured(folder);
  const bar = new RegExp(`\\r\\[#+-*\\] \\d+ of ${ITEMS} records`);
  for (const args of [
    ['check'],
    ['export', folder.file('a.jsonl')],
    ['import', '--replace', folder.file('a.jsonl')],
  ]) {
    const shown = await store(args, { tty: 80 });
    expect(shown, args[0]).toMatchObject({ code: 0, stderr: expect.stringMatching(bar) });
    expect(shown.stdout).not.toMatch(bar);
    expect((await store(args)).stderr).not.toContain('[');
  }
});

it('damage in the file is found and told, with what to do; nothing is written to it', async () => {
  await using folder = await temporaryFolder();
  await filled(folder);
  const { size } = await stat(folder.file('t.db'));
  const file = await open(folder.file('t.db'), 'r+');
  // Pages of the tree of keys and of the table alike.
  for (let at = 8192; at + 64 < size; at += 16_384) await file.write(Buffer.alloc(64, 0xa5), 0, 64, at);
  const damaged = await file.readFile();
  await file.close();
  const store = await configured(folder);
  const checked = await store(['check', '--json']);
  expect(checked.code).toBe(1);
  const { whole, findings } = JSON.parse(checked.stdout);
  expect(whole).toBe(false);
  expect(findings[0].code).toMatch(/^(damaged-file|store-unreadable)$/);
  expect(findings[0].do).toMatch(/move/);
  const again = await open(folder.file('t.db'));
  expect(damaged.equals(await again.readFile())).toBe(true);
  await again.close();
  expect((await store(['export'])).code).toBe(1);
});
