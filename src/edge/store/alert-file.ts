// What was told by `alerts:`, beside the last-known-good documents rather than in the store: that the store is lost must be remembered
// too. One file, `DIR/alerts.json`; what is lost with it is told again.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ALERT_EVENTS, type AlertLedger, TROUBLE_KINDS } from '../../model/alert.ts';
import { messageOf } from '../../model/errors.ts';
import { replaceDurably } from './durable-file.ts';
import {
  isBoolean,
  isExactly,
  isListOf,
  isObject,
  isOneOf,
  isOptional,
  isText,
  isTimestamp,
} from './shape.ts';

export interface AlertFile {
  /** On return it outlives a loss of power. */
  write(ledger: AlertLedger): Promise<void>;
  /** An empty one where there is none, or none that can be read; then `problem` says why, for people. */
  read(): Promise<{ readonly ledger: AlertLedger; readonly problem: string | undefined }>;
}

const FILE_NAME = 'alerts.json';
const VERSION = 1;
const BYTES_MAX = 64 * 1024 * 1024;
const EMPTY: AlertLedger = { open: [], waiting: [] };

const OPTIONAL_TEXT = isOptional(isText);
const common = {
  key: isText,
  id: OPTIONAL_TEXT,
  name: OPTIONAL_TEXT,
  reason: OPTIONAL_TEXT,
  movedTo: OPTIONAL_TEXT,
  since: isTimestamp,
};
const isKept = isObject({
  version: isExactly(VERSION),
  open: isListOf(isObject({ ...common, kind: isOneOf(TROUBLE_KINDS), isTold: isBoolean })),
  waiting: isListOf(isObject({ ...common, event: isOneOf(ALERT_EVENTS), at: isTimestamp })),
});

export function openAlertFile(dir: string): AlertFile {
  const file = path.join(dir, FILE_NAME);
  const damaged = (why: string) => ({
    ledger: EMPTY,
    problem: `${file} cannot be used: ${why}; alerts may be told again`,
  });
  return {
    write: ({ open, waiting }) =>
      replaceDurably(file, Buffer.from(`${JSON.stringify({ version: VERSION, open, waiting })}\n`)),
    async read() {
      try {
        if ((await stat(file)).size > BYTES_MAX) return damaged('it is too large');
        const kept = JSON.parse(await readFile(file, 'utf8')) as AlertLedger;
        const reason = isKept(kept);
        if (reason !== undefined) return damaged(`it${reason}`);
        return { ledger: { open: kept.open, waiting: kept.waiting }, problem: undefined };
      } catch (error) {
        const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        return isMissing ? { ledger: EMPTY, problem: undefined } : damaged(messageOf(error).slice(0, 200));
      }
    },
  };
}
