// Feed Access Control 1.0 (http://www.bloglines.com/about/specs/fac-1.0).
import { attributeIn, type Elements, ElementView } from './element-view.ts';

export interface Access {
  /** `deny`: not to be in public directories and searches. */
  readonly relationship: 'allow' | 'deny';
}

export function accessOf(elements: Elements): Access | undefined {
  return new ElementView(elements, 'access').one('restriction', (element) => {
    const relationship = attributeIn(element, 'relationship')?.toLowerCase();
    return relationship === 'allow' || relationship === 'deny' ? { relationship } : undefined;
  });
}
