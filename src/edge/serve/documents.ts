// What stands at which address, with its answers prepared: made for a document when it is first asked for, and kept as long as site and
// configuration are the same. At most a few addresses of each document are kept, whatever is asked for.
import type { OutputFormat, Rendition, Site } from '../../model/edition.ts';
import { boundedMemo } from './bounded-memo.ts';
import { type PreparedDocument, prepareDocument } from './document-answer.ts';
import { linkHeader } from './document-links.ts';
import { negotiateFormat } from './negotiate-format.ts';
import { feedOf, type Published, type ServedFeed } from './published.ts';

export interface ServedDocument {
  /** Relative to the public URL. */
  readonly path: string;
  readonly feed: ServedFeed | undefined;
  readonly prepared: PreparedDocument;
}

export interface Documents {
  /** `path`: decoded, with its leading '/'. */
  at(path: string, accept: string | undefined): ServedDocument | undefined;
}

export interface DocumentsOptions {
  readonly basePath: () => string;
  /** Ends with '/'. Undefined: documents do not say where they are. */
  readonly publicUrl: () => string | undefined;
}

type Negotiated = (accept: string | undefined) => ServedDocument | undefined;

const FORMATS: readonly OutputFormat[] = ['rss', 'atom', 'json', 'html'];

export function createDocuments(
  published: Pick<Published, 'site' | 'feeds'>,
  { basePath, publicUrl }: DocumentsOptions,
): Documents {
  let site: Site = new Map();
  let feeds: readonly ServedFeed[] = [];
  let base = '';
  let url: string | undefined;
  const fixed = new Map<string, ServedDocument>();
  const negotiated = new Map<string, Negotiated>();

  function forgetWhatChanged(): void {
    if (
      site === published.site() &&
      feeds === published.feeds() &&
      base === basePath() &&
      url === publicUrl()
    )
      return;
    site = published.site();
    feeds = published.feeds();
    base = basePath();
    url = publicUrl();
    fixed.clear();
    negotiated.clear();
  }

  function prepare(document: Rendition, contentLocation?: string): ServedDocument {
    const feed = feedOf(document.path, feeds);
    const prepared = prepareDocument(document, {
      contentLocation,
      isUnlisted: feed?.noindex === true,
      isPrivate: feed?.access !== undefined,
      link: linkHeader(document, feed, site, url),
    });
    return { path: document.path, feed, prepared };
  }

  /** The format that `Accept` asks for; each is prepared once. */
  function negotiation(path: string): Negotiated | undefined {
    const [, feed] = /^\/feeds\/([^/.]+)$/.exec(path) ?? [];
    const available = FORMATS.filter((format) => site.has(`feeds/${feed}.${format}`));
    if (feed === undefined || available.length === 0) return undefined;
    const byFormat = new Map(
      available.map((format) => {
        const document = site.get(`feeds/${feed}.${format}`) as Rendition;
        return [format, prepare(document, `${base}${document.path}`)] as const;
      }),
    );
    return boundedMemo((accept) => byFormat.get(negotiateFormat(accept, available) as OutputFormat));
  }

  return {
    at(path, accept) {
      forgetWhatChanged();
      const known = fixed.get(path) ?? negotiated.get(path)?.(accept);
      if (known !== undefined) return known;
      const document = documentAt(path, site);
      if (document !== undefined) {
        const served = prepare(document);
        fixed.set(path, served);
        return served;
      }
      const choose = negotiation(path);
      if (choose !== undefined) negotiated.set(path, choose);
      return choose?.(accept);
    },
  };
}

/** Pages have addresses without their file's ending: `/credits` is `credits.html`. Feeds negotiate that address. */
function documentAt(path: string, site: Site): Rendition | undefined {
  const name = path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1);
  return site.get(name) ?? (name.startsWith('feeds/') ? undefined : site.get(`${name}.html`));
}
