// `tributary store import`: fills the store from a stream. The stream is read through first, and then once more: nothing is touched
// before it has shown that it is whole. What comes by a pipe is kept in dataDir meanwhile.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemClock } from '../edge/ops/clock.ts';
import { entriesInTheWay, importEntries } from '../edge/store/import-store.ts';
import { readStream, type StreamEnd } from '../edge/store/store-stream.ts';
import { openToFill } from '../edge/store/whole-store.ts';
import type { Config } from '../model/config.ts';
import { messageOf } from '../model/errors.ts';
import { timestampOfClock } from '../model/timestamp.ts';
import { type CommandInput, counted, EXIT, type ExitCode, type Terminal } from './command.ts';
import { createProgressLine } from './progress-line.ts';
import { askLocally, localUrl } from './running-service.ts';

export async function importStore(
  { terminal, options }: CommandInput,
  config: Config,
  file: string,
): Promise<ExitCode> {
  const { stderr } = terminal;
  // Of a file the lock says it, whoever has it open.
  const service = config.store.startsWith('sqlite:') ? undefined : await runningService(config);
  if (service !== undefined) {
    stderr.write(
      `a service answers at ${service}, where this configuration has one: it would write into the store meanwhile; stop it first (if it uses another store, give this command another PORT)\n`,
    );
    return EXIT.failed;
  }
  await using source = await rereadable(file, terminal, config.dataDir);
  try {
    const end = await readThrough(source.file);
    return await fill(config, { file: source.file, end, replace: options['replace'] === true, terminal });
  } catch (error) {
    stderr.write(`${file === '-' ? 'stdin' : file} was not imported: ${messageOf(error)}\n`);
    return EXIT.failed;
  }
}

interface Task {
  readonly file: string;
  readonly end: StreamEnd;
  readonly replace: boolean;
  readonly terminal: Terminal;
}

async function fill(config: Config, { file, end, replace, terminal }: Task): Promise<ExitCode> {
  const { stderr } = terminal;
  const adapter = await openToFill(config.store);
  try {
    const inTheWay = replace ? 0 : await entriesInTheWay(adapter);
    if (inTheWay > 0) {
      stderr.write(
        `the store is not empty: it has ${counted(inTheWay, 'record')}; with --replace they are deleted first\n`,
      );
      return EXIT.failed;
    }
    const bar = createProgressLine(stderr, end.records, 'records');
    try {
      await importEntries(adapter, readStream(createReadStream(file)), {
        startedAt: timestampOfClock(systemClock.now()),
        expected: end,
        step: (records) => bar.step(records),
      });
    } finally {
      bar.end();
    }
    stderr.write(`${counted(end.records, 'record')} imported\n`);
    return EXIT.done;
  } finally {
    await adapter.disconnect();
  }
}

async function readThrough(file: string): Promise<StreamEnd> {
  const entries = readStream(createReadStream(file));
  for (;;) {
    const next = await entries.next();
    if (next.done) return next.value;
  }
}

interface Rereadable extends AsyncDisposable {
  readonly file: string;
}

/** A file that can be read twice: what comes by a pipe is written to one, readable by its owner alone. */
async function rereadable(operand: string, { stdin, cwd }: Terminal, dataDir: string): Promise<Rereadable> {
  const named = path.resolve(cwd(), operand);
  if (operand !== '-' && (await isPlainFile(named)))
    return { file: named, [Symbol.asyncDispose]: async () => undefined };
  await mkdir(dataDir, { recursive: true });
  const folder = await mkdtemp(path.join(dataDir, '.import-'));
  const file = path.join(folder, 'stream.jsonl');
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const from = operand === '-' ? Readable.from(stdin) : createReadStream(named);
    await pipeline(from, createWriteStream(file, { mode: 0o600 }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { file, [Symbol.asyncDispose]: remove };
}

async function isPlainFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => true, // opening it will say what is wrong
  );
}

/** Where a service with this configuration answers; undefined where none does. */
async function runningService(config: Config): Promise<string | undefined> {
  const url = localUrl(config.server);
  const answer = await askLocally(new URL('/healthz', url)).catch(() => undefined);
  return answer?.text === 'ok\n' ? url : undefined;
}
