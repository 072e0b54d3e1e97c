// The essentials that the record of a source or of an item must have before anything builds on it: its version, and the fields that
// decide. The types are in model/. A record of another version is not read.
import { RECORD_VERSION } from '../../model/record-version.ts';
import type { RecordKind } from './answer.ts';
import {
  type Check,
  isBoolean,
  isCount,
  isExactly,
  isListOf,
  isObject,
  isOptional,
  isPair,
  isText,
  isTimestamp,
} from './shape.ts';
import { isRememberedTombstone, withdrawal } from './withdrawal-checks.ts';

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

export const SOURCE: RecordKind = { check: isSourceRecord, nameField: 'sourceId' };
export const ITEM: RecordKind = { check: isItemRecord, nameField: 'hash' };
