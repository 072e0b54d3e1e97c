// Whether an item's publisher asks that it be in no public directory or search engine: Feed Access Control 1.0 and the
// indexing extension of Atom, of the item or of the feed that it came in. X-Robots-Tag is no such wish: publishing systems
// send it with every feed so that the feed's document does not compete with its pages.
import type { Rights } from '../../model/rights.ts';

/** The item's own word before its received source's, and that before its feed's. */
export function isUnlisted(rights: readonly (Rights | undefined)[]): boolean {
  for (const said of rights) {
    if (said?.access === 'deny' || said?.indexing === 'no') return true;
    if (said?.access === 'allow' || said?.indexing === 'yes') return false;
  }
  return false;
}
