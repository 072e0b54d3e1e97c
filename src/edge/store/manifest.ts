// The manifest of one set of last-known-good documents: which files belong to it, what HTTP says of them, and their
// digests. It carries a digest of itself, so that a damaged one is told from a whole one.
import { hash } from 'node:crypto';
import type { EditionRecord } from '../../model/edition-record.ts';
import { messageOf, StoreError } from '../../model/errors.ts';
import { RECORD_VERSION } from '../../model/record-version.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { isEditionRecord } from './edition-checks.ts';
import { requireKnownVersion } from './newer-file.ts';
import {
  type Check,
  isCount,
  isExactly,
  isListOf,
  isObject,
  isOptional,
  isText,
  isTimestamp,
} from './shape.ts';

const MANIFEST_VERSION = 1;
export const MANIFEST_NAME = 'manifest.json';

export interface Manifest {
  readonly version: typeof MANIFEST_VERSION;
  /** Whose documents these are: a feed's id, or the site's. */
  readonly owner: string;
  /** Name of the folder beside the manifest that has the files. */
  readonly generation: string;
  readonly documents: readonly ManifestDocument[];
  readonly edition?: EditionRecord | undefined;
}

export interface ManifestDocument {
  /** Of the document, and of its file below the generation's folder. */
  readonly path: string;
  readonly mediaType: string;
  readonly changedAt: Timestamp;
  readonly body: ManifestFile;
  /** In a file of the same name with `.gz` added. */
  readonly gzip: ManifestFile;
  /** The same with `.br`; absent where it was never made. */
  readonly brotli?: ManifestFile | undefined;
}

export interface ManifestFile {
  readonly etag: string;
  readonly bytes: number;
  readonly sha256: string;
}

const GENERATION = /^g\d{1,15}$/;
const ETAG = /^"[\x21\x23-\x7e]*"$/;
/** Plain relative paths. `.gz` and `.br` are the endings of our own compressed copies. */
const DOCUMENT_PATH =
  /^(?!.*\.(?:gz|br)$)[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,7}$/;

export function isDocumentPath(text: string): boolean {
  return text.length <= 255 && DOCUMENT_PATH.test(text);
}

export function isGeneration(text: string): boolean {
  return GENERATION.test(text);
}

const isFile = isObject({ etag: matches(ETAG, 'an ETag'), bytes: isCount, sha256: isText });
const isManifest = isObject({
  version: isExactly(MANIFEST_VERSION),
  owner: isText,
  generation: matches(GENERATION, 'the name of a generation'),
  documents: isListOf(
    isObject({
      path: (value) =>
        typeof value === 'string' && isDocumentPath(value) ? undefined : ' is not the path of a document',
      mediaType: isText,
      changedAt: isTimestamp,
      body: isFile,
      gzip: isFile,
      brotli: isOptional(isFile),
    }),
  ),
  edition: isOptional(isEditionRecord),
});

export function describeManifest(content: Omit<Manifest, 'version'>): Manifest {
  return { version: MANIFEST_VERSION, ...content };
}

export function describeFile(bytes: Uint8Array, etag: string): ManifestFile {
  return { etag, bytes: bytes.byteLength, sha256: hash('sha256', bytes, 'hex') };
}

export function manifestBytes(manifest: Manifest): Uint8Array {
  const sha256 = hash('sha256', JSON.stringify(manifest), 'hex');
  return Buffer.from(`${JSON.stringify({ sha256, manifest }, undefined, 2)}\n`);
}

/** The manifest, or the reason that it is none. Throws StoreError where a newer version wrote `file`. */
export function parseManifest(text: string, file: string): Manifest | string {
  try {
    const { sha256, manifest } = JSON.parse(text) as { sha256: unknown; manifest: unknown };
    requireKnownVersion(file, manifest, MANIFEST_VERSION);
    requireKnownVersion(file, (manifest as Partial<Manifest> | null)?.edition, RECORD_VERSION);
    const reason = isManifest(manifest);
    if (reason !== undefined) return `manifest${reason}`;
    if (sha256 !== hash('sha256', JSON.stringify(manifest), 'hex')) return 'its digest does not match';
    return manifest as Manifest;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    return messageOf(error).slice(0, 200);
  }
}

function matches(pattern: RegExp, what: string): Check {
  return (value) => (typeof value === 'string' && pattern.test(value) ? undefined : ` is not ${what}`);
}
