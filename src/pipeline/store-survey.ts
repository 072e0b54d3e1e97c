// What lies in a store, entry by entry, and what is wrong with it. It is told what to do about each finding, in words for people.
import { recordCodec } from '../edge/store/codec.ts';
import type { StoredEntry } from '../edge/store/contents.ts';
import {
  ARCHIVE_HEAD_PREFIX,
  ARCHIVE_PREFIX,
  EDITION_PREFIX,
  IMPORT_KEY,
  ITEM_PREFIX,
  SOURCE_PREFIX,
  SUBSCRIPTION_PREFIX,
} from '../edge/store/keys.ts';
import { judgeRecord } from '../edge/store/record-kinds.ts';
import type { EditionRecord } from '../model/edition-record.ts';
import { LOST_TEXT } from '../model/item-index.ts';
import type { SourceRecord } from '../model/source-record.ts';
import type { Findings } from './store-findings.ts';

export class StoreSurvey {
  readonly findings: Findings;
  /** By the name of their kind. */
  readonly counts = new Map<string, number>();
  readonly editions = new Map<string, EditionRecord>();
  readonly sourceIds = new Set<string>();
  readonly subscriptionIds = new Set<string>();
  /** `FEED:NUMBER`. */
  readonly #archiveHeads = new Set<string>();
  readonly #archives = new Set<string>();
  /** Items come before sources, in the order of keys. */
  readonly #items = new Set<string>();
  readonly #listed = new Set<string>();

  constructor(findings: Findings) {
    this.findings = findings;
  }

  async add({ key, value, revision }: StoredEntry): Promise<void> {
    if (key === IMPORT_KEY) return this.findings.add('half-imported', 'the store');
    const { value: record } = (await recordCodec.parse(value)) as { readonly value: unknown };
    const judged = judgeRecord(key, record);
    if (judged.state === 'newer') return this.findings.add('newer-record', key, judged.reason);
    // What is there and cannot be read is not missing as well.
    this.#notePresence(key);
    if (judged.state === 'unreadable')
      return this.findings.add(`unreadable-${judged.name.replace(' ', '-')}`, key, judged.reason);
    this.counts.set(judged.name, (this.counts.get(judged.name) ?? 0) + 1);
    if (judged.revision > 0 && revision !== judged.revision)
      this.findings.add(
        'wrong-revision',
        key,
        `commits are compared with ${revision}, the record has ${judged.revision}`,
      );
    if (key.startsWith(SOURCE_PREFIX)) this.#addSource(record as SourceRecord);
    if (key.startsWith(EDITION_PREFIX))
      this.editions.set(key.slice(EDITION_PREFIX.length), record as EditionRecord);
  }

  /** After the last entry. */
  end(): void {
    for (const hash of this.#items)
      if (!this.#listed.has(hash)) this.findings.add('orphaned-item', `${ITEM_PREFIX}${hash}`);
    for (const name of this.#archiveHeads)
      if (!this.#archives.has(name))
        this.findings.add('archive-without-text', `${ARCHIVE_HEAD_PREFIX}${name}`);
    for (const name of this.#archives)
      if (!this.#archiveHeads.has(name))
        this.findings.add('archive-without-head', `${ARCHIVE_PREFIX}${name}`);
  }

  #notePresence(key: string): void {
    const note = (prefix: string, names: Set<string>) => {
      if (key.startsWith(prefix)) names.add(key.slice(prefix.length));
    };
    note(ITEM_PREFIX, this.#items);
    note(SOURCE_PREFIX, this.sourceIds);
    note(SUBSCRIPTION_PREFIX, this.subscriptionIds);
    note(ARCHIVE_HEAD_PREFIX, this.#archiveHeads);
    note(ARCHIVE_PREFIX, this.#archives);
  }

  #addSource({ sourceId, items }: SourceRecord): void {
    for (const { hash, fingerprint, publishedId } of items) {
      this.#listed.add(hash);
      if (!this.#items.has(hash) && fingerprint !== LOST_TEXT)
        this.findings.add('missing-item', `${SOURCE_PREFIX}${sourceId}`, publishedId);
    }
  }
}
