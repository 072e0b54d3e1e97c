// The elements that are open, outermost first, and how often each name is among them: so that an end tag without a
// start is known at once, however deep the stack.
import type { BaseScope } from '../../../model/raw-feed.ts';
import type { XmlElement } from './element.ts';
import type { ElementName } from './element-names.ts';
import type { NamespaceScope } from './namespace-scope.ts';
import type { Tag } from './tags.ts';

export interface Frame {
  readonly tag: Tag;
  readonly name: ElementName;
  readonly scope: NamespaceScope;
  /** Undefined for markup in a text field, which has the name that it is closed by instead. */
  readonly element: XmlElement | undefined;
  readonly markupName: string;
  readonly base: BaseScope | undefined;
  readonly language: string | undefined;
  /** The item that this one is in, where it is an item itself. */
  readonly outerItem: XmlElement | undefined;
}

export class FrameStack {
  private readonly frames: Frame[] = [];
  private topmost: Frame | undefined;

  get top(): Frame | undefined {
    return this.topmost;
  }

  get depth(): number {
    return this.frames.length;
  }

  has(tag: Tag): boolean {
    return tag.count.open > 0;
  }

  /** The frame just within that of an element. */
  within(element: XmlElement): Frame | undefined {
    const index = this.frames.findIndex((frame) => frame.element === element);
    return index < 0 ? undefined : this.frames[index + 1];
  }

  tags(): Tag[] {
    return this.frames.map((frame) => frame.tag);
  }

  push(frame: Frame): void {
    this.frames.push(frame);
    this.topmost = frame;
    frame.tag.count.open += 1;
  }

  pop(): Frame | undefined {
    const frame = this.frames.pop();
    this.topmost = this.frames[this.frames.length - 1];
    if (frame !== undefined) frame.tag.count.open -= 1;
    return frame;
  }
}
