// One root class: every error that we raise on purpose has a code from a documented list and says what happened,
// where, and what to do.
import type { StoreTrouble } from './store-trouble.ts';

export interface TributaryErrorOptions extends ErrorOptions {
  readonly sourceId?: string | undefined;
}

export class TributaryError extends Error {
  /** Documented in docs/OPERATING.md; stable. */
  readonly code: string;
  readonly sourceId: string | undefined;

  constructor(code: string, message: string, options: TributaryErrorOptions = {}) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.sourceId = options.sourceId;
  }
}

/** A configuration that cannot be used: every mistake in it at once, in the order of the file. */
export class ConfigError extends TributaryError {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super('bad-config', problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

export interface ConfigProblem {
  readonly file: string;
  /** From 1; 0 where the whole file is meant. */
  readonly line: number;
  readonly column: number;
  /** `sources[2].every`; empty for the file as a whole. */
  readonly key: string;
  readonly message: string;
}

export function formatProblem(problem: ConfigProblem): string {
  const where = problem.line > 0 ? `${problem.file}:${problem.line}:${problem.column}` : problem.file;
  return problem.key === '' ? `${where}: ${problem.message}` : `${where}: ${problem.key}: ${problem.message}`;
}

/** Bytes or text that cannot be read as a feed, or as a list of them. Codes: `not-a-feed`, `not-a-list`, `empty-body`, `too-deep`, `too-large`, `too-costly`. */
export class ReadError extends TributaryError {}

/** A document of ours that did not read back as it should. Code: `bad-rendition`. */
export class RenderError extends TributaryError {}

/**
 * The store could not be opened or does not answer, or documents cannot be kept on disk. Codes: `store-unavailable`,
 * `store-unreadable`, `store-version`, `store-unsupported`, `data-unavailable`.
 */
export class StoreError extends TributaryError {
  /** May be published, as the message may not. */
  readonly trouble: StoreTrouble;

  constructor(code: string, message: string, options: StoreErrorOptions = {}) {
    super(code, message, options);
    this.trouble = options.trouble ?? (code === 'store-unreadable' ? 'damaged' : 'failing');
  }
}

export interface StoreErrorOptions extends TributaryErrorOptions {
  readonly trouble?: StoreTrouble | undefined;
}

export function assertNever(value: never): never {
  throw new TypeError(`unexpected variant: ${JSON.stringify(value)}`);
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
