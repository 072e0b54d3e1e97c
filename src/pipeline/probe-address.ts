// What `probe` tells of an address: the feeds behind it, how the best of them would be read, credited and polled, and what to write.
import type { Source } from '../model/config.ts';
import { type FeedsFound, type FindDeps, findFeeds, type TriedCandidate } from './find-feeds.ts';
import { createOriginTdms } from './origin-tdm.ts';
import type { PollDeps } from './poll-deps.ts';
import { previewSource, type SourcePreview } from './preview-source.ts';
import { configOf, type WrittenSource, writeSource } from './written-source.ts';

export interface ProbeDeps extends FindDeps, Pick<PollDeps, 'now' | 'moves'> {
  /** Those that are configured. */
  readonly sources: readonly Source[];
}

export interface Probe extends FeedsFound {
  /** As it was asked for. */
  readonly address: string;
  /** Undefined where nothing was found. */
  readonly best: BestFeed | undefined;
}

export interface BestFeed {
  readonly candidate: TriedCandidate;
  readonly written: WrittenSource;
  readonly preview: SourcePreview;
  /** A configured source that is polled there already. */
  readonly configuredAs: string | undefined;
}

/** Asks at most `REQUESTS_MAX` addresses, and one for what the best one's origin reserves. Never rejects for what publishers do. */
export async function probeAddress(address: string, deps: ProbeDeps): Promise<Probe> {
  const found = await findFeeds(address, isSecret(address), deps);
  return { ...found, address, best: await bestOf(found, deps) };
}

/** The likeliest one that has items; comments, and what another one has too, only where there is nothing else. */
async function bestOf({ tried }: FeedsFound, deps: ProbeDeps): Promise<BestFeed | undefined> {
  const feeds = tried.filter(({ found }) => found !== undefined);
  const own = feeds.filter(({ isComments, sameAs }) => !isComments && sameAs === undefined);
  const candidate = own.find(({ found }) => found?.feed.items.length !== 0) ?? own[0] ?? feeds[0];
  if (candidate?.found === undefined) return undefined;
  const { feed, response } = candidate.found;
  // Where it has moved to for good is what the configuration is to say.
  const url = response.movedTo ?? candidate.url;
  const taken = new Set(deps.sources.map(({ id }) => id.toLowerCase()));
  const written = writeSource({ url, title: feed.title, taken });
  const config = configOf(written);
  const tdms = createOriginTdms({ ...deps, known: () => [] });
  const preview = await previewSource(config, response, { ...deps, tdms });
  const configuredAs = deps.sources.find(({ feedUrl }) => feedUrl === config.sources[0]?.feedUrl)?.id;
  return preview && { candidate, written, preview, configuredAs };
}

function isSecret(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (url.username !== '' || url.password !== '');
}
