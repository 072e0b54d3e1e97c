// What a command of the command line is, and what it is given.

/** Exit codes: fixed by the contract of the command line. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The world as commands see it: `process`, or what a test puts in its place. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
  on(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP', listener: () => void): unknown;
}

export interface CommandInput {
  /** Absolute or relative to the current directory. */
  readonly configFile: string;
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly operands: readonly string[];
  readonly terminal: Terminal;
}

export interface Command {
  readonly name: string;
  /** As in `serve [--role all|web|worker]`. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` says beyond that: what it does, and its options. */
  readonly details?: string;
  /** As they are typed. */
  readonly examples: readonly string[];
  readonly options: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;
  readonly operandsMax: number;
  run(input: CommandInput): Promise<ExitCode>;
}

/** A mistake in how a command was called: shown with its usage, exit code 2. */
export class UsageError extends Error {}

/** As in `1 source`, `2 sources`. */
export function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
