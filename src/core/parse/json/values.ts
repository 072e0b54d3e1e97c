// Values of parsed JSON, asked for by the type that is wanted: anything else is absent. What XML forbids no text has, as in XML.
import { FORBIDDEN } from '../xml/characters.ts';

export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** At most `max` of a list; a single value counts as a list of one. */
export function listOf(value: unknown, max: number): readonly unknown[] {
  if (Array.isArray(value)) return value.length > max ? value.slice(0, max) : value;
  return value === undefined || value === null ? [] : [value];
}

/** Text without outer white space; numbers are text, as ids often are. Undefined where it is empty. */
export function stringOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.toWellFormed().replace(FORBIDDEN, '').trim();
  return text === '' ? undefined : text;
}
