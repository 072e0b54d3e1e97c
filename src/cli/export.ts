// `tributary export`: the sources as OPML, for other programs. No secret is in it.
import { renderOpml } from '../core/render/opml.ts';
import { loadConfig } from '../edge/config/load-config.ts';
import { listedSources } from '../pipeline/site-opml.ts';
import { type Command, counted, EXIT } from './command.ts';

export const exportCommand: Command = {
  name: 'export',
  usage: 'export',
  summary: 'prints the sources as OPML',
  examples: ['tributary export >sources.opml'],
  options: {},
  operandsMax: 0,
  async run({ configFile, terminal }) {
    const config = await loadConfig(configFile, terminal.env, terminal.cwd());
    const listed = listedSources(config, () => undefined);
    terminal.stdout.write(renderOpml('Sources', listed));
    const left = config.sources.filter((source) => source.enabled).length - listed.length;
    if (left > 0)
      terminal.stderr.write(
        `left out: ${counted(left, 'source')} that are files, or whose address is secret\n`,
      );
    for (const { source } of config.lists ?? [])
      terminal.stderr.write(
        `left out: the feeds of ${source.feedUrlIsSecret ? 'a list' : source.address}, a list of its own\n`,
      );
    return EXIT.done;
  },
};
