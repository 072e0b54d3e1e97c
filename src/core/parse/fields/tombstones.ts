// What a feed says it has taken back: `at:deleted-entry` (RFC 6721, section 3), which stands beside the entries of an Atom
// feed, and is found in RSS channels as well.
import type { RawItem, RawPerson, RawTombstone } from '../../../model/raw-feed.ts';
import { attributeOf, childNamed, textOf, type XmlElement } from '../xml/element.ts';
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

/** An item that stands in the place of one that was taken back, as another Tributary writes it in RSS. */
export function readRetracted(item: XmlElement): RawItem['retracted'] {
  const element = childNamed(item, 'tributary:retracted');
  if (element === undefined) return undefined;
  const reason = textOf(element);
  return {
    when: attributeOf(element, 'when'),
    by: personOf(attributeOf(element, 'by')),
    comment: reason === undefined ? undefined : { value: reason, kind: 'text' },
  };
}

function personOf(name: string | undefined): RawPerson | undefined {
  return name === undefined || name.trim() === '' ? undefined : { name };
}
