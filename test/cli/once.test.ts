// `once` in this process: what it shows while it polls, and what it tells at the end.
import { expect, it } from 'vitest';
import { temporaryFolder } from '../e2e/tributary.ts';
import { runHere } from './terminal.ts';

const SAMPLES = ['once', '--config', 'config/tributary.yaml', '--out'];

it('shows on a terminal how far it is, and takes that away', async () => {
  await using folder = await temporaryFolder();
  const env = { TRIBUTARY_DATA: folder.file('data') };
  const { code, stdout, stderr } = await runHere([...SAMPLES, folder.file('site')], { tty: 80, env });
  expect([code, stdout]).toEqual([0, '']);
  for (const done of [0, 1, 2, 3, 4]) expect(stderr).toContain(`] ${done} of 4 sources`);
  expect(stderr.split('\n').slice(1, -1)).toEqual([
    expect.stringMatching(/ +updated +\d+ +\d+$/),
    expect.stringMatching(/ +updated +\d+ +\d+$/),
    expect.stringMatching(/ +updated +\d+ +\d+$/),
    expect.stringMatching(/ +updated +\d+ +\d+$/),
    expect.stringMatching(/\/site: \d+ files, \d+ of them new or changed$/),
  ]);
});

it('shows nothing of that where nobody looks', async () => {
  await using folder = await temporaryFolder();
  const env = { TRIBUTARY_DATA: folder.file('data') };
  const { stderr } = await runHere([...SAMPLES, folder.file('site')], { env });
  expect(stderr).not.toMatch(/\r|of 4 sources/);
});

it('tells a machine', async () => {
  await using folder = await temporaryFolder();
  const env = { TRIBUTARY_DATA: folder.file('data') };
  const { code, stdout, stderr } = await runHere([...SAMPLES, folder.file('site'), '--json'], { env });
  expect([code, stderr]).toEqual([0, '']);
  const told = JSON.parse(stdout);
  expect(told).toMatchObject({ out: folder.file('site'), feedsWithoutItems: [], files: told.written });
  expect(told.sources).toContainEqual({ id: 'harbour-news', outcome: 'updated', items: 3, new: 3 });
  expect(told.sources).toHaveLength(4);
});
