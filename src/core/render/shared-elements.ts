// Elements that RSS and Atom documents of ours have in common.
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
