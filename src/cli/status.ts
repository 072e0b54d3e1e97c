// `tributary status`: how polling goes, from what the store remembers; a running service need not be asked.
import { renderStatusJson } from '../core/render/status-json.ts';
import { systemClock } from '../edge/ops/clock.ts';
import { redactText } from '../edge/ops/redact.ts';
import { openStore } from '../edge/store/open-store.ts';
import { secretsOf } from '../pipeline/config-secrets.ts';
import { readStatus } from '../pipeline/read-status.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { loadKnownConfig } from './known-config.ts';
import { statusTable } from './status-table.ts';

export const statusCommand: Command = {
  name: 'status',
  usage: 'status [--json]',
  summary: 'shows how the polls of every source go',
  details: `Reads what the store remembers: the last poll of each source and what came of it, the next one and
what decided its time, the interval in force, the items known, how many items it published on each of
the last 30 days, and what somebody should look at. Ends with 0, whatever it shows.

--json  the same as /status.json of a running service
`,
  options: { json: { type: 'boolean' } },
  operandsMax: 0,
  async run({ configFile, options, terminal }) {
    const config = await loadKnownConfig(configFile, terminal);
    if (config.store === 'memory:')
      throw new UsageError('store: memory: keeps nothing that could be read; ask the service: /status');
    const store = await openStore(config.store);
    try {
      const status = await readStatus(store, config, systemClock.now());
      const text =
        options['json'] === true
          ? renderStatusJson(status)
          : statusTable(status, { stream: terminal.stdout });
      terminal.stdout.write(redactText(text, secretsOf(config)));
      return EXIT.done;
    } finally {
      await store.close();
    }
  },
};
