// What every record says of an item that somebody took back or took out.
import { isListOf, isObject, isOneOf, isOptional, isText, isTimestamp } from './shape.ts';

export const withdrawal = {
  when: isTimestamp,
  learntAt: isTimestamp,
  by: isOptional(isText),
  reason: isOptional(isText),
};

/** Of an item that was published and taken out; what it is known by is each record's own. */
export const takenOut = {
  ...withdrawal,
  takenOutBy: isOneOf(['publisher', 'operator']),
  publishedAt: isTimestamp,
  sourceTitle: isText,
  sourceUrl: isText,
};

export const isRememberedTombstone = isObject({
  ...withdrawal,
  keys: isListOf(isText),
  page: isOptional(isText),
  claimed: isOptional(isTimestamp),
});
