// Text becomes a rendition: bytes plain and compressed, once, with the validators that HTTP needs.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Rendition } from '../model/edition.ts';
import type { Timestamp } from '../model/timestamp.ts';

const compress = promisify(gzip);

/** The one in place where its bytes are the same (its date and ETags stay), else a new one. */
export async function makeRendition(
  document: Pick<Rendition, 'path' | 'mediaType'> & { readonly text: string },
  inPlace: Rendition | undefined,
  now: Timestamp,
): Promise<Rendition> {
  const { path, mediaType, text } = document;
  const body = Buffer.from(text, 'utf8');
  if (inPlace !== undefined && inPlace.mediaType === mediaType && body.equals(inPlace.body)) return inPlace;
  const tag = createHash('sha256').update(body).digest('base64url').slice(0, 27);
  return {
    path,
    mediaType,
    body,
    gzip: await compress(body),
    etag: `"${tag}"`,
    gzipEtag: `"${tag}-gzip"`,
    changedAt: now,
  };
}
