// What readers get is on the disk before: the store, then the documents, then their manifest, then the swap in memory.
import path from 'node:path';
import { expect, it } from 'vitest';
import { startProgram } from '../rig/kill/program.ts';
import { rss, startOrigin } from './origin.ts';
import { ROOT, temporaryFolder, until } from './tributary.ts';

it('publishes what outlives a loss of power, in that order, and does not wait for the disk with polls', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  origin.publish('/one', rss('One', [{ guid: '1', title: 'Post 1', link: 'https://one.example/1' }]));
  const config = await folder.write(
    'tributary.yaml',
    `server: { host: 127.0.0.1, port: 0, publicUrl: 'http://feeds.test/' }
network: { allow: [127.0.0.1] }
sources: [{ id: one, url: '${origin.url}/one' }]
feeds: [{ id: all, title: All }]
`,
  );
  const env = { TRIBUTARY_DATA: folder.file('data'), TRIBUTARY_STORE: `sqlite:${folder.file('db')}` };
  const program = startProgram(config, env, path.join(ROOT, 'test/rig/disk-order.ts'));
  const url = await program.started;
  await until(async () => (await fetch(`${url}/feeds/all.rss`)).ok, 'the feed');
  // All that it has told by the time that a reader can have it.
  const told = program.marks().trim().split('\n');
  program.kill('SIGTERM');
  expect((await program.ended).code).toBe(0);

  const feed = folder.file('data/feeds/all');
  const at = (line: string) => {
    expect(told).toContain(line);
    return told.indexOf(line);
  };
  const polled = at('stored source:one');
  expect(told.slice(0, polled).findLast((line) => line.startsWith('commit'))).toBe('commit NORMAL');
  const stored = at('stored edition:all');
  expect(told.slice(0, stored).findLast((line) => line.startsWith('commit'))).toBe('commit FULL');
  const written = ['rss', 'atom', 'json', 'html'].flatMap((format) => [
    at(`fsync ${feed}/g1/feeds/all.${format}`),
    at(`fsync ${feed}/g1/feeds/all.${format}.gz`),
  ]);
  const named = at(`fsync ${feed}/g1/feeds`);
  const manifest = at(`fsync ${feed}/manifest.json.tmp`);
  const swapped = at(`rename manifest.json ${feed}`);
  const swapIsKept = told.indexOf(`fsync ${feed}`, swapped);
  const order = [
    polled,
    stored,
    Math.min(...written),
    Math.max(...written),
    told.lastIndexOf(`fsync ${feed}/g1/feeds`),
    manifest,
    swapped,
    swapIsKept,
  ];
  expect(named).toBeGreaterThan(0);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});
