// The configuration of commands that read what a service left: its sources are those that the service knows.
import { loadConfig } from '../edge/config/load-config.ts';
import type { Config } from '../model/config.ts';
import { withKeptLists } from '../pipeline/kept-config.ts';
import type { Terminal } from './command.ts';

/** Throws ConfigError. */
export async function loadKnownConfig(configFile: string, { env, cwd }: Terminal): Promise<Config> {
  return withKeptLists(await loadConfig(configFile, env, cwd()));
}
