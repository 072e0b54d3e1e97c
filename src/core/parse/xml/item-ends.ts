// Where an item certainly ends: at its end tag with the next item's start or the end of the feed behind it. What was not
// closed within an item, such as CDATA, reaches no farther.

const ITEM_END =
  /<\/(?:[\w.-]{1,40}:)?(?:item|entry)\s*>\s*(?=<(?:(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]|\/(?:[\w.-]{1,40}:)?(?:channel|rss|feed|rdf)\s*>))/gi;

export class ItemEnds {
  private readonly source: string;
  private readonly pattern = new RegExp(ITEM_END);
  private from = 0;
  private found = -1;

  constructor(source: string) {
    this.source = source;
  }

  /** Infinity where there is none at or after `from`. The last answer is kept, as in Finder. */
  next(from: number): number {
    if (from < this.from || this.found < from) {
      this.pattern.lastIndex = from;
      this.found = this.pattern.exec(this.source)?.index ?? Number.POSITIVE_INFINITY;
      this.from = from;
    }
    return this.found;
  }
}
