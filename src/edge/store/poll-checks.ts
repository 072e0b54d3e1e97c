// The same of how polls go, and of what is agreed with hubs.
import { MOVE_OBSTACLES, POLL_WHYS } from '../../model/poll-record.ts';
import { RECORD_VERSION } from '../../model/record-version.ts';
import type { RecordKind } from './answer.ts';
import {
  isBoolean,
  isCount,
  isExactly,
  isListOf,
  isObject,
  isOneOf,
  isOptional,
  isRecordOf,
  isText,
  isTimestamp,
} from './shape.ts';

const version = isExactly(RECORD_VERSION);
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

const isAbsenceRecord = isObject({ version, lookedAt: isTimestamp, absentMs: isRecordOf(isCount) });

export const POLL: RecordKind = { check: isPollRecord };
export const ABSENCE: RecordKind = { check: isAbsenceRecord };
export const SUBSCRIPTION: RecordKind = { check: isSubscriptionRecord, nameField: 'sourceId' };
export const HUB: RecordKind = { check: isHubRecord, nameField: 'hubUrl' };
