// `tributary status`: how polling goes, from what the store remembers; a running service need not be asked.
import { readStatusJson, renderStatusJson, STATUS_JSON_PATH } from '../core/render/status-json.ts';
import { systemClock } from '../edge/ops/clock.ts';
import { redactText } from '../edge/ops/redact.ts';
import { openStore } from '../edge/store/open-store.ts';
import type { Config } from '../model/config.ts';
import { StoreError } from '../model/errors.ts';
import type { SiteStatus } from '../model/status.ts';
import { secretsOf } from '../pipeline/config-secrets.ts';
import { readStatus } from '../pipeline/read-status.ts';
import { type Command, EXIT, type Terminal, UsageError } from './command.ts';
import { loadKnownConfig } from './known-config.ts';
import { askLocally, localUrl } from './running-service.ts';
import { statusTable } from './status-table.ts';

export const statusCommand: Command = {
  name: 'status',
  usage: 'status [--json]',
  summary: 'shows how the polls of every source go',
  details: `Reads what the store remembers: the last poll of each source and what came of it, the next one and
what decided its time, the interval in force, the items known, how many items it published on each of
the last 30 days, and what somebody should look at. Ends with 0, whatever it shows. Where the store does
not answer, the service that runs on this machine is asked what it knows.

--json  the same as /status.json of a running service
`,
  examples: ['tributary status', `tributary status --json | jq '.sources[] | select(.health == "failing")'`],
  options: { json: { type: 'boolean' } },
  operandsMax: 0,
  async run({ configFile, options, terminal }) {
    const config = await loadKnownConfig(configFile, terminal);
    if (config.store === 'memory:')
      throw new UsageError('store: memory: keeps nothing that could be read; ask the service: /status');
    const status = await statusFromStore(config).catch((error) => statusOfService(config, terminal, error));
    const text =
      options['json'] === true ? renderStatusJson(status) : statusTable(status, { stream: terminal.stdout });
    terminal.stdout.write(redactText(text, secretsOf(config)));
    return EXIT.done;
  },
};

async function statusFromStore(config: Config): Promise<SiteStatus> {
  const store = await openStore(config.store);
  try {
    return await readStatus(store, config, systemClock.now());
  } finally {
    await store.close();
  }
}

/** Throws `error` where that is another than of a store that is away, or where no service answers. */
async function statusOfService(config: Config, terminal: Terminal, error: unknown): Promise<SiteStatus> {
  if (!(error instanceof StoreError) || error.code !== 'store-unavailable') throw error;
  const { admin, publicUrl } = config.server;
  const origin = localUrl(admin ?? config.server);
  const folder = admin === undefined ? new URL(publicUrl).pathname : '/';
  const url = new URL(STATUS_JSON_PATH, new URL(folder, origin));
  const answer = await askLocally(url).catch(() => undefined);
  const status = answer?.status === 200 ? readStatusJson(answer.text) : undefined;
  if (status === undefined) throw error;
  terminal.stderr.write(`${error.message}; the service at ${origin} says:\n`);
  return status;
}
