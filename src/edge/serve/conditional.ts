// Is what the client holds still what we would send: RFC 9110, section 13. Pure.

export interface RequestConditions {
  /** The header as received; several lines joined by ', '. */
  readonly ifNoneMatch: string | undefined;
  readonly ifModifiedSince: string | undefined;
}

export interface CurrentDocument {
  /** Of the same document in each of its codings: who holds one of them holds the content. That which would be sent first. */
  readonly etags: readonly [string, ...string[]];
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly changedAtMs: number;
}

/** Without the W/ before a weak one; quoted, so that commas and spaces in it do not end it. */
const OPAQUE_TAG = /"[^"]*"/g;
/** The three forms of section 5.6.7; `Date.parse` alone takes many more, and the last, which has no zone, as local. */
const HTTP_DATE = /^((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [\w :-]+?)(?: GMT)?$/;

/**
 * The entity tag that the client holds and may keep (304); undefined where the document is to be sent. It names the
 * coding held, so that a cache knows which of its responses is meant (RFC 9111, section 4.3.4).
 */
export function heldTag(conditions: RequestConditions, current: CurrentDocument): string | undefined {
  const { ifNoneMatch, ifModifiedSince } = conditions;
  if (ifNoneMatch !== undefined) return matchingTag(ifNoneMatch, current.etags);
  if (ifModifiedSince === undefined) return undefined;
  const [, heldAt] = HTTP_DATE.exec(ifModifiedSince.trim()) ?? [];
  const heldMs = Date.parse(`${heldAt} GMT`);
  // HTTP dates have no fractions of a second. Nothing is earlier than NaN: an unreadable date is ignored.
  return Math.floor(current.changedAtMs / 1_000) * 1_000 <= heldMs ? current.etags[0] : undefined;
}

function matchingTag(ifNoneMatch: string, etags: CurrentDocument['etags']): string | undefined {
  if (ifNoneMatch === etags[0] || ifNoneMatch.trim() === '*') return etags[0];
  // Weak comparison (section 13.1.2): proxies that recode a document put W/ before its tag.
  const held = new Set(ifNoneMatch.match(OPAQUE_TAG));
  return etags.find((tag) => held.has(tag));
}
