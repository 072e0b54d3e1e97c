// What a document did to most of its items at once, in words for log and status.
import { assertNever } from '../model/errors.ts';
import type { ReadingNote } from '../model/item.ts';
import type { Churn } from '../model/source-record.ts';

/** Nothing where there was none. */
export function notesOfChurn(churn: Churn | undefined): readonly ReadingNote[] {
  if (churn === undefined) return [];
  return [{ code: 'guid-churn', detail: `${churn.items} of ${churn.of} ${whatOf(churn.kind)}` }];
}

function whatOf(kind: Churn['kind']): string {
  switch (kind) {
    case 'new-ids':
      return 'known items came under other ids or addresses';
    case 'new-dates':
      return 'known items came under later dates, and keep the ones that they had';
    case 'new-site':
      return 'items are of another site than all that was known';
    default:
      return assertNever(kind);
  }
}
