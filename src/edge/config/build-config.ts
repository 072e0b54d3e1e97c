// A checked configuration as the Config that the program works with: defaults filled in, paths made absolute.
import { dirname, join, resolve } from 'node:path';
import type { Config, NetworkConfig, ServerConfig } from '../../model/config.ts';
import { buildAlerts } from './alerts.ts';
import { type ConfigNode, listed } from './config-node.ts';
import { expandFeeds, type RefusedFeed } from './expand-feeds.ts';
import { buildFeedEntry } from './feed.ts';
import { onOneLine } from './fields.ts';
import type { Overrides } from './overrides.ts';
import { durationMs, sizeBytes } from './quantities.ts';
import { buildRedirects } from './redirects.ts';
import type { ConfigInput } from './schema.ts';
import { buildList, buildSource, isSource, type SourceContext } from './source.ts';
import { sourceIds } from './source-ids.ts';
import { buildWording } from './wording-schema.ts';

export const DEFAULT_PORT = 8080;

export interface BuildContext {
  /** Absolute path of the configuration file. */
  readonly configFile: string;
  readonly overrides: Overrides;
  /** `dataDir` and `store` are relative to it. */
  readonly cwd: string;
  readonly lineAt: (offset: number) => number;
}

export interface BuiltConfig {
  readonly config: Config;
  /** Feeds that templates would make and cannot. */
  readonly refused: readonly RefusedFeed[];
}

/** From an input that the schema has found right, and the tree that it stands in. */
export function buildConfig(input: ConfigInput, root: ConfigNode, context: BuildContext): BuiltConfig {
  const { configFile, overrides, cwd, lineAt } = context;
  const dataDir = resolve(cwd, overrides.dataDir ?? input.dataDir?.trim() ?? './data');
  const sourceNodes = listed(root.children.get('sources'));
  const feedNodes = listed(root.children.get('feeds'));
  const entries = input.sources.map((source, index) => ({ source, node: sourceNodes[index] }));
  const own = entries.filter(({ source }) => isSource(source));
  const ids = sourceIds(own.flatMap(({ node }) => node ?? []));
  const sourceContext: SourceContext = {
    configFile,
    defaults: input.defaults ?? {},
    defaultsNode: root.children.get('defaults'),
    lineAt,
  };
  const wording = buildWording(input.attribution);
  const sources = own.map(({ source, node }, index) =>
    buildSource(source, node, ids[index] ?? '', sourceContext),
  );
  const lists = entries.flatMap(({ source, node }, index) => {
    if (isSource(source)) return [];
    const place = entries.slice(0, index).filter((entry) => isSource(entry.source)).length;
    return [{ source: buildList(source, node, sourceContext), place }];
  });
  const feedEntries = input.feeds.map((feed, index) =>
    buildFeedEntry(feed, feedNodes[index], { wording, lineAt }),
  );
  const { feeds, refused } = expandFeeds(feedEntries, sources);
  const config: Config = {
    file: configFile,
    server: buildServer(input.server, overrides, dirname(configFile)),
    dataDir,
    store: absoluteStore(overrides.store ?? input.store?.trim(), dataDir, cwd),
    network: buildNetwork(input.network),
    alerts: buildAlerts(input.alerts),
    redirects: buildRedirects(input.redirects),
    sources,
    feeds,
    feedEntries: feedEntries.some(({ kind }) => kind === 'template') ? feedEntries : undefined,
    lists: lists.length === 0 ? undefined : lists,
  };
  return { config, refused };
}

function buildServer(input: ConfigInput['server'], overrides: Overrides, folder: string): ServerConfig {
  const port = overrides.port ?? input?.port ?? DEFAULT_PORT;
  const publicUrl = new URL(input?.publicUrl?.trim() ?? `http://localhost:${port}/`).href;
  return {
    host: input?.host?.trim() ?? '0.0.0.0',
    port,
    publicUrl: publicUrl.replace(/\/*$/, '/'),
    publicUrlIsGuessed: input?.publicUrl === undefined,
    admin: input?.admin && { host: input.admin.host?.trim() ?? '127.0.0.1', port: input.admin.port },
    stylesheetFile: input?.stylesheet === undefined ? undefined : resolve(folder, input.stylesheet.trim()),
  };
}

function buildNetwork(input: ConfigInput['network']): NetworkConfig {
  return {
    contact: input?.contact === undefined ? undefined : onOneLine(input.contact),
    timeoutMs: durationMs(input?.timeout ?? '20s'),
    bodyBytesMax: sizeBytes(input?.maxBytes ?? '10MB'),
    concurrency: input?.concurrency ?? 64,
    perHost: {
      concurrency: input?.perHost?.concurrency ?? 1,
      gapMs: durationMs(input?.perHost?.gap ?? '2s'),
    },
    allow: (input?.allow ?? []).map((network) => network.trim()),
    proxy: input?.proxy?.trim(),
  };
}

/** Without a configured one the store lies among the other data. */
function absoluteStore(store: string | undefined, dataDir: string, cwd: string): string {
  if (store === undefined) return `sqlite:${join(dataDir, 'tributary.db')}`;
  return store.startsWith('sqlite:') ? `sqlite:${resolve(cwd, store.slice('sqlite:'.length))}` : store;
}
