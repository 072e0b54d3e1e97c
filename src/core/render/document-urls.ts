// Where our own documents are: paths below the public URL, the same in a static site and over HTTP.
import type { Edition } from '../../model/edition.ts';

/** Relative to the public URL. */
export const CREDITS_PATH = 'credits.html';

export type Extension = 'rss' | 'atom' | 'json' | 'html';

/** `feeds/city.rss`: relative to the public URL. */
export function documentPath(feedId: string, extension: Extension): string {
  return `feeds/${feedId}.${extension}`;
}

/** `feeds/city/archive/2026-11.rss`. */
export function archivePath(feedId: string, name: string, extension: Extension): string {
  return `feeds/${feedId}/archive/${name}.${extension}`;
}

/** The page that lists a feed's archives. */
export function archiveListPath(feedId: string): string {
  return archivePath(feedId, 'index', 'html');
}

/** Of the subscription document, or of the archive that the edition is. */
export function pathOfDocument({ feedId, history }: Edition, extension: Extension): string {
  return history?.kind === 'archive'
    ? archivePath(feedId, history.name, extension)
    : documentPath(feedId, extension);
}

export function documentUrl(edition: Edition, extension: Extension): string {
  return `${edition.publicUrl}${pathOfDocument(edition, extension)}`;
}

/** The feed whatever the format: its id, and the address that answers in the format asked for. */
export function feedUrlOf({ publicUrl, feedId }: Edition): string {
  return `${publicUrl}feeds/${feedId}`;
}

/** Whose the items are, and how much of them is shown: a page of the site, the same in a static one and over HTTP. */
export function creditsUrlOf({ publicUrl }: Edition): string {
  return `${publicUrl}${CREDITS_PATH}`;
}

/** The feed as a page. */
export function pageUrlOf(edition: Edition): string {
  return documentUrl(edition, 'html');
}
