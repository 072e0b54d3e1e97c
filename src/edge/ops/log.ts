// The log: one JSON line per event on stdout, the same for people on a terminal. Secrets never appear, and a reader
// that is slow or gone neither stops the process nor holds it up.
import type { Writable } from 'node:stream';
import { pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { createBoundedWriter } from './bounded-writer.ts';
import { type LogFields, loggable } from './loggable.ts';
import { createRedactor } from './redact.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** `event` is a fixed word such as `poll`, never text from outside; what varies goes into the fields. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export interface HidingLog extends Log {
  /** Masks these from now on, beside those that it masks already; of very many the latest, and always those of its start. */
  hide(secrets: readonly string[]): void;
}

export interface FlushableLog extends HidingLog {
  /** To be awaited before the process ends; takes at most `timeoutMs`. */
  flush(timeoutMs: number): Promise<void>;
}

export interface LogOptions {
  /** Events below it are left out. */
  readonly level: LogLevel | 'silent';
  /** Coloured lines for people: on a terminal only. */
  readonly pretty: boolean;
  /** Values from the environment and of headers: masked wherever they occur. */
  readonly secrets: readonly string[];
  /** Default: stdout. */
  readonly destination?: Writable;
}

/** What waits for a reader that does not read; what comes beyond it is dropped, and counted. */
const WAITING_BYTES_MAX = 1_048_576;

/** Each is looked for in every line. */
const HIDDEN_MAX = 10_000;

export function createLog(options: LogOptions): FlushableLog {
  const stream = options.destination ?? process.stdout;
  const writer = createBoundedWriter(stream, WAITING_BYTES_MAX);
  const format = options.pretty ? prettyFormat(stream) : (line: string) => line;
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      // Errors come as plain objects already: pino's own reading of `err` would rename their parts.
      serializers: { err: (value: unknown) => value },
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => void writer.write(format(line)) },
  );
  const hidden = new Set<string>();
  let redact = createRedactor(options.secrets);

  const writeAt =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      if (!logger.isLevelEnabled(level)) return;
      const dropped = writer.takeDropped();
      if (dropped > 0) logger.warn({ event: 'log-lines-dropped', lines: dropped });
      logger[level]({ event, ...loggable(fields, redact) });
    };
  return {
    debug: writeAt('debug'),
    info: writeAt('info'),
    warn: writeAt('warn'),
    error: writeAt('error'),
    hide(secrets) {
      if (secrets.every((secret) => hidden.has(secret))) return;
      for (const secret of secrets) {
        hidden.delete(secret);
        hidden.add(secret);
      }
      for (const oldest of hidden) if (hidden.size > HIDDEN_MAX) hidden.delete(oldest);
      redact = createRedactor([...options.secrets, ...hidden]);
    },
    flush: (timeoutMs) => writer.flush(timeoutMs),
  };
}

function prettyFormat(stream: Writable): (line: string) => string {
  const isTerminal = 'isTTY' in stream && stream.isTTY === true;
  const prettify = prettyFactory({
    colorize: isTerminal && !process.env.NO_COLOR,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    messageKey: 'event',
  });
  return (line) => prettify(line) ?? line;
}
