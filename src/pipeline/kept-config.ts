// The configuration as a service that ran with it left it: for commands that read what is stored beside it.
import { readListFile } from '../edge/store/list-files.ts';
import type { Config } from '../model/config.ts';
import { configInForce } from './config-in-force.ts';
import { wholeOf } from './known-lists.ts';

/** With the feeds of its lists as they were last read; nothing is read anew. */
export async function withKeptLists(written: Config): Promise<Config> {
  const lists = written.lists ?? [];
  const records = await Promise.all(lists.map(({ source }) => readListFile(written.dataDir, source.id)));
  const states = records.flatMap((record) =>
    record === undefined ? [] : [[record.id, { list: wholeOf(record), isTried: true }] as const],
  );
  return configInForce(written, new Map(states));
}
