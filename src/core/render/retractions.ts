// What was taken out, in each format: tombstones in Atom (RFC 6721); in formats that have none, an item in its place under
// the same id and date, for as long as it is news, that another Tributary knows by `retracted`.
import type { Edition, Retraction } from '../../model/edition.ts';
import { AT_NS, TRIBUTARY_NS } from '../../model/namespaces.ts';
import { escapeHtml, html, type SafeHtml } from './html.ts';
import { dayWords, type PageVoice } from './page-voice.ts';
import { retractedBy, retractionsHeading, retractionText, retractionTitle } from './retraction-words.ts';
import type { XmlWriter } from './xml-writer.ts';

/** Ids of the items that stand in the place of others, in RSS and JSON Feed; they come after all items. */
export function stubIds(edition: Edition): readonly string[] {
  return stubsOf(edition).map((stub) => stub.id);
}

/** Ids that Atom's tombstones name. */
export function tombstoneIds({ retractions = [] }: Edition): readonly string[] {
  return retractions.map((retraction) => retraction.id);
}

function stubsOf({ retractions = [] }: Edition): readonly Retraction[] {
  return retractions.filter((retraction) => retraction.hasStub);
}

/** Before the entries: there RFC 4287's schema (appendix B) has the elements of others. */
export function writeTombstones(xml: XmlWriter, edition: Edition): void {
  for (const retraction of edition.retractions ?? []) {
    const { id: ref, when, reason } = retraction;
    const by = retractedBy(retraction, edition);
    const attributes = { 'xmlns:at': AT_NS, ref, when };
    if (by === undefined && reason === undefined) {
      xml.empty('at:deleted-entry', attributes);
      continue;
    }
    xml.open('at:deleted-entry', attributes);
    if (by !== undefined) xml.open('at:by').element('name', by).close();
    xml.element('at:comment', reason, { type: 'text' });
    xml.close();
  }
}

export function writeRssStubs(xml: XmlWriter, edition: Edition): void {
  for (const stub of stubsOf(edition)) {
    xml.open('item');
    xml.element('title', retractionTitle(stub, edition));
    xml.element('guid', stub.id, { isPermaLink: 'false' });
    xml.element('pubDate', new Date(stub.publishedAt).toUTCString()).element('atom:updated', stub.learntAt);
    xml.element('description', escapeHtml(retractionText(stub, edition)));
    xml.element('source', stub.sourceTitle, { url: stub.sourceUrl });
    xml.element('dc:creator', stub.sourceTitle);
    xml.element('tributary:retracted', stub.reason ?? '', {
      when: stub.when,
      by: retractedBy(stub, edition),
    });
    xml.close();
  }
}

/** Authors stand in each, or readers would take our feed's. */
export function jsonStubs(edition: Edition): readonly unknown[] {
  return stubsOf(edition).map((stub) => ({
    id: stub.id,
    title: retractionTitle(stub, edition),
    content_text: retractionText(stub, edition),
    date_published: stub.publishedAt,
    date_modified: stub.learntAt,
    authors: [{ name: stub.sourceTitle }],
    _tributary: {
      about: TRIBUTARY_NS,
      retracted: { when: stub.when, by: retractedBy(stub, edition), reason: stub.reason },
      source: {
        title: stub.sourceTitle,
        feed_url: /^https?:/i.test(stub.sourceUrl) ? stub.sourceUrl : undefined,
      },
    },
  }));
}

/** At the end of a feed's page; nothing where there is nothing to tell. */
export function withdrawnSection(edition: Edition, voice: PageVoice): SafeHtml | undefined {
  const stubs = stubsOf(edition);
  if (stubs.length === 0) return undefined;
  const lines = stubs.map(
    (stub) =>
      html`<li><time datetime="${stub.publishedAt}">${dayWords(voice, stub.publishedAt)}</time>: ${retractionText(stub, edition)}</li>\n`,
  );
  return html`<section class="withdrawn">
<h2>${retractionsHeading(edition)}</h2>
<ul>
${lines}</ul>
</section>
`;
}
