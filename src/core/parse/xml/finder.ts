// Where a string stands next. The last answer is kept, so that asking for one that is far away, or nowhere, from every
// character of a document costs one walk through it.

export class Finder {
  private readonly source: string;
  private readonly needle: string;
  private from = 0;
  private found = -1;

  constructor(source: string, needle: string) {
    this.source = source;
    this.needle = needle;
  }

  /** Infinity where it does not stand at or after `from`. */
  next(from: number): number {
    if (from < this.from || this.found < from) {
      const found = this.source.indexOf(this.needle, from);
      this.found = found < 0 ? Number.POSITIVE_INFINITY : found;
      this.from = from;
    }
    return this.found;
  }
}
