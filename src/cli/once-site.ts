// What `once` writes: the site's documents, compressed copies beside them, and what web hosts read of headers and redirects. Archives
// first, pages last: nothing links to what is not there yet; what is part of the site no more goes at the end.
import path from 'node:path';
import { isArchivePath } from '../edge/serve/document-answer.ts';
import { feedIdOf } from '../edge/serve/published.ts';
import { openSiteFolder, type SiteCounts, type SiteFolder } from '../edge/store/write-site.ts';
import type { Config } from '../model/config.ts';
import type { OutputFormat, Rendition, Site } from '../model/edition.ts';
import { StoreError } from '../model/errors.ts';
import { isOfPrivateFeed } from '../pipeline/private-feeds.ts';
import type { Publisher } from '../pipeline/publisher.ts';
import {
  type HostHeaders,
  headersFile,
  headersOfArchive,
  headersOfSite,
  RULES_MAX,
  redirectsFile,
} from './once-host-files.ts';

export const FORMATS: readonly OutputFormat[] = ['rss', 'atom', 'json', 'html'];

export interface SiteChoice {
  readonly formats: ReadonlySet<string>;
  readonly includesPrivate: boolean;
  /** Writes `_headers` and `_redirects` too. */
  readonly forHost: boolean;
  /** Writes `.gz` and `.br` beside each document that they make smaller. */
  readonly compresses: boolean;
}

export interface SiteReport extends SiteCounts {
  /** What a host will not do as the service does. */
  readonly remarks: readonly string[];
}

/** `whole`: everything but archives. Throws StoreError `site-not-written`. */
export async function writeSite(
  dir: string,
  whole: Site,
  publisher: Pick<Publisher, 'archived' | 'archivedPaths' | 'missing'>,
  config: Config,
  choice: SiteChoice,
): Promise<SiteReport> {
  const { feeds } = config;
  const folder = await openSiteFolder(dir);
  // A web host gives a file to whoever asks.
  const isLeftOut = (at: string) => !choice.includesPrivate && isOfPrivateFeed(at, feeds);
  const isWanted = (at: string) => !isLeftOut(at) && isOfFormat(at, choice.formats);
  const paths = publisher.archivedPaths();
  const site = new Map([...whole].filter(([at]) => isWanted(at)));
  const headers: HostHeaders = new Map();

  for (const at of paths.filter(isWanted)) {
    // One after the other: the history of years is never in memory.
    const document = await publisher.archived(at);
    if (document === undefined) continue;
    await writeDocument(folder, document, choice);
    headers.set(at, headersOfArchive(document, feeds));
  }
  const ofPrivate = [...whole.keys(), ...paths].filter(isLeftOut);
  const secret = ofPrivate.flatMap((at) => [at, `${at}.gz`, `${at}.br`]);
  await folder.remove([...new Set([...secret, ...folder.names().filter(isLeftOut)])]);
  for (const document of site.values()) await writeDocument(folder, document, choice);
  const remarks = choice.forHost ? await writeHostFiles(folder, dir, site, headers, config) : [];
  if (folder.counts().files > 0) await folder.sweep(isKept);
  return { ...folder.counts(), remarks };

  /** What a feed that has nothing to publish now published before; archives that are known no more, as after the loss of `dataDir`. */
  function isKept(name: string): boolean {
    const at = name.replace(/\.(?:gz|br)$/, '');
    if (isLeftOut(at) || !isOfFormat(at, choice.formats) || (at !== name && !choice.compresses)) return false;
    const id = feedIdOf(at);
    const feed = feeds.find((each) => each.id === id);
    if (feed === undefined) return false;
    return publisher.missing().includes(feed.id) || (feed.archive === true && isArchivePath(at));
  }
}

async function writeDocument(
  folder: SiteFolder,
  { path: at, body, gzip, brotli }: Rendition,
  { compresses }: SiteChoice,
): Promise<void> {
  await folder.write(at, body);
  if (!compresses) return;
  if (gzip.byteLength < body.byteLength) await folder.write(`${at}.gz`, gzip);
  if (brotli !== undefined && brotli.byteLength < body.byteLength) await folder.write(`${at}.br`, brotli);
}

/** Pages of the site and their style go with the HTML. */
function isOfFormat(at: string, formats: ReadonlySet<string>): boolean {
  const format = path.extname(at).slice(1);
  return formats.has((FORMATS as readonly string[]).includes(format) ? format : 'html');
}

async function writeHostFiles(
  folder: SiteFolder,
  dir: string,
  site: Site,
  ofArchives: HostHeaders,
  { feeds, redirects, server: { publicUrl } }: Config,
): Promise<readonly string[]> {
  const { text, rules } = headersFile(new Map([...headersOfSite(site, feeds, publicUrl), ...ofArchives]));
  const formatsOf = (feed: string) => FORMATS.filter((format) => site.has(`feeds/${feed}.${format}`));
  const old = redirectsFile(redirects ?? [], formatsOf, new URL(publicUrl).pathname);
  const files = [
    ['_headers', text],
    ['_redirects', old.text],
  ].filter(([, said]) => said !== '') as [string, string][];
  for (const [name, said] of files) {
    if (await folder.isForeign(name))
      throw new StoreError(
        'site-not-written',
        `${path.join(dir, name)} was not written by us as it is; move it away, or leave --headers out`,
      );
    await folder.write(name, Buffer.from(said));
  }
  return [
    ...(rules > RULES_MAX
      ? [`_headers has ${rules} rules, of which Cloudflare Pages reads the first ${RULES_MAX}`]
      : []),
    ...old.leftOut.map((from) => `_redirects cannot say ${from}: a host would take it for a pattern`),
  ];
}
