// What a feed says it has taken back: `at:deleted-entry` (RFC 6721, section 3), which stands beside the entries of an Atom
// feed, and is found in RSS channels as well.
import type { RawTombstone } from '../../../model/raw-feed.ts';
import { attributeOf, childNamed, type XmlElement } from '../xml/element.ts';
import { readPeople } from './people.ts';
import { readText } from './text.ts';

/** `holders` are where entries stand; at most `max`, in document order. Without `ref` it is nobody's. */
export function readTombstones(holders: readonly XmlElement[], max: number): RawTombstone[] {
  return holders
    .flatMap((holder) => holder.named('at:deleted-entry'))
    .map(readTombstone)
    .filter((tombstone) => tombstone !== undefined)
    .slice(0, max);
}

function readTombstone(element: XmlElement): RawTombstone | undefined {
  const ref = attributeOf(element, 'ref')?.trim();
  if (ref === undefined || ref === '') return undefined;
  return {
    ref,
    when: attributeOf(element, 'when'),
    by: readPeople(element, ['at:by', 'atom:by'], 1)[0],
    comment: readText(childNamed(element, 'at:comment') ?? childNamed(element, 'atom:comment')),
  };
}
