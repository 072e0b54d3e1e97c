// The program with marks on what it does, to be killed: one life of it.
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LogLine, ROOT } from '../../e2e/tributary.ts';

export interface Program {
  /** Everything that was told so far. */
  marks(): string;
  log(): readonly LogLine[];
  /** Where it listens; undefined where it ended before. */
  readonly started: Promise<string | undefined>;
  /** Called for each letter, as it comes. */
  onMark(tell: (letter: string) => void): void;
  kill(signal: NodeJS.Signals): void;
  /** When it is dead and all that it told was heard. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

/** `preload`: what tells on descriptor 3. */
export function startProgram(
  configFile: string,
  env: Readonly<Record<string, string>>,
  preload = path.join(import.meta.dirname, 'marks.ts'),
): Program {
  const args = ['--import', preload, path.join(ROOT, 'src/main.ts'), 'serve', '--config', configFile];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let marks = '';
  let stdout = '';
  let stderr = '';
  const tellers: ((letter: string) => void)[] = [];
  (child.stdio[3] as Readable).setEncoding('utf8').on('data', (letters: string) => {
    marks += letters;
    for (const letter of letters) for (const tell of tellers) tell(letter);
  });
  const started = Promise.withResolvers<string | undefined>();
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    const line = text.includes('"started"') ? log().find(({ event }) => event === 'started') : undefined;
    if (line !== undefined) started.resolve(`http://127.0.0.1:${line['port']}`);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const log = () =>
    stdout
      .slice(0, stdout.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line !== '')
      .map((line): LogLine => JSON.parse(line));
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.on('close', (code) => {
      started.resolve(undefined);
      resolve({ code, stderr });
    });
  });
  return {
    marks: () => marks,
    log,
    started: started.promise,
    onMark: (tell) => void tellers.push(tell),
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

/** Waits for so long, to a fraction of a millisecond where it is short. */
export async function waitMs(ms: number): Promise<void> {
  const endMs = performance.now() + ms;
  if (ms > 3) await sleep(ms - 2);
  while (performance.now() < endMs);
}
