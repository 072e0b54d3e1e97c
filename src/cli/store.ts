// `tributary store check | export | import`: what an operator does with a whole store.
import { loadConfig } from '../edge/config/load-config.ts';
import type { Config } from '../model/config.ts';
import { type Command, type CommandInput, type ExitCode, UsageError } from './command.ts';
import { checkStore } from './store-check.ts';
import { exportStore } from './store-export.ts';
import { importStore } from './store-import.ts';

interface Deed {
  readonly options: readonly string[];
  readonly takesFile: boolean;
  run(input: CommandInput, config: Config, file: string): Promise<ExitCode>;
}

const DEEDS: ReadonlyMap<string, Deed> = new Map([
  ['check', { options: ['json'], takesFile: false, run: checkStore }],
  ['export', { options: [], takesFile: true, run: exportStore }],
  ['import', { options: ['replace'], takesFile: true, run: importStore }],
]);

export const storeCommand: Command = {
  name: 'store',
  usage: 'store check [--json] | export [FILE] | import [FILE] [--replace]',
  summary: 'checks the store, or copies it out and in again: a backup, or a move to another kind of store',
  details: `check reads every record of the configured store and the documents in dataDir, and says what is whole, what is
not, and what to do about it. It changes nothing, and may run beside the service. Ends with 0 where all is well, with 1
where something has to be done.

  --json     for programs

export writes everything in the store to FILE, or to stdout (also as -): sources and their items, editions,
archives, retractions, learnt addresses, subscriptions. With SQLite it may run beside the service; with a server,
stop the service first. The secrets of push subscriptions are in it: keep it as you keep a password.

import fills the configured store from FILE, or from stdin (also as -). Stop the service first. A stream that is
cut off or was changed is refused before anything is touched; when the import itself is cut off, the store opens
for nobody until it was imported anew.

  --replace  what the store holds now is deleted; without it, only an empty store is filled`,
  examples: [
    'tributary store check',
    `tributary store check --json | jq '.findings[]'`,
    'tributary store export backup.jsonl',
    'tributary store export | gzip > backup.jsonl.gz',
    'tributary store import backup.jsonl',
    'gunzip -c backup.jsonl.gz | tributary store import --replace',
    'tributary store export | TRIBUTARY_STORE=redis://127.0.0.1:6379/0 tributary store import',
  ],
  options: { json: { type: 'boolean' }, replace: { type: 'boolean' } },
  operandsMax: 2,
  async run(input) {
    const [name = '', file] = input.operands;
    const deed = DEEDS.get(name);
    if (deed === undefined) throw new UsageError(`say what to do: ${[...DEEDS.keys()].join(', ')}`);
    if (!deed.takesFile && file !== undefined) throw new UsageError(`unexpected argument: ${file}`);
    for (const option of ['json', 'replace'])
      if (input.options[option] === true && !deed.options.includes(option))
        throw new UsageError(`store ${name} has no --${option}`);
    const { env, cwd } = input.terminal;
    const config = await loadConfig(input.configFile, env, cwd());
    return deed.run(input, config, file === undefined || file === '' ? '-' : file);
  },
};
