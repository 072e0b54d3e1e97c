// What may stand in a log line: plain, bounded, without secrets and without characters that steer a terminal.

/** Fields of a log line; `level`, `time` and `event` are the line's own. */
export interface LogFields {
  readonly level?: never;
  readonly time?: never;
  readonly event?: never;
  readonly [name: string]: unknown;
}

const DEPTH_MAX = 5;
const ENTRIES_MAX = 100;
const TEXT_LENGTH_MAX = 8_192;
/** Names of headers and fields whose value is a secret whatever it is. */
const SECRET_FIELD = /^(?:proxy-)?authorization$|^(?:set-)?cookie2?$|token|secret|passw|api-?key/i;
/** Terminals act on C0 and C1 controls, and bidi controls reorder a line; tab and newline are escaped by JSON. */
const STEERING = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g;

/** A copy of the fields as they may be logged. Text beyond 8,192 characters, 100 entries or 5 levels is cut. */
export function loggable(fields: LogFields, redact: (text: string) => string): Record<string, unknown> {
  return copyEntries(Object.entries(fields), redact, 0);
}

function copy(value: unknown, redact: (text: string) => string, depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return copyText(value, redact);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
    case 'undefined':
      return value;
    case 'object':
      return value === null ? null : copyObject(value, redact, depth + 1);
    default:
      return copyText(String(value), redact);
  }
}

function copyObject(value: object, redact: (text: string) => string, depth: number): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof URL) return copyText(value.href, redact);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth > DEPTH_MAX) return '[…]';
  if (value instanceof Error) return copyError(value, redact, depth);
  if (Array.isArray(value)) return value.slice(0, ENTRIES_MAX).map((entry) => copy(entry, redact, depth));
  return copyEntries(Object.entries(value), redact, depth);
}

function copyError(error: Error, redact: (text: string) => string, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const code: unknown = Reflect.get(error, 'code');
  return copyEntries(Object.entries({ name, code, message, stack, cause }), redact, depth);
}

function copyEntries(
  entries: readonly (readonly [string, unknown])[],
  redact: (text: string) => string,
  depth: number,
): Record<string, unknown> {
  const copied = entries.slice(0, ENTRIES_MAX).map(([name, value]): [string, unknown] => {
    const isSecret = SECRET_FIELD.test(name) && typeof value === 'string';
    return [copyText(name, redact), isSecret ? '***' : copy(value, redact, depth)];
  });
  return Object.fromEntries(copied);
}

function copyText(text: string, redact: (text: string) => string): string {
  // Cut only after masking: the head of a secret that lies across the cut would stay.
  const masked = redact(text);
  const cut = masked.length > TEXT_LENGTH_MAX ? `${masked.slice(0, TEXT_LENGTH_MAX)}…` : masked;
  return cut.toWellFormed().replace(STEERING, '\ufffd');
}
