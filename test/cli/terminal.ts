// A command run in this process: what it writes, and how it ends.
import { PassThrough } from 'node:stream';
import { run } from '../../src/cli/run.ts';
import { PLANTED, ROOT } from '../e2e/tributary.ts';

export interface CommandEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `tty`: stderr is a terminal so many columns wide. A planted secret in what it writes is an error. */
export async function runHere(
  args: readonly string[],
  options: {
    readonly tty?: number;
    readonly cwd?: string;
    readonly env?: Record<string, string>;
    readonly stdin?: AsyncIterable<Uint8Array>;
  } = {},
): Promise<CommandEnd> {
  const [stdout, stderr] = [captured(), captured()];
  const terminal = { isTTY: true, columns: options.tty, cursorTo: wipe, clearLine: () => true };
  function wipe() {
    return stderr.stream.write('\r');
  }
  if (options.tty !== undefined) Object.assign(stderr.stream, terminal);
  const code = await run(args, {
    stdin: options.stdin ?? new PassThrough().end(),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: options.env ?? {},
    cwd: () => options.cwd ?? ROOT,
    on: () => undefined,
  });
  const end = { code, stdout: stdout.text(), stderr: stderr.text() };
  if (`${end.stdout}${end.stderr}`.includes(PLANTED))
    throw new Error(`a secret was told: ${end.stdout}${end.stderr}`);
  return end;
}

function captured() {
  const chunks: string[] = [];
  const stream = new PassThrough();
  stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    text: () => `${chunks.join('')}${stream.read() ?? ''}`,
  };
}
