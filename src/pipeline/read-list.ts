// Bytes to a list of feeds: decode, read as OPML, texts plain.
import { decodeBody } from '../core/decode/decode-body.ts';
import { plainText } from '../core/normalize/plain-text.ts';
import { readOpml } from '../core/parse/opml/read-opml.ts';
import { ReadError } from '../model/errors.ts';
import type { ListedSource, SourceList } from '../model/source-list.ts';

/** Throws ReadError `not-a-list`. */
export function readList(body: Uint8Array, contentType?: string): SourceList {
  const list = readOpml(decodeBody(body, { contentType }).text);
  if (list === undefined)
    throw new ReadError('not-a-list', 'the document is no OPML; give the address of a list of feeds');
  return { ...list, title: plain(list.title), sources: list.sources.map(plainSource) };
}

function plainSource(source: ListedSource): ListedSource {
  const categories = source.categories.flatMap((category) => plain(category) ?? []);
  return { ...source, title: plain(source.title), categories: [...new Set(categories)] };
}

function plain(text: string | undefined): string | undefined {
  return text === undefined ? undefined : plainText({ kind: 'unknown', value: text });
}
