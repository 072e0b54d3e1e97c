// The same of what was published, and of what the operator took out.
import { RECORD_VERSION } from '../../model/record-version.ts';
import type { RecordKind } from './answer.ts';
import {
  isBoolean,
  isCount,
  isExactly,
  isListOf,
  isObject,
  isOptional,
  isRecordOf,
  isText,
  isTimestamp,
} from './shape.ts';
import { takenOut } from './withdrawal-checks.ts';

const version = isExactly(RECORD_VERSION);

const editionItems = isListOf(
  isObject({
    publishedId: isText,
    members: isListOf(
      isObject({ sourceId: isText, hash: isText, revision: isCount, firstSeenAt: isOptional(isTimestamp) }),
    ),
    firstSeenAt: isTimestamp,
  }),
);

export const isEditionRecord = isObject({
  version,
  feedId: isText,
  revision: isCount,
  changedAt: isTimestamp,
  sourceRevisions: isRecordOf(isCount),
  recipe: isText,
  nextChangeAt: isOptional(isTimestamp),
  items: editionItems,
  absent: isOptional(editionItems),
  keptIds: isRecordOf(isText),
  sourceReads: isOptional(isRecordOf(isTimestamp)),
  retractions: isOptional(isText),
  retracted: isOptional(isListOf(isObject({ ...takenOut, publishedId: isText, hashes: isListOf(isText) }))),
  former: isOptional(isListOf(isText)),
});

export const isRetractionRecord = isObject({
  version,
  publishedId: isText,
  feedId: isOptional(isText),
  revision: isCount,
  retractedAt: isTimestamp,
  undoneAt: isOptional(isTimestamp),
  reason: isOptional(isText),
  guidUri: isOptional(isText),
  canonicalUrl: isOptional(isText),
  members: isListOf(
    isObject({ sourceId: isText, hash: isText, firstSeenAt: isTimestamp, isAlike: isOptional(isBoolean) }),
  ),
});

const isRetractionStamp = isObject({ version, revision: isCount, changedAt: isTimestamp });

export const EDITION: RecordKind = { check: isEditionRecord, nameField: 'feedId' };
export const RETRACTION: RecordKind = { check: isRetractionRecord };
export const RETRACTION_STAMP: RecordKind = { check: isRetractionStamp };
