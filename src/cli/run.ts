// Reads the command line, runs a command, turns errors into messages and exit codes.
import { parseArgs } from 'node:util';
import { ConfigError, messageOf, TributaryError } from '../model/errors.ts';
import { VERSION } from '../model/version.ts';
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from './command.ts';

/** In the order that people are told of them. What a command needs is loaded when it is called: the image asks for its health twice a minute. */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['serve', async () => (await import('./serve.ts')).serveCommand],
  ['once', async () => (await import('./once.ts')).onceCommand],
  ['check', async () => (await import('./check.ts')).checkCommand],
  ['probe', async () => (await import('./probe.ts')).probeCommand],
  ['status', async () => (await import('./status.ts')).statusCommand],
  ['explain', async () => (await import('./explain.ts')).explainCommand],
  ['retract', async () => (await import('./retract.ts')).retractCommand],
  ['store', async () => (await import('./store.ts')).storeCommand],
  ['health', async () => (await import('./health.ts')).healthCommand],
  ['import', async () => (await import('./import.ts')).importCommand],
  ['export', async () => (await import('./export.ts')).exportCommand],
  ['schema', async () => (await import('./schema.ts')).schemaCommand],
]);

export function loadCommands(): Promise<readonly Command[]> {
  return Promise.all([...COMMANDS.values()].map((load) => load()));
}

export const COMMON_OPTIONS = {
  config: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  debug: { type: 'boolean' },
} as const;

const COMMON_HELP = `--config FILE  default $TRIBUTARY_CONFIG, else config/tributary.yaml
--debug        shows where an unexpected error came from
`;

/** Runs the command that `args` name. Results go to stdout, messages to stderr. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name = 'help', ...rest] = args;
  if (name === '--version' || name === '-V') return print(terminal, `${VERSION}\n`);
  if (name === 'help' || name === '--help' || name === '-h') return print(terminal, await overview());
  const command = await COMMANDS.get(name)?.();
  if (command === undefined) return complain(terminal, `unknown command: ${name}\n\n${await overview()}`);
  try {
    return await runCommand(command, rest, terminal);
  } catch (error) {
    return explainError(command, error, terminal, rest.includes('--debug'));
  }
}

async function runCommand(command: Command, args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(command, args);
  if (values['help'] === true) return print(terminal, helpOf(command));
  if (positionals.length > command.operandsMax) {
    throw new UsageError(`unexpected argument: ${positionals[command.operandsMax]}`);
  }
  if (values['config'] === '') throw new UsageError('--config FILE: say which file');
  // As with any variable of the environment, one that is empty is one that is not set.
  const configFile = values['config'] ?? (terminal.env['TRIBUTARY_CONFIG'] || 'config/tributary.yaml');
  return command.run({ configFile: String(configFile), options: values, operands: positionals, terminal });
}

function helpOf({ usage, summary, details, examples }: Command): string {
  return `usage: tributary ${usage}

${summary}
${details === undefined ? '' : `\n${details.trimEnd()}\n`}
${COMMON_HELP}
examples:
${examples.map((example) => `  ${example}\n`).join('')}`;
}

function readArguments(command: Command, args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { ...COMMON_OPTIONS, ...command.options },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    // What follows the first sentence explains how to write operands that begin with '-'.
    throw new UsageError(messageOf(error).replace(/\. .*/s, ''));
  }
}

function explainError(command: Command, error: unknown, terminal: Terminal, debug: boolean): ExitCode {
  if (error instanceof UsageError) {
    return complain(terminal, `${error.message}\nusage: tributary ${command.usage}`);
  }
  if (error instanceof ConfigError) return complain(terminal, error.message);
  const isPlanned = error instanceof TributaryError;
  terminal.stderr.write(`tributary: ${isPlanned ? error.message : `unexpected: ${messageOf(error)}`}\n`);
  if (debug && error instanceof Error) terminal.stderr.write(`${error.stack}\n`);
  return EXIT.failed;
}

function print({ stdout }: Terminal, text: string): ExitCode {
  stdout.write(text);
  return EXIT.done;
}

function complain({ stderr }: Terminal, text: string): ExitCode {
  stderr.write(`${text}\n`);
  return EXIT.usage;
}

async function overview(): Promise<string> {
  const commands = await loadCommands();
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Tributary ${VERSION}: republishes feeds as one, with credit on every item.

usage: tributary COMMAND [OPTION …]

${lines.join('\n')}

tributary COMMAND --help   its options, and examples
tributary --version

${COMMON_HELP}`;
}
