import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLog, type LogOptions } from '../../../src/edge/ops/log.ts';

function collect(options: Partial<LogOptions> = {}) {
  const chunks: string[] = [];
  const destination = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const log = createLog({ level: 'debug', pretty: false, secrets: [], destination, ...options });
  const text = () => chunks.join('');
  const lines = () =>
    text()
      .split('\n')
      .slice(0, -1)
      .map((line): Record<string, unknown> => JSON.parse(line));
  return { log, text, lines };
}

test('writes one JSON line per event, with level, time in RFC 3339 UTC, event and fields', () => {
  const { log, lines } = collect();
  log.info('poll', { source: 'harbour', outcome: 'updated', ms: 12, items: 3, new: 1 });
  log.warn('two\nlines', { text: 'a\nb' });
  expect(lines()).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      event: 'poll',
      source: 'harbour',
      outcome: 'updated',
      ms: 12,
      items: 3,
      new: 1,
    },
    expect.objectContaining({ level: 'warn', event: 'two\nlines', text: 'a\nb' }),
  ]);
});

test('leaves out what is below its level', () => {
  const { log, lines } = collect({ level: 'warn' });
  log.debug('a');
  log.info('b');
  log.warn('c');
  log.error('d');
  expect(lines().map((line) => line.event)).toEqual(['c', 'd']);
});

test('hides from now on what it is told later, and still what it was told before', () => {
  const { log, text } = collect({ secrets: ['hunter-one'] });
  log.hide(['hunter-two', 'hunter-one']);
  log.info('poll', { message: 'hunter-one hunter-two hunter-three' });
  expect(text()).toContain('"*** *** hunter-three"');
});

test.each([false, true])('keeps secrets out wherever they stand (pretty: %s)', (pretty) => {
  const secret = 'hunter2-hunter2';
  const { log, text } = collect({ secrets: [secret], pretty });
  const error = new Error(`cannot open redis://:${secret}@db:6379`, { cause: new Error(`no ${secret}`) });
  Object.assign(error, { code: `E-${secret}` });
  log.error('failed', {
    error,
    err: error,
    url: new URL(`https://u:${secret}@h.example/?q=${secret}&token=unlisted-1`),
    path: `/feeds/${secret}.rss`,
    deep: [{ list: [`x${secret}y`], [`key ${secret}`]: 1 }],
    headers: { authorization: 'Bearer unlisted-2', Cookie: 'unlisted-3', 'x-api-key': 'unlisted-4' },
    password: 'unlisted-5',
    long: `${'.'.repeat(8_190)}${secret}`,
  });
  expect(text()).toContain('failed');
  expect(text()).not.toContain('hunter2');
  expect(text()).not.toContain('unlisted');
  expect(text()).not.toMatch(/\.hu/);
});

test.each([false, true])('lets no text steer a terminal (pretty: %s)', (pretty) => {
  const { log, text } = collect({ pretty });
  const hostile = 'a\x1b[2Jb\x9b31mc\x07\r\u202ed';
  log.error('x', { title: hostile, [hostile]: 1, error: new Error(hostile), err: { stack: hostile } });
  expect(text()).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
});

test('cuts what is too long, too deep, too many, or goes in circles', () => {
  const { log, lines, text } = collect();
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  log.info('x', {
    long: 'é'.repeat(100_000),
    many: Array.from({ length: 100_000 }, () => 1),
    circle,
    big: 10n,
    infinite: Number.POSITIVE_INFINITY,
    bytes: new Uint8Array(5),
    bad: new Date(Number.NaN),
    lone: '\ud800',
  });
  expect(lines()).toEqual([
    expect.objectContaining({
      big: '10',
      infinite: 'Infinity',
      bytes: '[5 bytes]',
      bad: 'Invalid Date',
      lone: '\ufffd',
    }),
  ]);
  expect(text().length).toBeLessThan(10_000);
});

test('writes lines for people where asked, without colours off a terminal', () => {
  const { log, text } = collect({ pretty: true });
  log.info('poll', { source: 'harbour', outcome: 'updated' });
  expect(text()).toMatch(/^\[\d\d:\d\d:\d\d\] INFO: poll \{"source":"harbour","outcome":"updated"\}\n$/);
});

test('says how many lines were dropped once there is room again', () => {
  const written: string[] = [];
  const waiting: (() => void)[] = [];
  const destination = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      written.push(chunk);
      waiting.push(done);
    },
  });
  const log = createLog({ level: 'info', pretty: false, secrets: [], destination });
  const text = 'x'.repeat(8_000);
  for (let i = 0; i < 1_000; i += 1) log.info('flood', { i, text });
  expect(destination.writableLength).toBeLessThan(1_100_000);
  const drain = () => {
    for (let done = waiting.shift(); done !== undefined; done = waiting.shift()) done();
  };
  while (destination.writableLength > 0) drain();
  log.info('after');
  while (destination.writableLength > 0) drain();
  const events = written.map((line): Record<string, unknown> => JSON.parse(line));
  const kept = events.filter((line) => line.event === 'flood').length;
  expect(kept).toBeGreaterThan(100);
  expect(events.slice(-2)).toEqual([
    expect.objectContaining({ level: 'warn', event: 'log-lines-dropped', lines: 1_000 - kept }),
    expect.objectContaining({ event: 'after' }),
  ]);
});

/** Logs far more than a pipe holds, tells on stderr how often its loop turned meanwhile, and ends itself. */
const FLOOD = `
  import { createLog } from ${JSON.stringify(new URL('../../../src/edge/ops/log.ts', import.meta.url).href)};
  const log = createLog({ level: 'info', pretty: false, secrets: [] });
  let turns = 0;
  const timer = setInterval(() => {
    for (let i = 0; i < 100; i += 1) log.info('flood', { text: 'x'.repeat(1000) });
    turns += 1;
    if (turns < 50) return;
    clearInterval(timer);
    log.flush(200).then(() => { process.stderr.write('turned ' + turns); process.exit(0); });
  }, 2);
`;

async function outcome(child: ChildProcessWithoutNullStreams) {
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  return { code, said };
}

function flood(stdout: 'pipe' | number): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, ['--input-type=module', '-e', FLOOD], {
    stdio: ['pipe', stdout, 'pipe'],
  });
  return child as ChildProcessWithoutNullStreams;
}

test('neither stops nor holds up the process when nobody reads stdout', async () => {
  const child = flood('pipe');
  const exited = once(child, 'exit');
  const [code] = await exited;
  child.stdout.destroy();
  expect(code).toBe(0);
});

test('neither stops nor holds up the process when stdout is closed', async () => {
  const child = flood('pipe');
  child.stdout.destroy();
  expect(await outcome(child)).toEqual({ code: 0, said: 'turned 50' });
});

test.skipIf(process.platform !== 'linux')('goes on when the disk that stdout goes to is full', async () => {
  expect(await outcome(flood(openSync('/dev/full', 'w')))).toEqual({ code: 0, said: 'turned 50' });
});
