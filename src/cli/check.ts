// `tributary check`: every mistake in the configuration, a line each.
import { emptyTemplateNotes } from '../edge/config/expand-feeds.ts';
import { loadConfig } from '../edge/config/load-config.ts';
import { ConfigError, formatProblem } from '../model/errors.ts';
import { checkOnline } from './check-online.ts';
import { type Command, counted, EXIT, type Terminal } from './command.ts';

export const checkCommand: Command = {
  name: 'check',
  usage: 'check [--online] [--json]',
  summary: 'validates the configuration; --online also asks every source once',
  details: `Without --online it ends with 0, or with 2 where the configuration cannot be used: a line for each mistake.

--online  asks every source once, by the same rules for hosts as the service, and keeps nothing: how each reads, how long
          it took and when it would be polled next; ends with 1 where one of them could not be read
--json    the same as data
`,
  examples: ['tributary check', `tributary check --json | jq '.problems[]'`, 'tributary check --online'],
  options: { online: { type: 'boolean' }, json: { type: 'boolean' } },
  operandsMax: 0,
  async run({ configFile, options, terminal }) {
    const [isOnline, asJson] = [options['online'] === true, options['json'] === true];
    try {
      const config = await loadConfig(configFile, terminal.env, terminal.cwd());
      const { sources, feeds } = config;
      for (const note of emptyTemplateNotes(config)) terminal.stderr.write(`${configFile}: ${note}\n`);
      if (!asJson)
        terminal.stdout.write(
          `${configFile}: ${counted(sources.length, 'source')}, ${counted(feeds.length, 'feed')}, no mistakes\n`,
        );
      if (isOnline) return await checkOnline(config, asJson, terminal);
      if (asJson) printJson({ sources: sources.length, feeds: feeds.length, problems: [] }, terminal);
      return EXIT.done;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      if (asJson) printJson({ problems: error.problems }, terminal);
      else terminal.stdout.write(`${error.problems.map(formatProblem).join('\n')}\n`);
      return EXIT.usage;
    }
  },
};

function printJson(result: object, { stdout }: Terminal): void {
  stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}
