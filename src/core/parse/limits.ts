// Bounds of reading one document. What goes beyond them is left out with a note, except size and, outside of items,
// depth, which no feed has by accident.

export interface ParseLimits {
  /** Characters (UTF-16 code units) of the whole document; more is `too-large`. */
  readonly documentCharsMax: number;
  /**
   * Nested elements, markup within content included. More is `too-deep`; within an item it costs the text that it is in,
   * with the note `truncated-text`.
   */
  readonly depthMax: number;
  /** Items read, in document order; the rest is counted in the note `truncated-items`. */
  readonly itemsMax: number;
  /** Children of one element, and attributes of one element, that are kept. */
  readonly childrenMax: number;
  readonly attributesMax: number;
  /** Characters of any one text or content; longer ones are cut, with the note `truncated-text`. */
  readonly contentCharsMax: number;
  /** Characters of a title as plain text, which is cut with `…`. */
  readonly titleCharsMax: number;
  /** Characters of one attribute value. */
  readonly attributeCharsMax: number;
  /**
   * Entities that a document declares itself: how many are taken, in document order; characters of the value of one;
   * characters that all references in one document may give together, after which they stay as written.
   */
  readonly entitiesMax: number;
  readonly entityCharsMax: number;
  readonly expandedCharsMax: number;
  /** Values of one kind that one item may have: authors, categories, enclosures, links. */
  readonly valuesMax: number;
  /**
   * Elements of other vocabularies that an item, or a feed for itself, may have, those within others counted; how deep they
   * may be nested; characters of the text of one; characters of all their texts and attributes. What is beyond is left out
   * as a whole, with the note `truncated-extensions`.
   */
  readonly extensionsMax: number;
  readonly extensionDepthMax: number;
  readonly extensionTextCharsMax: number;
  readonly extensionCharsMax: number;
  /** Items that one document may say it has taken back; further ones are not read. */
  readonly tombstonesMax: number;
}

export const DEFAULT_LIMITS: ParseLimits = {
  documentCharsMax: 64 * 1024 * 1024,
  depthMax: 256,
  itemsMax: 500,
  childrenMax: 2000,
  attributesMax: 64,
  contentCharsMax: 256 * 1024,
  titleCharsMax: 1024,
  attributeCharsMax: 64 * 1024,
  entitiesMax: 64,
  entityCharsMax: 1024,
  expandedCharsMax: 64 * 1024,
  valuesMax: 100,
  extensionsMax: 500,
  extensionDepthMax: 12,
  extensionTextCharsMax: 16 * 1024,
  extensionCharsMax: 64 * 1024,
  tombstonesMax: 1000,
};
