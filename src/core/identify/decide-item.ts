// What one item of a document means: new, changed or the same, and its entry afterwards.
import { isAbsoluteUri } from '../../model/absolute-uri.ts';
import { type ItemIndexEntry, LOST_TEXT } from '../../model/item-index.ts';
import { mintedId } from '../../model/minted-id.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import type { DecideInput, Decision } from './decide.ts';
import type { Line } from './document-lines.ts';
import { fingerprintOf, saysTheSameWithout } from './fingerprint.ts';
import { itemHash, keyByGuid } from './item-key.ts';
import type { Match } from './match.ts';
import { NEAR, nearness } from './text-sketch.ts';

/** New, changed or the same; and what is known of it then. */
export function decideItem(match: Match, input: DecideInput): Decision {
  const { line } = match;
  const { item } = line;
  const { entry: known, by } = match.known ?? { entry: undefined, by: undefined };
  const hash = known?.hash ?? itemHash(input.firstAddress, match.key);
  const firstSeenAt = known?.firstSeenAt ?? input.firstSeen.get(hash) ?? input.now;
  const fingerprint = fingerprintOf(item, firstSeenAt);
  if (known !== undefined && known.fingerprint === fingerprint)
    return { verdict: 'same', by, entry: withPresentName(known, match), item };
  const claims = {
    fingerprint,
    guidUri: publicUriOf(match, input),
    canonicalUrl: line.page,
    titleHash: line.title,
    textSketch: line.sketch,
    publishedAt: item.publishedAt ?? (known === undefined ? item.updatedAt : known.publishedAt),
    updatedAt: item.updatedAt,
    changedAt: input.now,
  };
  if (known === undefined) {
    const publishedId = (claims.guidUri ??
      mintedId(input.firstAddress, givenId(match))) as ItemIndexEntry['publishedId'];
    const entry = { key: match.key, hash, publishedId, firstSeenAt, revision: 1, ...claims };
    return { verdict: 'new', by, entry, item };
  }
  const entry = { ...withPresentName(known, match), ...claims };
  if (isNoEdit(line, known, input))
    return { verdict: 'changed', by, entry: { ...entry, changedAt: known.changedAt }, item };
  const edited = { ...entry, ...toldBy(known, claims, input.now), revision: known.revision + 1 };
  return { verdict: 'changed', by, entry: edited, item };
}

type Told = Pick<ItemIndexEntry, 'toldAt' | 'toldSketch'>;

/**
 * Since when it tells what it tells: from now on where it goes by another URI or page, or its text is not near any more to what it
 * was then. Else whoever rewrites an old item, at once or little by little, would have had every story first.
 */
function toldBy(
  known: ItemIndexEntry,
  claims: Pick<ItemIndexEntry, 'guidUri' | 'canonicalUrl' | 'textSketch'>,
  now: Timestamp,
): Told {
  const { guidUri, canonicalUrl, textSketch } = claims;
  const before = known.toldSketch ?? known.textSketch;
  const isNear = textSketch === before || nearness(textSketch, before) >= NEAR;
  const isSame =
    isNear &&
    (guidUri === undefined || guidUri === known.guidUri) &&
    (canonicalUrl === undefined || canonicalUrl === known.canonicalUrl);
  if (!isSame) return { toldAt: now, toldSketch: undefined };
  return { toldAt: known.toldAt, toldSketch: before === textSketch ? undefined : before };
}

/**
 * Its text was lost, or its elements are read for the first time, or another version of ours read it and what it says in words and
 * dates has not changed since: that it is written again is our doing.
 */
function isNoEdit(line: Line, known: ItemIndexEntry, { isReadAnew }: DecideInput): boolean {
  if (known.fingerprint === LOST_TEXT) return true;
  if (saysTheSameWithout(line.item, known.fingerprint, known.firstSeenAt)) return true;
  const { publishedAt = known.publishedAt, updatedAt } = line.item;
  return (
    isReadAnew &&
    line.title === known.titleHash &&
    (known.textSketch === undefined || line.sketch === known.textSketch) &&
    publishedAt === known.publishedAt &&
    updatedAt === known.updatedAt
  );
}

/** The entry with what this document calls it, and with what it is compared by; itself where nothing of that is new. */
function withPresentName(entry: ItemIndexEntry, { line, key, known, ignoredDate }: Match): ItemIndexEntry {
  const aliasKey = key === entry.key ? undefined : key;
  const isRenamed = aliasKey !== entry.aliasKey && key !== entry.key;
  const knownBy = isRenamed ? known?.by : entry.knownBy;
  const textSketch = entry.textSketch ?? line.sketch;
  const isAsKnown =
    aliasKey === entry.aliasKey &&
    knownBy === entry.knownBy &&
    textSketch === entry.textSketch &&
    ignoredDate === entry.ignoredDate &&
    line.page === entry.canonicalUrl;
  return isAsKnown
    ? entry
    : { ...entry, aliasKey, knownBy, textSketch, ignoredDate, canonicalUrl: line.page };
}

/** Its id, where that is an absolute URI, may be published, and is its own. */
function publicUriOf({ line, key }: Match, { isPublicId }: DecideInput): string | undefined {
  const { guid } = line.item;
  if (guid === undefined || !isAbsoluteUri(guid) || !isPublicId(guid)) return undefined;
  return key === keyByGuid(guid) ? guid : undefined;
}

/** What an id is minted from: the publisher's own, else the permalink; the key where another item has that. */
function givenId({ line: { item }, key }: Match): string {
  if (!item.guid) return item.permalink || key;
  return key === keyByGuid(item.guid) ? item.guid : key;
}
