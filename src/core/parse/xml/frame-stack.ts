// The elements that are open, outermost first, and how often each name is among them: so that an end tag without a
// start is known at once, however deep the stack.
import { ReadError } from '../../../model/errors.ts';
import type { BaseScope } from '../../../model/raw-feed.ts';
import type { XmlElement } from './element.ts';
import type { NamespaceScope } from './namespace-scope.ts';

export interface Frame {
  /** Lower case, with prefix as written: what an end tag is compared with. */
  readonly key: string;
  readonly scope: NamespaceScope;
  /** Undefined for markup in a text field, which has the name that HTML knows it by instead. */
  readonly element: XmlElement | undefined;
  readonly markupName: string;
  readonly base: BaseScope | undefined;
  readonly language: string | undefined;
}

export class FrameStack {
  private readonly depthMax: number;
  private readonly frames: Frame[] = [];
  private readonly openKeys = new Map<string, number>();

  constructor(depthMax: number) {
    this.depthMax = depthMax;
  }

  get top(): Frame | undefined {
    return this.frames.at(-1);
  }

  has(key: string): boolean {
    return this.openKeys.has(key);
  }

  /** The frame just within that of an element. */
  within(element: XmlElement): Frame | undefined {
    const index = this.frames.findIndex((frame) => frame.element === element);
    return index < 0 ? undefined : this.frames[index + 1];
  }

  /** Throws ReadError `too-deep`. */
  push(frame: Frame): void {
    if (this.frames.length >= this.depthMax) {
      throw new ReadError(
        'too-deep',
        `the document nests elements more than ${this.depthMax} deep, which no feed needs; it was not read`,
      );
    }
    this.frames.push(frame);
    this.openKeys.set(frame.key, (this.openKeys.get(frame.key) ?? 0) + 1);
  }

  pop(): Frame | undefined {
    const frame = this.frames.pop();
    if (frame === undefined) return undefined;
    const open = this.openKeys.get(frame.key) ?? 0;
    if (open > 1) this.openKeys.set(frame.key, open - 1);
    else this.openKeys.delete(frame.key);
    return frame;
  }
}
