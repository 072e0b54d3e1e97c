// What a check of the store can find: how bad it is, what it means, what to do.

interface FindingKind {
  readonly isProblem: boolean;
  /** Of one, and of several where the plural is no mere s. */
  readonly means: string;
  readonly todo: string;
}

const EXPORT_AND_IMPORT =
  'stop the service, `tributary store export FILE`, then `tributary store import FILE --replace`';

/** Documented in docs/OPERATING.md. */
const KINDS = {
  'store-unavailable': problem('the store cannot be read', 'see the message'),
  'store-unreadable': problem(
    'the database is damaged',
    'restore a backup, or move the file and its -wal and -shm away: the sources are then read anew, ids and dates of what was published come from dataDir',
  ),
  'store-absent': problem(
    'there is no store',
    'see that `store` names the one that the service uses; the first start makes one',
  ),
  'store-version': problem(
    'the store is not of this version',
    'use the version that wrote it, or restore the backup from before the upgrade',
  ),
  'store-unsupported': problem('the store cannot be checked', 'name one that keeps what it is given'),
  'damaged-file': problem(
    "SQLite's own check finds the file damaged",
    'stop the service, `tributary store export FILE` for what can still be read, move the database and its -wal and -shm away, `tributary store import FILE`; and look at the disk',
  ),
  'half-imported': problem(
    'an import was begun and not finished',
    'import it again; until then the store opens for nobody',
  ),
  'newer-record': problem(
    'a record was written by a newer version',
    'start that version again, or restore the backup from before the upgrade; this version leaves the record as it is',
  ),
  'unreadable-source': problem(
    'a source cannot be read',
    'nothing: it is read anew with its next poll, under the same ids',
  ),
  'unreadable-item': problem(
    'the text of an item cannot be read',
    'nothing: it comes back when its source next says it',
  ),
  'unreadable-poll-record': problem(
    'how a source was polled cannot be read',
    'nothing: it is polled at once, and written anew',
  ),
  'unreadable-edition': problem(
    'an edition cannot be read',
    'start the service, or run `once`: it is made anew with what dataDir has of it',
  ),
  'unreadable-subscription': problem('a subscription cannot be read', 'nothing: the hub is asked anew'),
  'unreadable-hub': problem('what a hub was told cannot be read', 'nothing: it is told again'),
  'unreadable-retraction': problem(
    'a retraction cannot be read',
    'retract the item again; where dataDir does not have it either, nothing is published until then',
  ),
  'unreadable-retraction-stamp': problem(
    'the stamp of the retractions cannot be read',
    'retract any item, and undo it',
  ),
  'unreadable-absence-record': problem(
    'since when sources are absent cannot be read',
    'nothing: it is counted anew',
  ),
  'unreadable-archive-head': problem(
    'an archive cannot be read',
    'restart the service: it is written again from dataDir',
  ),
  'unreadable-archive': problem(
    "an archive's text cannot be read",
    'restart the service: it is written again from dataDir',
  ),
  'unreadable-pending-archive': problem(
    'what waits for the next archive cannot be read',
    'restart the service: it is written again from dataDir',
  ),
  'archive-without-text': problem(
    'an archive has no text',
    'restart the service: it is written again from dataDir',
  ),
  'archive-without-head': problem(
    'the text of an archive has no head',
    'restart the service: it is written again from dataDir',
  ),
  'wrong-revision': problem('a record does not fit its place: commits on it are refused', EXPORT_AND_IMPORT),
  'missing-item': problem(
    'a source lists an item that is not there',
    'nothing: its text comes back when its source next says it',
  ),
  'damaged-document': problem(
    'a document in dataDir is not what was written',
    'restart the service: it is made again from the store',
  ),
  'edition-differs': problem(
    'store and dataDir have different items under one revision of a feed',
    'see that only one service uses the two; then restart it: it publishes anew',
  ),
  'orphaned-item': note('an item is listed by no source', 'nothing: it takes room, and is never published'),
  'expired-entry': note('an entry is past its expiry', 'nothing: the next start takes it out'),
  'absent-source': note(
    'a source is not configured',
    'nothing: it is taken out 30 days after it left the configuration; until then it can come back',
  ),
  'absent-feed': note(
    'a feed is not configured',
    'nothing: it is taken out 30 days after it left the configuration, with its archives; until then it can come back',
  ),
  'subscription-without-source': note('a subscription has no source', 'nothing: the hub is told to end it'),
  'unpublished-edition': note('the store is ahead of dataDir', 'nothing: the next start publishes it'),
  'older-than-disk': note(
    'the store is behind dataDir, as after a restore',
    'nothing: what it does not know is read again, and keeps ids and dates from dataDir',
  ),
  'kept-on-disk-alone': note(
    'the store knows nothing of a feed that dataDir has',
    'nothing: the next start gives it back',
  ),
} as const satisfies Readonly<Record<string, FindingKind>>;

export type FindingCode = keyof typeof KINDS;

export interface Finding {
  readonly code: FindingCode;
  readonly isProblem: boolean;
  readonly means: string;
  readonly todo: string;
  readonly count: number;
  /** The first of them. */
  readonly examples: readonly { readonly at: string; readonly reason?: string | undefined }[];
}

const EXAMPLES_MAX = 10;

export class Findings {
  readonly #found = new Map<
    FindingCode,
    { count: number; examples: { at: string; reason?: string | undefined }[] }
  >();

  /** Throws where `code` is none: a kind of record that nobody has words for. */
  add(code: string, at: string, reason?: string): void {
    if (!Object.hasOwn(KINDS, code)) throw new TypeError(`no words for the finding ${code}`);
    const known = code as FindingCode;
    const found = this.#found.get(known) ?? { count: 0, examples: [] };
    found.count += 1;
    if (found.examples.length < EXAMPLES_MAX) found.examples.push({ at, reason });
    this.#found.set(known, found);
  }

  /** Problems first; as they are listed above. */
  all(): readonly Finding[] {
    const codes = (Object.keys(KINDS) as FindingCode[]).filter((code) => this.#found.has(code));
    return codes.map((code) => ({ code, ...KINDS[code], count: 0, examples: [], ...this.#found.get(code) }));
  }
}

function problem(means: string, todo: string): FindingKind {
  return { isProblem: true, means, todo };
}

function note(means: string, todo: string): FindingKind {
  return { isProblem: false, means, todo };
}
