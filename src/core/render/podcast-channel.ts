// What podcast clients want of a channel (https://podcasters.apple.com/support/823-podcast-requirements), where items of ours can
// be played. It says nothing of the items: each states its authors, its picture and its language itself.
import type { Edition } from '../../model/edition.ts';
import { isPlayable } from './carried-of-item.ts';
import { enclosureType, personName } from './item-parts.ts';
import type { MergedFeedItem } from './merged-feed-document.ts';
import type { XmlWriter } from './xml-writer.ts';

/** Directories demand one of a fixed list; this one fits whatever sources are merged. */
const CATEGORY = 'Society & Culture';

export function writePodcastChannel(
  xml: XmlWriter,
  edition: Edition,
  items: readonly MergedFeedItem[],
): void {
  if (!items.some(isEpisode)) return;
  const author = edition.author === undefined ? '' : personName(edition.author);
  xml.element('itunes:author', author === '' ? edition.title : author);
  xml.element('itunes:type', 'episodic');
  xml.element('itunes:explicit', items.some(isExplicit) ? 'true' : 'false');
  xml.empty('itunes:category', { text: CATEGORY });
  if (edition.imageUrl !== undefined) xml.empty('itunes:image', { href: edition.imageUrl });
}

function isEpisode({ editionItem }: MergedFeedItem): boolean {
  return editionItem.enclosures.some((enclosure) => isPlayable(enclosureType(enclosure)));
}

/** A channel is explicit where one of its episodes is. */
function isExplicit({ carried }: MergedFeedItem): boolean {
  return carried.some(
    ({ prefix, local, text }) =>
      prefix === 'itunes' && local === 'explicit' && /^(?:true|yes|explicit)$/i.test(text.trim()),
  );
}
