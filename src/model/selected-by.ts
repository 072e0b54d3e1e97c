// Whether a merged feed's selection takes a source in.
import type { Source, SourceSelection } from './config.ts';
import { assertNever } from './errors.ts';

export function isSelectedBy(selection: SourceSelection, source: Pick<Source, 'id' | 'categories'>): boolean {
  switch (selection.kind) {
    case 'all':
      return true;
    case 'ids':
      return selection.ids.includes(source.id);
    case 'categories':
      return source.categories.some((category) => selection.categories.includes(category));
    default:
      return assertNever(selection);
  }
}
