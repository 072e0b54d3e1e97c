// `tributary check`: every mistake in the configuration, a line each.
import { loadConfig } from '../edge/config/load-config.ts';
import { ConfigError, formatProblem } from '../model/errors.ts';
import { type Command, counted, EXIT, UsageError } from './command.ts';

export const checkCommand: Command = {
  name: 'check',
  usage: 'check',
  summary: 'validates the configuration; exit code 2 where it cannot be used',
  options: { online: { type: 'boolean' } },
  operandsMax: 0,
  async run({ configFile, options, terminal }) {
    if (options['online'] === true) throw new UsageError('--online: not available in this version');
    try {
      const { sources, feeds } = await loadConfig(configFile, terminal.env, terminal.cwd());
      terminal.stdout.write(
        `${configFile}: ${counted(sources.length, 'source')}, ${counted(feeds.length, 'feed')}, no mistakes\n`,
      );
      return EXIT.done;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      terminal.stdout.write(`${error.problems.map(formatProblem).join('\n')}\n`);
      return EXIT.usage;
    }
  },
};
