// `tributary probe URL`: the feed behind an address, how it reads, whose it is, and the YAML to paste.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadConfig, parseConfig } from '../edge/config/load-config.ts';
import { systemClock } from '../edge/ops/clock.ts';
import { createRedactor } from '../edge/ops/redact.ts';
import type { Config } from '../model/config.ts';
import { ConfigError } from '../model/errors.ts';
import { secretsOf } from '../pipeline/config-secrets.ts';
import { type Probe, probeAddress } from '../pipeline/probe-address.ts';
import { type Command, type CommandInput, EXIT, type Terminal, UsageError } from './command.ts';
import { openNetworkParts } from './network-parts.ts';
import { probeJson } from './probe-json.ts';
import { nothingText, probeText } from './probe-text.ts';

/** Between two requests; a configured gap that is shorter holds. */
const REST_MS = 500;
/** Shorter values would mask half of every line. */
const SECRET_CHARS_MIN = 4;

export const probeCommand: Command = {
  name: 'probe',
  usage: 'probe URL [--json]',
  summary: 'finds the feed behind a page or feed, and shows how it reads and what to write',
  details: `Asks the address, and where it is a page the feeds that the page declares, the feeds of known sites, and what
the page links; the usual places last. Never more than 12 requests, each as a poll would make it, with the network
settings of the configuration where there is one. Nothing is remembered. Ends with 1 where no feed was found.

--json  the same as data
`,
  examples: [
    'tributary probe https://harbour.example/',
    'tributary probe https://harbour.example/feed.xml --json',
  ],
  options: { json: { type: 'boolean' } },
  operandsMax: 1,
  async run(input) {
    const { operands, options, terminal } = input;
    const config = await networkConfig(input);
    const [probe, isHttpTried] = await probeEither(addressesOf(operands[0]), config);
    const secrets = [...secretsOf(config), ...Object.values(probe.best?.written.env ?? {})];
    const redact = createRedactor(secrets.filter((secret) => secret.length >= SECRET_CHARS_MIN));
    tell(probe, options['json'] === true, redact, terminal);
    if (isHttpTried) terminal.stderr.write('https could not be reached there; this is http\n');
    return probe.best === undefined ? EXIT.failed : EXIT.done;
  },
};

function tell(
  probe: Probe,
  asJson: boolean,
  redact: (text: string) => string,
  { stdout, stderr }: Terminal,
): void {
  if (asJson) stdout.write(probeJson(probe, redact));
  if (probe.best === undefined) stderr.write(redact(nothingText(probe)));
  else if (!asJson) {
    const text = redact(probeText(probe, probe.best, systemClock.now()));
    stdout.write(`${text}${probe.best.written.yaml}`);
  }
}

/** In the order in which they are tried: what has no scheme is https, or else http. */
function addressesOf(operand: string | undefined): readonly string[] {
  const text = operand?.trim() ?? '';
  if (text === '') throw new UsageError('URL: say which page or feed');
  const written = text.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'https://');
  const hasScheme = /^(?:https?|file):\/\//i.test(written);
  const isOther = /^[a-z][a-z0-9+.-]*:(?!\d+(?:[/?#]|$))/i.test(written);
  const candidates = hasScheme ? [written] : [`https://${written}`, `http://${written}`];
  const addresses = candidates.flatMap((address) => URL.parse(address)?.href ?? []);
  if ((isOther && !hasScheme) || addresses.length === 0 || /\s/.test(written))
    throw new UsageError('URL: give a web address, as in https://harbour.example/');
  return addresses;
}

async function probeEither(addresses: readonly string[], config: Config): Promise<[Probe, boolean]> {
  const parts = openNetworkParts(config);
  const restMs = Math.min(REST_MS, config.network.perHost.gapMs);
  const deps = { ...parts, sources: config.sources, rest: () => systemClock.sleep(restMs) };
  try {
    const [first = '', second] = addresses;
    const probe = await probeAddress(first, deps);
    const isUnreachable = probe.failure?.reason === 'connect' || probe.failure?.reason === 'tls';
    if (second === undefined || !isUnreachable) return [probe, false];
    return [await probeAddress(second, deps), true];
  } finally {
    await parts.close();
  }
}

/** A configuration that nobody named may be absent or unfinished: probing is how one begins. */
async function networkConfig({ configFile, options, terminal }: CommandInput): Promise<Config> {
  const isNamed = options['config'] !== undefined || Boolean(terminal.env['TRIBUTARY_CONFIG']);
  const file = path.resolve(terminal.cwd(), configFile);
  if (!isNamed && !existsSync(file)) return defaultConfig();
  try {
    return await loadConfig(configFile, terminal.env, terminal.cwd());
  } catch (error) {
    if (isNamed || !(error instanceof ConfigError)) throw error;
    terminal.stderr.write(`${configFile} has mistakes, and is left aside: tributary check names them\n`);
    return defaultConfig();
  }
}

function defaultConfig(): Config {
  const text = 'sources: [{ url: "https://none.invalid/" }]\nfeeds: [{ id: none, title: None }]\n';
  return parseConfig(text, { file: 'none', env: {}, cwd: '/' });
}
