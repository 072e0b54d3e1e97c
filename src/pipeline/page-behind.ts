// The page that stands where a feed was expected.
import { decodeBody } from '../core/decode/decode-body.ts';
import { readPage } from '../core/normalize/page.ts';
import { ReadError } from '../model/errors.ts';
import type { FetchedResponse } from '../model/fetch-outcome.ts';
import type { Page } from '../model/page.ts';
import { inflateBody } from './inflate-body.ts';

const HEAD_BYTES = 1024;
/** What reading says of documents that it does not know, and of pages that are nested too deep for a feed. */
const UNREAD: ReadonlySet<string> = new Set(['not-a-feed', 'too-deep', 'too-costly']);

/** `error`: why the document was not read as a feed. Undefined where it is no HTML. Takes time linear in its length. */
export async function pageBehind(
  error: unknown,
  { body, headers, finalUrl }: FetchedResponse,
  bytesMax: number,
): Promise<Page | undefined> {
  if (!(error instanceof ReadError) || !UNREAD.has(error.code)) return undefined;
  const bytes = await inflateBody(body, bytesMax).catch(() => body);
  if (!isHtml(bytes, headers['content-type'] ?? '')) return undefined;
  return readPage(decodeBody(bytes, { contentType: headers['content-type'] }).text, headers, finalUrl);
}

function isHtml(body: Uint8Array, contentType: string): boolean {
  if (/^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType)) return true;
  const head = Buffer.from(body.subarray(0, HEAD_BYTES)).toString('latin1');
  return /<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]/i.test(head);
}
