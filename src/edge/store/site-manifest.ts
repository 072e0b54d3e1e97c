// What we wrote into a static site's folder, as lines of `sha256sum`: so that what is part of the site no more can go, and nothing else.
// People check the folder with `sha256sum --check --quiet .tributary-site`.
import { createHash } from 'node:crypto';

export const MANIFEST_NAME = '.tributary-site';

/** The digests of what we wrote to a path, relative to the folder; several, where a run was cut off. */
export type Written = Map<string, Set<string>>;

/** Of steps that are no way out of the folder. */
const LINE = /^([0-9a-f]{64}) {2}((?!\.{1,2}\/)[^/\0\\]+(?:\/(?!\.{1,2}(?:\/|$))[^/\0\\]+)*)$/;

export function digestOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

export function manifestLine(name: string, digest: string): string {
  return `${digest}  ${name}\n`;
}

/** Lines that say nothing of the kind, as of a run that was cut off, are passed over. */
export function readManifest(text: string): Written {
  const written: Written = new Map();
  for (const line of text.split('\n')) {
    const [, digest, name] = LINE.exec(line) ?? [];
    if (digest !== undefined && name !== undefined && name !== '..') remember(written, name, digest);
  }
  return written;
}

export function remember(written: Written, name: string, digest: string): void {
  const digests = written.get(name) ?? new Set<string>();
  written.set(name, digests.add(digest));
}
