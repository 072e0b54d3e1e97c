// Elements that RSS and Atom documents of ours have in common.
import type { DeclaredTerms } from '../../model/edition.ts';
import type { XmlWriter } from './xml-writer.ts';

/** How often to come back: as often as sources are polled by default. Any base will do where the period is an hour. */
export function writeSchedule(xml: XmlWriter): void {
  xml.element('sy:updatePeriod', 'hourly').element('sy:updateFrequency', 1);
  xml.element('sy:updateBase', '2000-01-01T00:00:00Z');
}

/** Bloglines' feed access control, of a feed or an item, beside the attribute `indexing:index`. */
export function writeNoindex(xml: XmlWriter, { noindex }: { readonly noindex?: boolean | undefined }): void {
  if (noindex === true) xml.empty('access:restriction', { relationship: 'deny' });
}

export const RSL_TYPE = 'application/rsl+xml';

/** Documents with an item's RSL terms (RSL 1.0): linked, not repeated, since they stand on their publisher's own origin. */
export function rslDocuments(terms: DeclaredTerms | undefined): readonly string[] {
  const documents = (terms?.rsl ?? []).map(({ documentUrl }) => documentUrl);
  return [...new Set(documents.filter((url) => url !== undefined))];
}
