// A feed that keeps archives over one or two sources whose items the test writes.
import type { MergedFeed, Source } from '../../../src/model/config.ts';
import type { Publisher } from '../../../src/pipeline/publisher.ts';
import { type Post, rss } from '../../e2e/origin.ts';
import { type Walk, walkArchives } from '../../oracles/archive-walker.ts';
import { buildConfig, buildFeed, fetched, type PipelineRig, START_MS, sourceA } from '../rig.ts';

export const ROOT = 'https://feeds.example/';

export const archived = (said: Partial<MergedFeed> = {}, sources: readonly Source[] = [sourceA]) =>
  buildConfig(sources, [buildFeed({ archive: true, limit: 4, ...said })]);

/** An hour apart, the greatest the newest. */
export const post = (n: number, said: Partial<Post> = {}): Post => ({
  guid: `tag:a.example,2026:${n}`,
  title: `Story ${n}`,
  link: `https://a.example/${n}`,
  date: new Date(START_MS - (1000 - n) * 3_600_000).toUTCString(),
  body: `What happened in story ${n}. ${'And so on. '.repeat(60)}`,
  ...said,
});

export const posts = (...numbers: readonly number[]): Post[] => numbers.map((n) => post(n));

export async function poll(
  rig: PipelineRig,
  publisher: Publisher,
  list: readonly Post[],
  source: Source = sourceA,
): Promise<void> {
  rig.answer(source.feedUrl, fetched(rss(source.id.toUpperCase(), list)));
  await rig.poll(source);
  await publisher.publishDue();
}

/** Stories one after the other, as a source of eight items has them. */
export async function publishStories(
  rig: PipelineRig,
  publisher: Publisher,
  from: number,
  to: number,
): Promise<void> {
  for (let n = from; n <= to; n += 1) {
    const list = Array.from({ length: Math.min(n, 8) }, (_, back) => n - back);
    await poll(rig, publisher, posts(...list));
  }
}

export async function textAt(publisher: Publisher, url: string): Promise<string> {
  const path = url.slice(ROOT.length);
  const document = publisher.site().get(path) ?? (await publisher.archived(path));
  if (document === undefined) throw new Error(`nothing at ${url}`);
  return Buffer.from(document.body).toString('utf8');
}

export const walk = (publisher: Publisher, format: 'atom' | 'rss' = 'atom'): Promise<Walk> =>
  walkArchives(`${ROOT}feeds/all.${format}`, (url) => textAt(publisher, url));

/** Tags of every document of every archive, by path. */
export async function tags(publisher: Publisher): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const path of publisher.archivedPaths()) {
    const document = await publisher.archived(path);
    if (document !== undefined)
      found.set(path, `${document.etag} ${document.gzipEtag} ${document.changedAt}`);
  }
  return found;
}

export const isPage = (path: string) => path.endsWith('.html');
