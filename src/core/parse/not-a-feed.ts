// Says what a document is that is no feed, in words for people; never a word of the document itself.
import { ReadError } from '../../model/errors.ts';

const HEAD_CHARS = 4096;

const SIGNATURES: readonly (readonly [start: string, what: string])[] = [
  ['%pdf', 'looks like a PDF'],
  ['\u0089png', 'looks like an image'],
  ['gif8', 'looks like an image'],
  ['\u00ff\u00d8\u00ff', 'looks like an image'],
  ['pk\u0003\u0004', 'looks like a ZIP archive'],
  ['\u001f\u008b', 'looks like compressed data'],
  ['\u001f\ufffd', 'looks like compressed data'],
  ['{', 'is JSON, but no JSON Feed'],
  ['[', 'is JSON, but no JSON Feed'],
];

/** By the local name of the first element. */
const ROOTS: ReadonlyMap<string, string> = new Map([
  ...['html', 'head', 'body', 'script', 'title', 'meta', 'div', 'p', 'center'].map(
    (name) => [name, 'looks like HTML'] as const,
  ),
  ['opml', 'is a list of feeds (OPML), not a feed'],
  ['urlset', 'is a site map, not a feed'],
  ['sitemapindex', 'is a site map, not a feed'],
  ['svg', 'is an image (SVG)'],
  ['service', 'is a list of collections (Atom service document), not a feed'],
  ['categories', 'is a list of categories (Atom), not a feed'],
  ['opensearchdescription', 'describes a search engine (OpenSearch), it is no feed'],
  ['envelope', 'is an answer of a web service (SOAP)'],
  ['multistatus', 'is an answer of a web service (WebDAV)'],
  ['error', 'is a message of an error in XML'],
  ['kml', 'is a map (KML)'],
  ['gpx', 'is a track (GPX)'],
  ['playlist', 'is a playlist, not a feed'],
  ['plist', 'is a property list'],
  ['xrd', 'describes a host (XRD), it is no feed'],
  ['rsd', 'describes how to write to a site (RSD), it is no feed'],
]);

export function notAFeed(text: string): ReadError {
  return new ReadError(
    'not-a-feed',
    `the document ${describe(text)}; give the address of an RSS, Atom or JSON Feed`,
  );
}

function describe(text: string): string {
  const head = text.slice(0, HEAD_CHARS).trimStart().toLowerCase();
  const signed = SIGNATURES.find(([start]) => head.startsWith(start));
  if (signed !== undefined) return signed[1];
  const named = ROOTS.get(rootOf(head));
  if (named !== undefined) return named;
  if (/<!doctype html|<html[\s>]|<body[\s>]/.test(head)) return 'looks like HTML';
  return head.startsWith('<') ? 'is XML, but no kind of feed that is known' : 'looks like plain text';
}

/** The local name of the first element, past declarations, comments and style sheets; empty where there is none. */
function rootOf(head: string): string {
  return /<(?:[a-z][\w.-]*:)?([a-z][\w.-]*)/.exec(head.replace(/<!--[\s\S]*?-->/g, ''))?.[1] ?? '';
}
