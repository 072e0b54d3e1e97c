// The header `Link` of a document (RFC 8288): where it is itself, in which other formats, and which hubs tell of its changes (WebSub, section 4).
import type { OutputFormat, Rendition, Site } from '../../model/edition.ts';
import { isArchivePath } from './document-answer.ts';
import type { ServedFeed } from './published.ts';

const FORMATS: readonly OutputFormat[] = ['rss', 'atom', 'json', 'html'];

/** Undefined where there is nothing to say. `publicUrl` ends with '/'. */
export function linkHeader(
  { path }: Rendition,
  feed: ServedFeed | undefined,
  site: Site,
  publicUrl: string | undefined,
): string | undefined {
  // What is private is told of nowhere; archives are no topics, and their page links to what stands beside them.
  if (publicUrl === undefined || feed === undefined || feed.access !== undefined || isArchivePath(path))
    return undefined;
  const alternates = FORMATS.map((format) => site.get(`feeds/${feed.id}.${format}`)).filter(
    (other) => other !== undefined && other.path !== path,
  );
  return [
    ...(feed.hubs ?? []).map((hub) => `<${hub}>; rel="hub"`),
    `<${publicUrl}${path}>; rel="self"`,
    ...alternates.map(
      (other) =>
        `<${publicUrl}${other?.path}>; rel="alternate"; type="${other?.mediaType.replace(/;.*/, '')}"`,
    ),
  ].join(', ');
}
