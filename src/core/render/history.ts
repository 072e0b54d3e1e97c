// A feed's history over several documents (RFC 5005): the subscription document links to the archive sealed last, each archive to
// the one before it. No archive links to a later one: it would have to change. JSON Feed walks the same way by `next_url`.
import type { Edition } from '../../model/edition.ts';
import { FH_NS } from '../../model/namespaces.ts';
import { archivePath, documentPath } from './document-urls.ts';
import type { XmlWriter } from './xml-writer.ts';

const MEDIA_TYPES = { rss: 'application/rss+xml', atom: 'application/atom+xml' };

/** Declared only in feeds that keep archives: others say nothing of it. */
export function historyPrefixes({ history }: Edition): Readonly<Record<string, string>> {
  return history === undefined ? {} : { fh: FH_NS };
}

/** Sections 2 and 4, and appendix B for RSS. `name`: of link elements. */
export function writeHistory(
  xml: XmlWriter,
  edition: Edition,
  name: 'link' | 'atom:link',
  format: 'rss' | 'atom',
): void {
  const { history, publicUrl, feedId } = edition;
  if (history === undefined) return;
  const type = MEDIA_TYPES[format];
  if (history.kind === 'archive')
    xml.empty(name, { rel: 'current', type, href: `${publicUrl}${documentPath(feedId, format)}` });
  const older = olderUrl(edition, format);
  if (older !== undefined) xml.empty(name, { rel: 'prev-archive', type, href: older });
  if (history.kind === 'archive') xml.empty('fh:archive', {});
  else if (history.isComplete) xml.empty('fh:complete', {});
}

/** The next document on the way back. */
export function olderUrl(
  { history, publicUrl, feedId }: Edition,
  extension: 'rss' | 'atom' | 'json',
): string | undefined {
  return history?.older && `${publicUrl}${archivePath(feedId, history.older, extension)}`;
}
