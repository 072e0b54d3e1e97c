// RSS 0.90 to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0, CDF: everything that is written in XML. The tree is ours, the walk
// over it is rss-parser's, the fields are read from the nodes.
import type { ReadingNote } from '../../model/item.ts';
import type { RawDescription, RawFeed, RawItem } from '../../model/raw-feed.ts';
import { formatOf } from './feed-format.ts';
import { readDescription } from './fields/description.ts';
import { readExtensions } from './fields/extensions.ts';
import { isEmptyItem, readItem } from './fields/item.ts';
import { readPublishing } from './fields/publishing.ts';
import { readTombstones } from './fields/tombstones.ts';
import type { InputFormat } from './input-format.ts';
import type { ParseLimits } from './limits.ts';
import { notAFeed } from './not-a-feed.ts';
import { walkItems } from './rss-parser-engine.ts';
import { childNamed, textOf, XmlElement } from './xml/element.ts';
import { readTree } from './xml/read-tree.ts';
import type { XmlTree } from './xml/tree-builder.ts';

export const xmlFeed: InputFormat = {
  name: 'XML (RSS, Atom, RDF, CDF)',
  recognizes: (text) => text.includes('<'),
  read: readXmlFeed,
};

async function readXmlFeed(text: string, limits: ParseLimits): Promise<RawFeed> {
  const tree = readTree(text, limits);
  const format = formatOf(tree);
  if (tree.root === undefined || format === undefined) throw notAFeed(text);
  const notes: ReadingNote[] = [];
  const own = readExtensions(holdersOf(tree.root), limits);
  let extensionsClipped = own?.isClipped === true;
  const read = (element: XmlElement): RawItem | undefined => {
    try {
      if (isEmptyItem(element)) return undefined;
      const extensions = readExtensions([element], limits);
      if (extensions?.isClipped) extensionsClipped = true;
      return readItem(element, limits.valuesMax, extensions?.elements);
    } catch {
      notes.push({ code: 'bad-item' });
      return undefined;
    }
  };
  const walked = await walkItems({ format, items: tree.items }, read);
  if (extensionsClipped) notes.push({ code: 'truncated-extensions' });
  return {
    ...describeFeed(tree.root, limits.valuesMax),
    publishing: readPublishing(holderOfDescription(tree.root), tree.root, limits.valuesMax),
    format,
    items: walked.filter((item) => item !== undefined),
    extensions: own?.elements,
    tombstones: readTombstones(holdersOf(tree.root), limits.tombstonesMax),
    notes: [...damageNotes(tree), ...notes],
  };
}

/** Where items stand: Atom's feed, the channel of RSS, beside it in RSS 1.0. */
function holdersOf(root: XmlElement): XmlElement[] {
  return [...root.named('channel'), root];
}

/**
 * Atom's feed and CDF's channel describe themselves, RSS has its channel within the root. An entry alone is no feed: all that
 * is known of one is the source that it names.
 */
function holderOfDescription(root: XmlElement): XmlElement {
  if (root.name === 'channel') return root;
  if (root.name !== 'atom:entry') return childNamed(root, 'channel') ?? root;
  return childNamed(root, 'atom:source') ?? new XmlElement('atom:source', [], root.base, root.language);
}

/** In RSS 1.0 `image` and more stand beside the channel. */
function describeFeed(root: XmlElement, max: number): RawDescription {
  const holder = holderOfDescription(root);
  const description = readDescription(holder, max);
  if (holder === root || root.name === 'atom:entry') return description;
  const beside = readDescription(root, max);
  return {
    ...description,
    title: description.title ?? beside.title,
    icons: [...description.icons, ...beside.icons],
    // Attributes of the root, and elements beside the channel, speak for the feed where the channel says nothing.
    rights: {
      ...description.rights,
      rsl: [...(description.rights.rsl ?? []), ...(beside.rights.rsl ?? [])],
      access: description.rights.access ?? beside.rights.access,
      indexing: description.rights.indexing ?? beside.rights.indexing,
    },
    language: description.language ?? textOf(childNamed(root, 'language')),
  };
}

function damageNotes(tree: XmlTree): ReadingNote[] {
  const notes: ReadingNote[] = [];
  if (tree.isDamaged) notes.push({ code: 'repaired', detail: 'not well-formed XML' });
  if (tree.isClipped) notes.push({ code: 'truncated-text' });
  if (tree.itemsDropped > 0) notes.push({ code: 'truncated-items', detail: String(tree.itemsDropped) });
  return notes;
}
