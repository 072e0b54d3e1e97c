// Lists of feeds as they were last read, on disk: `DIR/lists/ID.json`. So the sources of a list are there at a start without
// network, and an empty or unreadable list never empties a feed.
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Validators } from '../../model/fetch-outcome.ts';
import type { SourceId } from '../../model/ids.ts';
import type { PollRecord } from '../../model/poll-record.ts';
import type { SourceList } from '../../model/source-list.ts';
import { makeFolderDurably, replaceDurably } from './durable-file.ts';
import { POLL } from './poll-checks.ts';
import { isCount, isListOf, isObject, isOptional, isText } from './shape.ts';

export interface ListRecord {
  readonly id: SourceId;
  /** As it was last read and not empty; undefined where it never was. */
  readonly list: SourceList | undefined;
  /** Lists that it includes, as they were last read, by address. */
  readonly included: readonly { readonly url: string; readonly list: SourceList }[];
  readonly validators: Validators;
  readonly poll: PollRecord;
  /** More than half of its feeds went when it last changed. */
  readonly lost?: { readonly before: number; readonly after: number } | undefined;
}

const FILE_BYTES_MAX = 64 * 1024 * 1024;

/** Undefined where there is none, or none that can be read: it is made again. */
export async function readListFile(dir: string, id: SourceId): Promise<ListRecord | undefined> {
  const file = fileOf(dir, id);
  try {
    if ((await stat(file)).size > FILE_BYTES_MAX) return undefined;
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (isListRecord(value) !== undefined) return undefined;
    const record = value as ListRecord;
    return record.id === id ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Throws where the disk fails. On return it outlives a loss of power. */
export async function writeListFile(dir: string, record: ListRecord): Promise<void> {
  const file = fileOf(dir, record.id);
  await makeFolderDurably(path.dirname(file));
  await replaceDurably(file, Buffer.from(JSON.stringify(record)));
}

export async function removeListFile(dir: string, id: SourceId): Promise<void> {
  await rm(fileOf(dir, id), { force: true });
}

/** Of every list that has a file, configured or not. */
export async function listListFiles(dir: string): Promise<readonly SourceId[]> {
  const names = await readdir(path.join(dir, 'lists')).catch(() => []);
  return names.flatMap((name) => {
    const digits = /^list-([0-9a-f]+)\.json$/.exec(name)?.[1];
    return digits === undefined ? [] : [`list:${digits}` as SourceId];
  });
}

/** A list's id is `list:` and hexadecimal digits. */
function fileOf(dir: string, id: SourceId): string {
  return path.join(dir, 'lists', `${id.replace(/[^a-z0-9]/g, '-')}.json`);
}

const isListed = isObject({
  address: isText,
  title: isOptional(isText),
  siteUrl: isOptional(isText),
  categories: isListOf(isText),
});
const isList = isObject({
  title: isOptional(isText),
  sources: isListOf(isListed),
  includes: isListOf(isText),
  dropped: isCount,
});
const isListRecord = isObject({
  id: isText,
  list: isOptional(isList),
  included: isListOf(isObject({ url: isText, list: isList })),
  validators: isObject({ etag: isOptional(isText), lastModified: isOptional(isText) }),
  poll: POLL.check,
  lost: isOptional(isObject({ before: isCount, after: isCount })),
});
