// A whole store as text, for any other store: JSON Lines, documented in docs/OPERATING.md.
//
//   {"tributary-store":1,"software":"0.1.0","exportedAt":"2026-11-26T20:30:00.000Z"}
//   {"key":"source:harbour","record":{…}}                  one for each record, in the order of the keys' bytes
//   {"end":true,"records":1,"sha256":"…"}                  of the lines of the records, line ends included
//
// Without its end a stream is refused: half of a store looks like a store.
import { createHash } from 'node:crypto';
import { messageOf, StoreError } from '../../model/errors.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { VERSION } from '../../model/version.ts';
import { recordCodec } from './codec.ts';
import { compareKeys, type StoredEntry } from './contents.ts';
import { judgeRecord } from './record-kinds.ts';
import { type Check, isCount, isExactly, isObject, isText, isTimestamp } from './shape.ts';
import { textLines } from './text-lines.ts';

export const STREAM_VERSION = 1;

export interface StreamEnd {
  readonly records: number;
  readonly sha256: string;
}

const isHeader = isObject({ 'tributary-store': isCount, software: isText, exportedAt: isTimestamp });
const isRecordLine = isObject({ key: isText, record: isObject({}) });
const isEndLine = isObject({
  end: (value) => (value === true ? undefined : ' is not true'),
  records: isCount,
  sha256: isText,
});

export function headerLine(exportedAt: Timestamp): string {
  return `${JSON.stringify({ 'tributary-store': STREAM_VERSION, software: VERSION, exportedAt })}\n`;
}

export function recordLine(key: string, record: unknown): string {
  return `${JSON.stringify({ key, record })}\n`;
}

export function endLine({ records, sha256 }: StreamEnd): string {
  return `${JSON.stringify({ end: true, records, sha256 })}\n`;
}

export class RecordCount {
  readonly #digest = createHash('sha256');
  #records = 0;

  add(line: string): void {
    this.#digest.update(line);
    this.#records += 1;
  }

  end(): StreamEnd {
    return { records: this.#records, sha256: this.#digest.copy().digest('hex') };
  }
}

/**
 * The entries of a stream, each a record that this version can read. Throws StoreError `stream-refused` where it is cut off, was
 * changed, is of a newer version or is none; only who reads it to its end knows that it is whole.
 */
export async function* readStream(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<StoredEntry, StreamEnd> {
  const count = new RecordCount();
  let lineNumber = 0;
  let software: string | undefined;
  let lastKey = '';
  let end: StreamEnd | undefined;
  for await (const line of textLines(bytes, LINE_BYTES_MAX)) {
    lineNumber += 1;
    if (line === undefined) throw refused(lineNumber, 'it is longer than any record');
    if (end !== undefined) throw refused(lineNumber, 'something follows the end');
    const value = parsed(line, lineNumber);
    if (software === undefined) {
      software = readHeader(value);
      continue;
    }
    if (Object.hasOwn(value, 'end')) {
      end = readEnd(value, lineNumber, count.end());
      continue;
    }
    const entry = readRecord(value, lineNumber, software);
    if (compareKeys(entry.key, lastKey) <= 0)
      throw refused(lineNumber, `${entry.key} stands behind ${lastKey}: lines were moved or are there twice`);
    lastKey = entry.key;
    count.add(`${line}\n`);
    yield entry;
  }
  if (software === undefined)
    throw new StoreError('stream-refused', 'there is nothing in it; has the export failed?');
  if (end === undefined) {
    throw new StoreError(
      'stream-refused',
      `it is cut off after line ${lineNumber}: the end line is missing; make it once more`,
    );
  }
  return end;
}

/** What a record may take in the store, and its line around it, in bytes. */
const LINE_BYTES_MAX = 128 * 1024 * 1024;

function parsed(line: string, lineNumber: number): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    if (lineNumber > 1)
      throw refused(lineNumber, `it is damaged, or cut off (${messageOf(error).slice(0, 100)})`);
  }
  throw notAStream(line);
}

function notAStream(line: string): StoreError {
  const isPacked = line.startsWith('\u001f');
  return new StoreError(
    'stream-refused',
    isPacked
      ? 'it is compressed; unpack it first, as in `gunzip -c FILE | tributary store import -`'
      : 'it is no export of a store; make one with `tributary store export`',
  );
}

/** Gives the version that wrote it. */
function readHeader(value: Readonly<Record<string, unknown>>): string {
  if (!Object.hasOwn(value, 'tributary-store')) throw notAStream('');
  const version = value['tributary-store'];
  if (typeof version === 'number' && version > STREAM_VERSION) {
    throw new StoreError(
      'stream-refused',
      `it was written by version ${String(value['software'])} of Tributary, in version ${version} of the stream; this one, ${VERSION}, reads ${STREAM_VERSION}: import it with that version or a later one`,
    );
  }
  const reason = isHeader(value) ?? isExactly(STREAM_VERSION)(version);
  if (reason !== undefined) throw refused(1, `the header${reason}`);
  return String(value['software']);
}

function readRecord(
  value: Readonly<Record<string, unknown>>,
  lineNumber: number,
  software: string,
): StoredEntry {
  requireShape(isRecordLine, value, lineNumber);
  const key = String(value['key']);
  const { record } = value;
  const judged = judgeRecord(key, record);
  if (judged.state === 'newer')
    throw refused(
      lineNumber,
      `${key} is ${judged.reason}; Tributary ${software} wrote it, this is ${VERSION}: import it with that version or a later one`,
    );
  if (judged.state === 'unreadable') throw refused(lineNumber, `${key}: ${judged.reason}`);
  return { key, value: recordCodec.stringify({ value: record }) as string, revision: judged.revision };
}

function readEnd(value: unknown, lineNumber: number, found: StreamEnd): StreamEnd {
  requireShape(isEndLine, value, lineNumber);
  const said = value as StreamEnd;
  if (said.records !== found.records)
    throw refused(
      lineNumber,
      `${said.records} records were written, ${found.records} are there; make it once more`,
    );
  if (said.sha256 !== found.sha256)
    throw refused(
      lineNumber,
      'the records are not those that were written: their SHA-256 differs; make it once more',
    );
  return found;
}

function requireShape(check: Check, value: unknown, lineNumber: number): void {
  const reason = check(value);
  if (reason !== undefined) throw refused(lineNumber, `the line${reason}`);
}

function refused(lineNumber: number, what: string): StoreError {
  return new StoreError('stream-refused', `line ${lineNumber}: ${what}`);
}
