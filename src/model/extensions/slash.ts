// The Slash module of RSS 1.0 (http://purl.org/rss/1.0/modules/slash/).
import { type Elements, ElementView, said, wholeIn } from './element-view.ts';

export interface Slash {
  readonly section?: string | undefined;
  readonly department?: string | undefined;
  readonly comments?: number | undefined;
  /** Comments by score, from all of them to those of the highest. */
  readonly hitParade?: readonly number[] | undefined;
}

export function slashOf(elements: Elements): Slash | undefined {
  const slash = new ElementView(elements, 'slash');
  return said({
    section: slash.text('section'),
    department: slash.text('department'),
    comments: slash.whole('comments'),
    hitParade: hitParadeIn(slash.text('hit_parade')),
  });
}

function hitParadeIn(text: string | undefined): readonly number[] | undefined {
  const counts = text?.split(',').map(wholeIn);
  return counts?.every((count) => count !== undefined) ? (counts as number[]) : undefined;
}
