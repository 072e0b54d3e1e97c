// What a stored value says: whether it is a record of the shape and name that was asked for.
import { UnreadableValue } from './codec.ts';
import type { Check } from './shape.ts';
import type { Answer } from './store.ts';

/** What a record must be: its shape, and the field in which it repeats the name that it is kept under. */
export interface RecordKind {
  readonly check: Check;
  readonly nameField?: string;
}

/** `value` undefined: there is none. `name`: what was asked for, where the kind has a field of it. */
export function answerOf<T>(
  value: unknown,
  kind: RecordKind,
  name: string | undefined,
): Exclude<Answer<T>, { kind: 'unavailable' }> {
  if (value === undefined) return { kind: 'miss' };
  const reason = unreadableReason(value, kind, name);
  return reason === undefined ? { kind: 'hit', value: value as T } : { kind: 'unreadable', reason };
}

function unreadableReason(value: unknown, kind: RecordKind, name: string | undefined): string | undefined {
  if (value instanceof UnreadableValue) return value.reason;
  const wrongShape = kind.check(value);
  if (wrongShape !== undefined) return `the record${wrongShape}`;
  if (kind.nameField === undefined) return undefined;
  const found = (value as Readonly<Record<string, unknown>>)[kind.nameField];
  return found === name
    ? undefined
    : `the record is another's: its ${kind.nameField} is ${JSON.stringify(found)}`;
}

/** That a record gives itself; undefined where it is none. */
export function versionOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'version')) return undefined;
  const { version } = value as { readonly version: unknown };
  return typeof version === 'number' ? version : undefined;
}
