// Start tags of markup in a text that stand as the writer of markup would write them, so that they are copied: lower-case
// names without prefix, one space before an attribute, its value in double quotes and escaped.
import { Finder } from './finder.ts';
import { isEscaped } from './references.ts';

export class PlainTags {
  private readonly source: string;
  private readonly ampersands: Finder;
  private readonly lineEnds: Finder;
  private readonly tabs: Finder;

  constructor(source: string) {
    this.source = source;
    this.ampersands = new Finder(source, '&');
    this.lineEnds = new Finder(source, '\n');
    this.tabs = new Finder(source, '\t');
  }

  /**
   * Where the attributes end of a tag whose name ends at `from`; -1 where it is none of these. `nextTag` is where the next
   * `<` stands, or the end of the source.
   */
  attributesEnd(from: number, nextTag: number): number {
    const { source } = this;
    let at = from;
    for (;;) {
      if (isTagEnd(source, at)) return at;
      if (source.charCodeAt(at) !== 0x20 || isTagEnd(source, at + 1)) return this.spaceEnd(at);
      at += 1;
      const name = at;
      while (isPlain(source.charCodeAt(at))) at += 1;
      if (at === name || source.charCodeAt(at) !== 0x3d || source.startsWith('xmlns', name)) return -1;
      at = this.valueEnd(at + 1, nextTag);
      if (at < 0) return -1;
    }
  }

  /** ` />`, as XHTML is written for old browsers. */
  private spaceEnd(at: number): number {
    return this.source.startsWith(' />', at) ? at : -1;
  }

  private valueEnd(start: number, nextTag: number): number {
    const { source } = this;
    if (source.charCodeAt(start) !== 0x22) return -1;
    const end = source.indexOf('"', start + 1);
    if (end < 0 || end > nextTag) return -1;
    if (this.lineEnds.next(start) < end || this.tabs.next(start) < end) return -1;
    if (this.ampersands.next(start) < end && !isEscaped(source, start, end, true)) return -1;
    return source.slice(start, end).includes('>') ? -1 : end + 1;
  }
}

function isTagEnd(source: string, at: number): boolean {
  const code = source.charCodeAt(at);
  return code === 0x3e || (code === 0x2f && source.charCodeAt(at + 1) === 0x3e);
}

function isPlain(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x2d;
}
