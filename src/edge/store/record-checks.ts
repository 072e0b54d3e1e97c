// The essentials that a record must have before anything builds on it: its version, and the fields that decide.
// The types are in model/. A record of another version is not read: migrations belong to who opens a store.
import { MOVE_OBSTACLES, POLL_WHYS } from '../../model/poll-record.ts';
import { RECORD_VERSION } from '../../model/record-version.ts';
import type { RecordKind } from './answer.ts';
import {
  type Check,
  isBoolean,
  isCount,
  isExactly,
  isListOf,
  isObject,
  isOneOf,
  isOptional,
  isPair,
  isRecordOf,
  isText,
  isTimestamp,
} from './shape.ts';

/** Reading bounds it lower (core/parse/limits.ts). */
const EXTENSION_DEPTH_MAX = 64;

const version = isExactly(RECORD_VERSION);
const anyObject = isObject({});
const rights = isObject({ text: isOptional(isText), licenses: isListOf(isText) });
const html = isObject({ html: isText });
const people = isListOf(isObject({ name: isOptional(isText), uri: isOptional(isText) }));
const categories = isListOf(isObject({ term: isText }));
const links = isListOf(isObject({ rel: isText, url: isText }));
const attributes = isListOf(isPair(isText));
const extensions = isListOf(isExtension(EXTENSION_DEPTH_MAX));

const withdrawal = {
  when: isTimestamp,
  learntAt: isTimestamp,
  by: isOptional(isText),
  reason: isOptional(isText),
};
export const isRememberedTombstone = isObject({
  ...withdrawal,
  keys: isListOf(isText),
  page: isOptional(isText),
  claimed: isOptional(isTimestamp),
});

const isSourceRecord = isObject({
  version,
  sourceId: isText,
  revision: isCount,
  contentRevision: isCount,
  firstAddress: isText,
  firstReadAt: isOptional(isTimestamp),
  address: isText,
  validators: isObject({ etag: isOptional(isText), lastModified: isOptional(isText) }),
  bodyHash: isOptional(isText),
  encodedHash: isOptional(isText),
  itemsMax: isOptional(isCount),
  unconditionalAt: isOptional(isTimestamp),
  tdm: isOptional(
    isObject({
      origin: isText,
      checkedAt: isTimestamp,
      rules: isListOf(isObject({ location: isText, reserved: isBoolean, policyUrl: isOptional(isText) })),
    }),
  ),
  push: isOptional(
    isObject({
      hubUrls: isListOf(isText),
      topicUrl: isText,
      documentUrl: isText,
      contentLocation: isOptional(isText),
      contentLanguage: isOptional(isText),
    }),
  ),
  feed: isOptional(
    isObject({
      format: isText,
      title: isOptional(isText),
      authors: people,
      contributors: people,
      categories,
      links,
      rights,
      extensions: isOptional(extensions),
    }),
  ),
  churn: isOptional(isObject({ kind: isText, items: isCount, of: isCount })),
  readBy: isOptional(isText),
  pageRules: isOptional(isCount),
  items: isListOf(
    isObject({
      key: isText,
      aliasKey: isOptional(isText),
      hash: isText,
      fingerprint: isText,
      publishedId: isText,
      guidUri: isOptional(isText),
      canonicalUrl: isOptional(isText),
      publishedAt: isOptional(isTimestamp),
      updatedAt: isOptional(isTimestamp),
      titleHash: isText,
      textSketch: isOptional(isText),
      knownBy: isOptional(isText),
      ignoredDate: isOptional(isTimestamp),
      toldAt: isOptional(isTimestamp),
      toldSketch: isOptional(isText),
      firstSeenAt: isTimestamp,
      changedAt: isTimestamp,
      revision: isCount,
      withdrawn: isOptional(isObject({ ...withdrawal, claim: isOptional(isTimestamp) })),
    }),
  ),
  tombstones: isOptional(isListOf(isRememberedTombstone)),
});

const isItemRecord = isObject({
  version,
  hash: isText,
  revision: isCount,
  item: isObject({
    guid: isOptional(isText),
    guidIsPermalink: isBoolean,
    permalink: isOptional(isText),
    title: isText,
    content: isOptional(html),
    summary: isOptional(html),
    authors: people,
    contributors: people,
    publishedAt: isOptional(isTimestamp),
    updatedAt: isOptional(isTimestamp),
    categories,
    enclosures: isListOf(isObject({ url: isText })),
    rights,
    source: isOptional(anyObject),
    links,
    extensions: isOptional(extensions),
  }),
});

/** Elements within elements, to a depth that reading never gives. */
function isExtension(depthMax: number): Check {
  if (depthMax === 0) return () => ' is nested too deep';
  let inner: Check | undefined;
  const children = isListOf((value) => {
    inner ??= isExtension(depthMax - 1);
    return inner(value);
  });
  return isObject({ name: isText, namespace: isText, attributes, text: isText, children });
}

const isNamedSite = isObject({ title: isText, siteUrl: isText });

const isPollRecord = isObject({
  version,
  polledAt: isTimestamp,
  nextPollAt: isTimestamp,
  outcome: isOneOf(['updated', 'unchanged', 'not-modified', 'failed', 'gone', 'rate-limited']),
  reason: isOptional(isText),
  failures: isCount,
  movedTo: isOptional(
    isObject({
      feedUrl: isText,
      sightings: isCount,
      saidBy: isOptional(isText),
      askedAt: isOptional(isTimestamp),
      obstacle: isOptional(isOneOf(MOVE_OBSTACLES)),
    }),
  ),
  page: isOptional(
    isObject({
      feedUrls: isListOf(isText),
      isFollowed: isBoolean,
      saidBy: isText,
      obstacle: isOptional(isOneOf(MOVE_OBSTACLES)),
    }),
  ),
  becameAnotherSite: isOptional(isObject({ at: isTimestamp, before: isNamedSite, now: isNamedSite })),
  refusal: isOptional(isObject({ host: isText, status: isCount, until: isTimestamp })),
  why: isOptional(isOneOf(POLL_WHYS)),
  intervalMs: isOptional(isCount),
  askedUntil: isOptional(isTimestamp),
  arrivals: isOptional(isListOf(isCount)),
  emptyPolls: isOptional(isCount),
  days: isOptional(isListOf(isObject({ day: isText, polls: isCount, failed: isCount }))),
});

const agreed = { hubUrl: isText, topicUrl: isText, callbackUrl: isText };

const isSubscriptionRecord = isObject({
  version,
  sourceId: isText,
  wanted: isOptional(
    isObject({
      ...agreed,
      secret: isText,
      state: isOneOf(['asking', 'verified', 'denied']),
      askAt: isTimestamp,
      failures: isCount,
      reason: isOptional(isText),
      verifiedAt: isOptional(isTimestamp),
      leaseEndsAt: isOptional(isTimestamp),
      pushedAt: isOptional(isTimestamp),
      provenAt: isOptional(isTimestamp),
      missedAt: isOptional(isTimestamp),
    }),
  ),
  leaving: isListOf(isObject({ ...agreed, askAt: isTimestamp, attempts: isCount })),
});

const isHubRecord = isObject({
  version,
  hubUrl: isText,
  told: isRecordOf(isText),
  failures: isCount,
  nextAt: isOptional(isTimestamp),
  reason: isOptional(isText),
});

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
  retracted: isOptional(
    isListOf(
      isObject({
        publishedId: isText,
        hashes: isListOf(isText),
        takenOutBy: isOneOf(['publisher', 'operator']),
        when: isTimestamp,
        learntAt: isTimestamp,
        by: isOptional(isText),
        reason: isOptional(isText),
        publishedAt: isTimestamp,
        sourceTitle: isText,
        sourceUrl: isText,
      }),
    ),
  ),
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

const isAbsenceRecord = isObject({ version, lookedAt: isTimestamp, absentMs: isRecordOf(isCount) });

const isRetractionStamp = isObject({ version, revision: isCount, changedAt: isTimestamp });

export const SOURCE: RecordKind = { check: isSourceRecord, nameField: 'sourceId' };
export const ITEM: RecordKind = { check: isItemRecord, nameField: 'hash' };
export const POLL: RecordKind = { check: isPollRecord };
export const SUBSCRIPTION: RecordKind = { check: isSubscriptionRecord, nameField: 'sourceId' };
export const HUB: RecordKind = { check: isHubRecord, nameField: 'hubUrl' };
export const EDITION: RecordKind = { check: isEditionRecord, nameField: 'feedId' };
export const ABSENCE: RecordKind = { check: isAbsenceRecord };
export const RETRACTION: RecordKind = { check: isRetractionRecord };
export const RETRACTION_STAMP: RecordKind = { check: isRetractionStamp };
