// The names of tags as a document writes them, each looked at once: what an end tag is compared with, how often it is
// open, and what it means in the scope that it was last seen in.

import type { ElementName } from './element-names.ts';
import { VOID_ELEMENTS } from './html-elements.ts';
import type { NamespaceScope } from './namespace-scope.ts';

const TAGS_MAX = 1000;

/** Elements that are open under one name, whatever the case of its letters. */
interface OpenCount {
  open: number;
}

export class Tag {
  /** With prefix as written, in lower case. */
  readonly key: string;
  readonly written: string;
  readonly isVoid: boolean;
  /** Its name is as the writer of markup writes it. */
  readonly isPlain: boolean;
  readonly count: OpenCount;
  /** Which one was opened after it, the last time. */
  next: Tag | undefined;
  private scope: NamespaceScope | undefined;
  private name: ElementName | undefined;

  constructor(written: string, key: string, count: OpenCount) {
    this.written = written;
    this.key = key;
    this.count = count;
    this.isVoid = VOID_ELEMENTS.has(key);
    this.isPlain = /^[a-z][a-z0-9]*$/.test(written);
  }

  nameIn(scope: NamespaceScope): ElementName {
    if (this.name === undefined || this.scope !== scope) {
      this.name = scope.elementName(this.written);
      this.scope = scope;
    }
    return this.name;
  }
}

export class Tags {
  private readonly tags = new Map<string, Tag>();
  private readonly counts = new Map<string, OpenCount>();

  known(written: string): Tag | undefined {
    return this.tags.get(written);
  }

  get isFull(): boolean {
    return this.tags.size >= TAGS_MAX;
  }

  add(written: string): Tag {
    const key = written.toLowerCase();
    const count = this.counts.get(key) ?? { open: 0 };
    const tag = new Tag(written, key, count);
    this.tags.set(written, tag);
    this.counts.set(key, count);
    return tag;
  }

  /** `open` are the tags of the elements that are open: end tags still find them. */
  forgetAllBut(open: readonly Tag[]): void {
    this.tags.clear();
    this.counts.clear();
    for (const { key, count } of open) this.counts.set(key, count);
  }
}
