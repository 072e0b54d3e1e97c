// Whether search engines may list an item or a feed (`urn:atom-extension:indexing`).
import { type Elements, ElementView, said } from './element-view.ts';

export interface Indexing {
  readonly isAllowed?: boolean | undefined;
}

export function indexingOf(elements: Elements): Indexing | undefined {
  return said({ isAllowed: new ElementView(elements, 'indexing').flag('index') });
}
