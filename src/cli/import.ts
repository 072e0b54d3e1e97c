// `tributary import FILE`: a list of feeds as sources to paste into the configuration.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../model/errors.ts';
import { importedSources, readImport } from '../pipeline/import-list.ts';
import { type Command, EXIT, UsageError } from './command.ts';

export const importCommand: Command = {
  name: 'import',
  usage: 'import FILE',
  summary: 'prints the feeds of an OPML file, or of the INI file of a planet, as sources in YAML',
  examples: ['tributary import subscriptions.opml', 'tributary import planet.ini >sources.yaml'],
  options: {},
  operandsMax: 1,
  async run({ operands, terminal }) {
    const [file] = operands;
    if (file === undefined) throw new UsageError('say which file');
    let bytes: Uint8Array;
    try {
      bytes = await readFile(path.resolve(terminal.cwd(), file));
    } catch (error) {
      terminal.stderr.write(`${file} cannot be read: ${messageOf(error)}\n`);
      return EXIT.failed;
    }
    terminal.stdout.write(importedSources(readImport(bytes)));
    return EXIT.done;
  },
};
