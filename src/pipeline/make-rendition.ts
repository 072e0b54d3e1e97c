// Text becomes a rendition: bytes plain and compressed, once, with the validators that HTTP needs.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';
import type { Rendition } from '../model/edition.ts';
import type { Timestamp } from '../model/timestamp.ts';

const compress = promisify(gzip);
const compressMore = promisify(brotliCompress);
/** As much work as gzip for a tenth fewer bytes; the highest is a hundred times the work (docs/adr/0022-brotli-of-quality-five.md). */
const BROTLI_QUALITY = 5;

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
  const params = {
    [zlib.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [zlib.BROTLI_PARAM_MODE]: zlib.BROTLI_MODE_TEXT,
    [zlib.BROTLI_PARAM_SIZE_HINT]: body.byteLength,
  };
  const [gzipped, brotli] = await Promise.all([compress(body), compressMore(body, { params })]);
  return {
    path,
    mediaType,
    body,
    gzip: gzipped,
    brotli,
    etag: `"${tag}"`,
    gzipEtag: `"${tag}-gzip"`,
    brotliEtag: `"${tag}-br"`,
    changedAt: now,
  };
}
