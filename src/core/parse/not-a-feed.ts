// Says what a document is that is no feed, in words for people; never a word of the document itself.
import { ReadError } from '../../model/errors.ts';

const SIGNATURES: readonly (readonly [start: string, what: string])[] = [
  ['%pdf', 'looks like a PDF'],
  ['\u0089png', 'looks like an image'],
  ['gif8', 'looks like an image'],
  ['\u00ff\u00d8\u00ff', 'looks like an image'],
  ['pk\u0003\u0004', 'looks like a ZIP archive'],
  ['\u001f\u008b', 'looks like compressed data'],
  ['\u001f\ufffd', 'looks like compressed data'],
  ['<!doctype html', 'looks like HTML'],
  ['<html', 'looks like HTML'],
  ['<head', 'looks like HTML'],
  ['<body', 'looks like HTML'],
  ['<script', 'looks like HTML'],
  ['<opml', 'is a list of feeds (OPML), not a feed'],
  ['{', 'is JSON, but no JSON Feed'],
  ['[', 'is JSON, but no JSON Feed'],
];

export function notAFeed(text: string): ReadError {
  return new ReadError(
    'not-a-feed',
    `the document ${describe(text)}; give the address of an RSS, Atom or JSON Feed`,
  );
}

function describe(text: string): string {
  const head = text.slice(0, 4096).trimStart().toLowerCase();
  const signed = SIGNATURES.find(([start]) => head.startsWith(start));
  if (signed !== undefined) return signed[1];
  if (head.includes('<opml')) return 'is a list of feeds (OPML), not a feed';
  if (head.includes('<urlset') || head.includes('<sitemapindex')) return 'is a site map, not a feed';
  if (/<html[\s>]|<!doctype html|<body[\s>]/.test(head)) return 'looks like HTML';
  return head.startsWith('<') ? 'is XML, but no kind of feed that is known' : 'looks like plain text';
}
