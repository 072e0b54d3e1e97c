// Documents of one feed over given sources: polled, decided, merged, assembled, rendered, as the service does it.
import type { MergedFeed, Source } from '../../src/model/config.ts';
import { buildConfig, buildFeed, fetched, pipelineRig } from './rig.ts';

export interface Documents {
  readonly rss: string;
  readonly atom: string;
  readonly json: string;
  readonly html: string;
  readonly index: string;
  readonly credits: string;
}

export async function publishOnce(
  sources: readonly {
    readonly source: Source;
    readonly text: string | Uint8Array;
    readonly contentType?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }[],
  feed: Partial<MergedFeed> = {},
  publicUrl = 'https://feeds.example/',
): Promise<Documents> {
  const built = buildConfig(
    sources.map(({ source }) => source),
    [buildFeed(feed)],
  );
  const config = { ...built, server: { ...built.server, publicUrl } };
  await using rig = await pipelineRig(config);
  for (const { source, text, headers = {} } of sources) {
    rig.answer(source.feedUrl, fetched(text, { url: source.feedUrl, headers }));
    const { outcome, message } = await rig.poll(source);
    if (outcome !== 'updated') throw new Error(`${source.id}: ${outcome} ${message}`);
  }
  const publisher = await rig.restart(config);
  await publisher.publishDue();
  const textOf = (path: string) => Buffer.from(publisher.site().get(path)?.body ?? '').toString('utf8');
  return {
    rss: textOf('feeds/all.rss'),
    atom: textOf('feeds/all.atom'),
    json: textOf('feeds/all.json'),
    html: textOf('feeds/all.html'),
    index: textOf('index.html'),
    credits: textOf('credits.html'),
  };
}
