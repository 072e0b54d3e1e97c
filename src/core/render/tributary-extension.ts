// `_tributary`: what JSON Feed has no member for, as an extension (JSON Feed 1.1, section Extensions).
import type { EditionItem } from '../../model/edition.ts';
import { TRIBUTARY_NS } from '../../model/namespaces.ts';
import { personName } from './item-parts.ts';
import { rslDocuments } from './shared-elements.ts';

/** Members that are undefined are left out of the document. */
export function tributaryOf(item: EditionItem): Record<string, unknown> {
  const { source, via, also, rights, licenses, publisher, contributors, terms } = item.attribution;
  const rsl = rslDocuments(terms);
  return {
    about: TRIBUTARY_NS,
    source: { title: source.title, feed_url: source.feedUrl, home_page_url: source.siteUrl, id: source.id },
    publisher,
    guid: item.guid,
    categories: item.givenCategories,
    note: item.note.position === 'none' ? undefined : item.note.html,
    rights,
    license: licenses[0],
    licenses: licenses.length > 1 ? licenses : undefined,
    via: via.map(({ title, url }) => ({ title, url })),
    also: also.map(({ title, url, authors }) => ({ title, url, authors })),
    contributors:
      contributors.length > 0
        ? contributors.map((one) => ({ name: personName(one), url: one.uri }))
        : undefined,
    tdm: terms?.tdm && { reservation: Number(terms.tdm.reserved), policy: terms.tdm.policyUrl },
    rsl: rsl.length > 0 ? rsl : undefined,
    comments: item.commentsUrl,
    access: item.noindex === true ? 'deny' : undefined,
    indexing: item.noindex === true ? 'no' : undefined,
  };
}
