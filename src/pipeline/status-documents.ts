// `/status` and `/status.json`: made when they are asked for, since polls change them all the time, and at most every few
// seconds, since anybody may ask.
import { renderStatusJson, STATUS_JSON_PATH } from '../core/render/status-json.ts';
import { renderStatusPage, STATUS_PATH } from '../core/render/status-page.ts';
import type { SiteStatus } from '../model/status.ts';

export interface LiveDocument {
  readonly mediaType: string;
  readonly text: string;
}

const WRITERS: ReadonlyMap<
  string,
  { readonly mediaType: string; readonly write: (s: SiteStatus) => string }
> = new Map([
  [STATUS_PATH, { mediaType: 'text/html; charset=utf-8', write: renderStatusPage }],
  [STATUS_JSON_PATH, { mediaType: 'application/json', write: renderStatusJson }],
]);
export const STATUS_PATHS: readonly string[] = [...WRITERS.keys()];

const KEPT_MS = 2000;

/** By path, relative to the public URL; undefined for any other. `now`: milliseconds since 1970. */
export function createStatusDocuments(
  read: () => SiteStatus,
  now: () => number,
): (path: string) => LiveDocument | undefined {
  const kept = new Map<string, LiveDocument & { readonly atMs: number }>();
  return (path) => {
    const writer = WRITERS.get(path);
    if (writer === undefined) return undefined;
    const before = kept.get(path);
    const nowMs = now();
    if (before !== undefined && Math.abs(nowMs - before.atMs) < KEPT_MS) return before;
    const made = { mediaType: writer.mediaType, text: writer.write(read()), atMs: nowMs };
    kept.set(path, made);
    return made;
  };
}
