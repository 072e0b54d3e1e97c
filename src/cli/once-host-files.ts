// `_headers` and `_redirects`, as Netlify, Cloudflare Pages and others read them from the root of a static site: what the service answers
// with, from the functions that it answers with. Rules of one file are joined where several match, so that exactly one names a header of a
// document. Pure. Limits: https://developers.cloudflare.com/pages/configuration/headers/ and …/redirects/,
// https://docs.netlify.com/manage/routing/headers/.
import path from 'node:path';
import { prepareDocument } from '../edge/serve/document-answer.ts';
import { createDocuments } from '../edge/serve/documents.ts';
import { negotiateFormat } from '../edge/serve/negotiate-format.ts';
import { feedOf, type ServedFeed } from '../edge/serve/published.ts';
import type { Redirect } from '../model/config.ts';
import type { OutputFormat, Rendition, Site } from '../model/edition.ts';

/** Of Cloudflare Pages; further rules are passed over. */
export const RULES_MAX = 100;
const LINE_CHARACTERS_MAX = 2_000;

/** What a host says itself, of the bytes that it sends. */
const OF_THE_HOST = new Set([
  'ETag',
  'Last-Modified',
  'Vary',
  'Content-Length',
  'Content-Encoding',
  'Accept-Ranges',
]);
/** Types that hosts do not know come first: what is over a limit is passed over from the end. */
const ORDER = ['.rss', '.atom', '.json', '.opml'];

/** Lines `NAME: VALUE`. */
type HeaderLines = readonly string[];

/** The headers of every document of a site, by path. */
export type HostHeaders = Map<string, HeaderLines>;

export function headersOfSite(site: Site, feeds: readonly ServedFeed[], publicUrl: string): HostHeaders {
  const documents = createDocuments(
    { site: () => site, feeds: () => feeds },
    { basePath: () => '/', publicUrl: () => publicUrl },
  );
  return new Map(
    [...site.keys()].flatMap((at) => {
      const prepared = documents.at(`/${at}`, undefined)?.prepared;
      return prepared === undefined ? [] : [[at, linesOf(prepared.variants)] as const];
    }),
  );
}

export function headersOfArchive(document: Rendition, feeds: readonly ServedFeed[]): HeaderLines {
  const feed = feedOf(document.path, feeds);
  const facts = { isUnlisted: feed?.noindex === true, isPrivate: feed?.access !== undefined };
  return linesOf(prepareDocument(document, facts).variants);
}

function linesOf([plain]: ReturnType<typeof prepareDocument>['variants']): HeaderLines {
  const headers = plain?.whole.headers ?? [];
  return headers.flatMap((name, place) =>
    place % 2 === 0 && !OF_THE_HOST.has(name) ? [`${name}: ${headers[place + 1]}`] : [],
  );
}

export interface HostFile {
  readonly text: string;
  readonly rules: number;
}

export function headersFile(documents: HostHeaders): HostFile {
  const all = [...documents.values()];
  const common = (all[0] ?? []).filter((line) => all.every((lines) => lines.includes(line)));
  const rules = new Map<string, HeaderLines>();
  for (const [at, lines] of [...documents].toSorted(([a], [b]) => orderOf(a) - orderOf(b))) {
    const own = lines.filter((line) => !common.includes(line));
    for (const place of placesOf(at)) rules.set(place, own);
  }
  const text = [['/*', common] as const, ...rules]
    .filter(([, lines]) => lines.length > 0)
    .map(([place, lines]) =>
      [place, ...lines.map((line) => `  ${line}`).filter((line) => line.length <= LINE_CHARACTERS_MAX)].join(
        '\n',
      ),
    );
  return { text: `${text.join('\n')}\n`, rules: text.length };
}

function orderOf(at: string): number {
  const place = ORDER.indexOf(path.extname(at));
  return place === -1 ? ORDER.length : place;
}

/**
 * Sealed archives of a feed are many and alike: one rule for those of a format, whose names begin with a digit. Pages are asked for with
 * their ending and without.
 */
function placesOf(at: string): readonly string[] {
  const [, folder, digit] = /^(feeds\/[^/]+\/archive\/)(\d)/.exec(at) ?? [];
  if (folder !== undefined) return [`/${folder}${digit}*${path.extname(at)}`];
  if (!at.endsWith('.html')) return [`/${at}`];
  const page = at.replace(/(?:(?<=^|\/)index)?\.html$/, '');
  return [`/${page}`, `/${at}`];
}

/**
 * A host chooses no format by `Accept`: what leads to a feed leads to the document that the service sends where nobody asks for another.
 * Old paths that a host would take for a pattern are left out.
 */
export function redirectsFile(
  redirects: readonly Redirect[],
  formatsOf: (feed: string) => readonly OutputFormat[],
  basePath: string,
): HostFile & { readonly leftOut: readonly string[] } {
  const isPattern = ({ from }: Redirect) => /\*|\/:/.test(from);
  const lines = redirects
    .filter((redirect) => !isPattern(redirect))
    .map(({ from, to }) => `${encodeURI(from)} ${basePath}${encodeURI(documentOf(to, formatsOf))} 301\n`);
  return {
    text: lines.join(''),
    rules: lines.length,
    leftOut: redirects.filter(isPattern).map(({ from }) => from),
  };
}

function documentOf(to: string, formatsOf: (feed: string) => readonly OutputFormat[]): string {
  const [, feed] = /^feeds\/([^/.]+)\/?$/.exec(to) ?? [];
  if (feed === undefined) return to;
  const format = negotiateFormat(undefined, formatsOf(feed));
  return format === undefined ? to : `feeds/${feed}.${format}`;
}
