// Which kind of record lies under a key, and what it must be: for whoever reads a whole store.
import { RECORD_VERSION } from '../../model/record-version.ts';
import { answerOf, type RecordKind, versionOf } from './answer.ts';
import { ARCHIVE, ARCHIVE_HEAD, PENDING_ARCHIVE } from './archive-checks.ts';
import { EDITION, RETRACTION, RETRACTION_STAMP } from './edition-checks.ts';
import {
  ABSENCE_KEY,
  ARCHIVE_HEAD_PREFIX,
  ARCHIVE_PREFIX,
  EDITION_PREFIX,
  HUB_PREFIX,
  hubKey,
  ITEM_PREFIX,
  PENDING_ARCHIVE_PREFIX,
  POLL_PREFIX,
  RETRACTION_PREFIX,
  RETRACTION_STAMP_KEY,
  retractionKey,
  SOURCE_PREFIX,
  SUBSCRIPTION_PREFIX,
} from './keys.ts';
import { ABSENCE, HUB, POLL, SUBSCRIPTION } from './poll-checks.ts';
import { ITEM, SOURCE } from './source-checks.ts';

interface KeyKind {
  /** For people, in the singular. */
  readonly name: string;
  readonly kind: RecordKind;
  /** What the record must call itself, from what follows the prefix; absent where nothing in it says so. */
  readonly nameIn?: (rest: string) => string;
  /** The key that the record belongs under, where that is a digest of it. */
  readonly keyOf?: (record: never) => string;
  /** Its row's revision is the record's own: commits are compared with it. */
  readonly isGuard?: true;
}

const whole = (rest: string) => rest;
const beforeNumber = (rest: string) => rest.slice(0, rest.lastIndexOf(':'));

const BY_PREFIX: ReadonlyMap<string, KeyKind> = new Map<string, KeyKind>([
  [SOURCE_PREFIX, { name: 'source', kind: SOURCE, nameIn: whole, isGuard: true }],
  [POLL_PREFIX, { name: 'poll record', kind: POLL }],
  [ITEM_PREFIX, { name: 'item', kind: ITEM, nameIn: whole }],
  [EDITION_PREFIX, { name: 'edition', kind: EDITION, nameIn: whole, isGuard: true }],
  [SUBSCRIPTION_PREFIX, { name: 'subscription', kind: SUBSCRIPTION, nameIn: whole }],
  [HUB_PREFIX, { name: 'hub', kind: HUB, keyOf: ({ hubUrl }: { hubUrl: string }) => hubKey(hubUrl) }],
  [
    RETRACTION_PREFIX,
    {
      name: 'retraction',
      kind: RETRACTION,
      keyOf: (record: Parameters<typeof retractionOf>[0]) => retractionOf(record),
    },
  ],
  [ARCHIVE_HEAD_PREFIX, { name: 'archive head', kind: ARCHIVE_HEAD, nameIn: beforeNumber }],
  [ARCHIVE_PREFIX, { name: 'archive', kind: ARCHIVE, nameIn: beforeNumber }],
  [PENDING_ARCHIVE_PREFIX, { name: 'pending archive', kind: PENDING_ARCHIVE, nameIn: whole }],
]);

const BY_KEY: ReadonlyMap<string, KeyKind> = new Map<string, KeyKind>([
  [RETRACTION_STAMP_KEY, { name: 'retraction stamp', kind: RETRACTION_STAMP, isGuard: true }],
  [ABSENCE_KEY, { name: 'absence record', kind: ABSENCE }],
]);

export type JudgedRecord =
  /** `revision`: what its row's has to be; 0 where commits are not compared with it. */
  | { readonly state: 'whole'; readonly name: string; readonly revision: number }
  /** `newer`: of a version or a kind that a later version of ours writes. */
  | { readonly state: 'unreadable'; readonly name: string; readonly reason: string }
  | { readonly state: 'newer'; readonly name: string; readonly reason: string };

/** What was found under `key`, as the codec gives it. */
export function judgeRecord(key: string, value: unknown): JudgedRecord {
  const prefix = key.slice(0, key.indexOf(':') + 1);
  const found = BY_KEY.get(key) ?? BY_PREFIX.get(prefix);
  if (found === undefined)
    return { state: 'newer', name: 'record', reason: 'of a kind that this version does not know' };
  const { name, kind, nameIn, keyOf, isGuard = false } = found;
  const version = versionOf(value);
  if (version !== undefined && version > RECORD_VERSION)
    return {
      state: 'newer',
      name,
      reason: `of record version ${version}, of which this version knows up to ${RECORD_VERSION}`,
    };
  // What is no field of the record is not compared.
  const asked =
    keyOf === undefined
      ? { kind, name: nameIn?.(key.slice(prefix.length)) }
      : { kind: { check: kind.check }, name: undefined };
  const answer = answerOf<never>(value, asked.kind, asked.name);
  if (answer.kind === 'miss') return { state: 'unreadable', name, reason: 'it is empty' };
  if (answer.kind === 'unreadable') return { state: 'unreadable', name, reason: answer.reason };
  if (keyOf !== undefined && keyOf(answer.value) !== key)
    return { state: 'unreadable', name, reason: "the record is another's: it belongs under another key" };
  return { state: 'whole', name, revision: isGuard ? (answer.value as { revision: number }).revision : 0 };
}

function retractionOf({ publishedId, feedId }: { publishedId: never; feedId?: never }): string {
  return retractionKey(publishedId, feedId);
}
