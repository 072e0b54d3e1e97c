// What of an item goes out at each level of `content:` and `show:`. One place for all formats: what is not here, no writer has.
// docs/ATTRIBUTION.md has the table.
import { type ExcerptOptions, excerptHtml } from '../core/sanitize/excerpt.ts';
import { excerptText } from '../core/sanitize/plain-text.ts';
import type { EditionItem } from '../model/edition.ts';
import { assertNever } from '../model/errors.ts';
import type { ExtensionElement } from '../model/extension.ts';
import * as ns from '../model/namespaces.ts';
import type { Shown } from '../model/shown.ts';
import type { PreparedItem } from './prepare-items.ts';

export type ShownParts = Pick<
  EditionItem,
  | 'contentHtml'
  | 'summary'
  | 'categories'
  | 'enclosures'
  | 'links'
  | 'commentsUrl'
  | 'imageUrl'
  | 'extensions'
>;

/** What it is decided over: an item with safe HTML, as prepared or as it was published before. */
export interface ShowableItem extends Pick<PreparedItem, 'contentHtml' | 'summaryHtml'> {
  readonly item: Pick<
    PreparedItem['item'],
    'categories' | 'enclosures' | 'links' | 'commentsUrl' | 'imageUrl' | 'extensions' | 'permalink'
  >;
}

export interface ShownOptions {
  readonly excerptChars: number;
  /** Of the item's text. */
  readonly language: string | undefined;
}

const SUMMARY_CHARS_MAX = 300;

export function shownOf(prepared: ShowableItem, shown: Shown, options: ShownOptions): ShownParts {
  const { item, contentHtml, summaryHtml } = prepared;
  const { categories, links, commentsUrl } = item;
  switch (shown) {
    case 'full': {
      const { enclosures, imageUrl, extensions } = item;
      const html = summaryHtml ?? contentHtml;
      const summary = (html && excerptText(html, SUMMARY_CHARS_MAX)) || undefined;
      return {
        contentHtml: contentHtml ?? summaryHtml,
        summary,
        categories,
        enclosures,
        links,
        commentsUrl,
        imageUrl,
        extensions,
      };
    }
    case 'excerpt':
      return {
        ...NOTHING,
        ...excerptOf(prepared, options),
        ...rightsAlone(prepared),
        categories,
        links,
        commentsUrl,
      };
    case 'title':
      return { ...NOTHING, ...rightsAlone(prepared), categories, links, commentsUrl };
    case 'link':
      return { ...NOTHING, ...rightsAlone(prepared) };
    default:
      return assertNever(shown);
  }
}

/** Files that come with an item, and its picture, are works of their own, or the work itself: they go with the whole of it. */
const NOTHING: ShownParts = {
  contentHtml: undefined,
  summary: undefined,
  categories: [],
  enclosures: [],
  links: [],
  commentsUrl: undefined,
  imageUrl: undefined,
  extensions: undefined,
};

/** The publisher's own summary is the best excerpt that there is; else the beginning of the content. */
function excerptOf(
  { item, contentHtml, summaryHtml }: ShowableItem,
  { excerptChars, language }: ShownOptions,
): Pick<ShownParts, 'contentHtml' | 'summary'> {
  const html = summaryHtml ?? contentHtml;
  if (html === undefined) return { contentHtml: undefined, summary: undefined };
  const hasFiles = item.enclosures.length > 0 || item.imageUrl !== undefined;
  const options = { charsMax: excerptChars, language, permalink: item.permalink };
  const isSummary = summaryHtml !== undefined && contentHtml !== undefined;
  const isPart = hasFiles || (isSummary && !saysTheSame(summaryHtml, contentHtml, options));
  const excerpt = excerptHtml(html, { ...options, isPart });
  return { contentHtml: excerpt.html || undefined, summary: excerpt.text || undefined };
}

/** Many feeds give a short text twice, as the summary and marked up: then a summary leaves nothing out. */
function saysTheSame(summaryHtml: string, contentHtml: string, options: ExcerptOptions): boolean {
  const [summary, content] = [excerptHtml(summaryHtml, options), excerptHtml(contentHtml, options)];
  return !content.isCut && content.text === summary.text;
}

const OF_RIGHTS: ReadonlySet<string> = new Set([
  ns.RSL_NS,
  ns.ACCESS_NS,
  ns.INDEXING_NS,
  ns.CC_NS,
  ns.CREATIVE_COMMONS_NS,
]);
const RIGHTS_ELEMENTS: ReadonlySet<string> = new Set(
  'dc:rights dcterms:rights dcterms:license dcterms:accessrights dcterms:rightsholder media:copyright media:license podcast:license'.split(
    ' ',
  ),
);

/** Other vocabularies can say everything that an item says: of them stays what states its rights. */
function rightsAlone({ item }: ShowableItem): Pick<ShownParts, 'extensions'> {
  return { extensions: item.extensions?.filter(isOfRights) };
}

function isOfRights({ name, namespace }: ExtensionElement): boolean {
  return OF_RIGHTS.has(namespace) || RIGHTS_ELEMENTS.has(name.toLowerCase());
}
