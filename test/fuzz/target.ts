// What is fuzzed: a way to make an input from a seed, and what must hold of it.
import type { Random } from '../pipeline/damages.ts';

/** Named texts; bytes are one character each (Latin-1), so that an input is saved as JSON and made smaller by its characters. */
export type Input = Readonly<Record<string, string>>;

export interface Target {
  readonly name: string;
  make(random: Random): Input;
  /** Throws where something does not hold. */
  check(input: Input): void | Promise<void>;
}

export function holds(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`does not hold: ${what}`);
}

export function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

export function bytesAsText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Every string of plain data, names of members apart. */
export function stringsIn(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  if (typeof data !== 'object' || data === null) return [];
  return Object.values(data).flatMap(stringsIn);
}
