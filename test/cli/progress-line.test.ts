import { expect, it } from 'vitest';
import { printable } from '../../src/cli/printable.ts';
import { barOf, createProgressLine } from '../../src/cli/progress-line.ts';
import { rss, startOrigin } from '../e2e/origin.ts';
import { temporaryFolder } from '../e2e/tributary.ts';
import { runHere } from './terminal.ts';

it.each([
  [0, 4, '[------------------------] 0 of 4 sources'],
  [1, 4, '[######------------------] 1 of 4 sources'],
  [4, 4, '[########################] 4 of 4 sources'],
  [0, 0, '[########################] 0 of 0 sources'],
])('%d of %d is a bar', (done, total, bar) => {
  expect(barOf(done, total, 'sources')).toBe(bar);
});

it('stands on a terminal alone, within its width, and is gone at the end', () => {
  const written: string[] = [];
  const stream = (isTTY: boolean, columns: number) =>
    ({
      isTTY,
      columns,
      write: (text: string) => written.push(text),
      cursorTo: () => written.push('<start>'),
      clearLine: () => written.push('<clear>'),
    }) as unknown as NodeJS.WriteStream;
  const quiet = createProgressLine(stream(false, 80), 2, 'sources');
  quiet.step();
  quiet.end();
  expect(written).toEqual([]);
  const line = createProgressLine(stream(true, 11), 2, 'sources');
  line.above(() => written.push('a source'));
  line.step();
  line.end();
  expect(written).toEqual([
    '[---------',
    ...['<start>', '<clear>', 'a source', '[---------'],
    ...['<start>', '<clear>', '[#########'],
    ...['<start>', '<clear>'],
  ]);
});

it('goes to stderr, so that the results are the same with and without it', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  origin.publish('/a', rss('A', [{ guid: '1' }]));
  const file = await folder.write(
    'tributary.yaml',
    `network: { allow: [127.0.0.0/8], perHost: { gap: 0s } }\nsources: [{ id: a, url: '${origin.url}/a' }, { id: b, url: '${origin.url}/a?b' }]\nfeeds: [{ id: all, title: All }]\n`,
  );
  const { stdout, stderr } = await runHere(['check', '--online', '--config', file], { tty: 60 });
  expect(stderr).toContain('[############------------] 1 of 2 sources');
  expect(stdout).not.toContain('[#');
});

it('leaves nothing in a stranger’s text that steers a terminal', () => {
  expect(printable('a\u001b[31mb\r\nc\u202ed\u009be', 20)).toBe('a [31mb c d e');
  expect(printable('😀'.repeat(50), 10)).toBe(`${'😀'.repeat(9)}…`);
});
