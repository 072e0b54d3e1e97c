// What records of archives must be when they are read again.
import { RECORD_VERSION } from '../../model/record-version.ts';
import type { RecordKind } from './answer.ts';
import { isDocumentPath } from './manifest.ts';
import {
  type Check,
  isCount,
  isExactly,
  isListOf,
  isObject,
  isOptional,
  isText,
  isTimestamp,
} from './shape.ts';
import { takenOut } from './withdrawal-checks.ts';

const version = isExactly(RECORD_VERSION);
const isTexts = isListOf(isText);
const isNothing: Check = (value) =>
  value !== null && typeof value === 'object' ? undefined : ' is not an object';

/** What every writer reads of an item without asking. Our own writing: that it is whole its digest shows. */
const isItem = isObject({
  id: isText,
  title: isText,
  publishedAt: isTimestamp,
  updatedAt: isTimestamp,
  categories: isListOf(isNothing),
  enclosures: isListOf(isNothing),
  links: isListOf(isNothing),
  attribution: isObject({
    sourceId: isText,
    sourceName: isText,
    source: isNothing,
    authors: isListOf(isNothing),
  }),
  note: isObject({ position: isText, html: isText, text: isText }),
});

const knownBy = { hashes: isTexts, guidUri: isOptional(isText), canonicalUrl: isOptional(isText) };
const isArchivedItem = isObject({ item: isItem, ...knownBy });

const isArchiveHead = isObject({
  version,
  feedId: isText,
  number: isCount,
  name: isText,
  revision: isCount,
  sealedAt: isTimestamp,
  items: isCount,
  from: isOptional(isTimestamp),
  to: isOptional(isTimestamp),
  keys: isTexts,
  sourceIds: isTexts,
  out: isListOf(isObject({ ...takenOut, ...knownBy, id: isText })),
  rights: isText,
});

const isArchiveContent = isObject({
  version,
  feedId: isText,
  number: isCount,
  revision: isCount,
  feed: isObject({
    feedId: isText,
    title: isText,
    publicUrl: isText,
    updatedAt: isTimestamp,
    generator: isText,
  }),
  items: isListOf(isArchivedItem),
  documents: isListOf(
    isObject({
      path: (value) =>
        typeof value === 'string' && isDocumentPath(value) ? undefined : ' is not the path of a document',
      mediaType: isText,
      changedAt: isTimestamp,
      gzip: isText,
      etag: isText,
      gzipEtag: isText,
    }),
  ),
});

const isPendingArchive = isObject({
  version,
  feedId: isText,
  revision: isCount,
  items: isListOf(isArchivedItem),
});

export const ARCHIVE_HEAD: RecordKind = { check: isArchiveHead, nameField: 'feedId' };
export const ARCHIVE: RecordKind = { check: isArchiveContent, nameField: 'feedId' };
export const PENDING_ARCHIVE: RecordKind = { check: isPendingArchive, nameField: 'feedId' };
