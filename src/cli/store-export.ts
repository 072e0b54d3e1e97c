// `tributary store export`: the store as a stream. A file stands under its name only when it is whole.
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemClock } from '../edge/ops/clock.ts';
import { exportLines } from '../edge/store/export-store.ts';
import { openContents } from '../edge/store/whole-store.ts';
import type { Config } from '../model/config.ts';
import { messageOf } from '../model/errors.ts';
import { timestampOfClock } from '../model/timestamp.ts';
import { type CommandInput, counted, EXIT, type ExitCode } from './command.ts';
import { createProgressLine } from './progress-line.ts';

/** The secrets of subscriptions are in it. */
const OWNER_ALONE = 0o600;

export async function exportStore(
  { terminal }: CommandInput,
  config: Config,
  file: string,
): Promise<ExitCode> {
  const { stderr, stdout } = terminal;
  const contents = await openContents(config.store);
  const bar = createProgressLine(stderr, contents.total, 'records');
  const counts = { written: 0, leftOut: 0 };
  const lines = exportLines(contents, {
    exportedAt: timestampOfClock(systemClock.now()),
    step: () => {
      counts.written += 1;
      bar.step();
    },
    leftOut: (key, reason) => {
      counts.leftOut += 1;
      bar.above(() => stderr.write(`left out: ${key}: ${reason}\n`));
    },
  });
  try {
    if (file === '-') await pipeline(Readable.from(lines), stdout, { end: false });
    else await writeWhole(path.resolve(terminal.cwd(), file), lines);
  } catch (error) {
    bar.end();
    stderr.write(`the store was not exported: ${messageOf(error)}\n`);
    return EXIT.failed;
  } finally {
    await contents.close();
  }
  bar.end();
  const where = file === '-' ? '' : `${file}: `;
  stderr.write(`${where}${counted(counts.written - counts.leftOut, 'record')} exported\n`);
  if (counts.leftOut === 0) return EXIT.done;
  stderr.write(`${counted(counts.leftOut, 'record')} left out; \`tributary store check\` says what to do\n`);
  return EXIT.failed;
}

async function writeWhole(file: string, lines: AsyncIterable<string>): Promise<void> {
  const temporary = `${file}.tmp`;
  try {
    const handle = await open(temporary, 'w', OWNER_ALONE);
    await pipeline(Readable.from(lines), createWriteStream('', { fd: handle, flush: true }) as Writable);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
