// RawTombstone to Tombstone: what a feed says it has taken back (RFC 6721).
import type { Tombstone } from '../../model/item.ts';
import type { RawTombstone } from '../../model/raw-feed.ts';
import { parseDate } from './dates.ts';
import { normalizePeople } from './people.ts';
import { plainText } from './plain-text.ts';
import { present } from './present.ts';
import type { BaseResolver } from './urls.ts';

/** As an item's id is cut, so that they can be compared. */
const REF_CHARS_MAX = 2048;

/** Undefined where there are none. */
export function normalizeTombstones(
  raw: readonly RawTombstone[],
  bases: BaseResolver,
): readonly Tombstone[] | undefined {
  return raw.length === 0 ? undefined : raw.map((tombstone) => normalizeTombstone(tombstone, bases));
}

function normalizeTombstone({ ref, when, by, comment }: RawTombstone, bases: BaseResolver): Tombstone {
  return present({
    ref: ref.slice(0, REF_CHARS_MAX),
    when: when === undefined ? undefined : parseDate(when),
    by: by === undefined ? undefined : normalizePeople([by], bases)[0],
    comment: plainText(comment),
  });
}
