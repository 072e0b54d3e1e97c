// What a configuration changes against the one in force: for the log, and for who must follow. Lines of the file are no change.
import type { Config, MergedFeed, Source } from '../model/config.ts';

/** Ids, and for what changed the keys of the configuration. */
export interface ListChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** As in `harbour: every, weight`. */
  readonly changed: readonly string[];
}

export interface ConfigChanges {
  readonly sources: ListChanges;
  readonly feeds: ListChanges;
  /** Keys of everything else, as in `network.timeout`. */
  readonly settings: readonly string[];
  /** Keys that take effect at a restart only. */
  readonly atRestart: readonly string[];
}

const SOURCE_KEYS: Readonly<Record<string, string>> = {
  feedUrl: 'url',
  address: 'url',
  feedUrlIsSecret: 'url',
  secrets: 'url',
  schedule: 'every',
  excerptChars: 'excerptLength',
  itemsMax: 'items',
  filter: 'include, exclude',
};
const FEED_KEYS: Readonly<Record<string, string>> = {
  maxAgeMs: 'maxAge',
  duplicates: 'deduplicate',
  filter: 'include, exclude',
  imageUrl: 'image',
};
const SERVER_KEYS: Readonly<Record<string, string>> = { stylesheetFile: 'stylesheet' };
const NETWORK_KEYS: Readonly<Record<string, string>> = {
  timeoutMs: 'timeout',
  bodyBytesMax: 'maxBytes',
};

/** The configuration as it can be in force at run time: what it would change about store, folder and address waits for a restart. */
export function inForceNow(running: Config, next: Config): Config {
  const { host, port, admin } = running.server;
  const isOnPort = next.server.publicUrl === `http://localhost:${next.server.port}/`;
  const publicUrl =
    isOnPort && next.server.port !== port ? `http://localhost:${port}/` : next.server.publicUrl;
  return {
    ...next,
    store: running.store,
    dataDir: running.dataDir,
    server: { ...next.server, host, port, admin, publicUrl },
  };
}

export function configChanges(before: Config, next: Config): ConfigChanges {
  const after = inForceNow(before, next);
  return {
    sources: listChanges(before.sources, after.sources, SOURCE_KEYS),
    feeds: listChanges(before.feeds, after.feeds, FEED_KEYS),
    settings: [
      ...changedKeys(before.server, after.server, SERVER_KEYS).map((key) => `server.${key}`),
      ...changedKeys(before.network, after.network, NETWORK_KEYS).map((key) => `network.${key}`),
      ...(saysTheSame(before.redirects ?? [], after.redirects ?? []) ? [] : ['redirects']),
      ...(saysTheSame(before.alerts, after.alerts) ? [] : ['alerts']),
      ...(saysTheSame(before.lists ?? [], after.lists ?? []) ? [] : ['sources.opml']),
    ],
    atRestart: [
      ...changedKeys(
        { store: before.store, dataDir: before.dataDir },
        { store: next.store, dataDir: next.dataDir },
        {},
      ),
      ...(['host', 'port', 'admin'] as const)
        .filter((key) => !saysTheSame(before.server[key], next.server[key]))
        .map((key) => `server.${key}`),
    ],
  };
}

export function isNothing({ sources, feeds, settings, atRestart }: ConfigChanges): boolean {
  const lists = [sources, feeds].flatMap(({ added, removed, changed }) => [added, removed, changed]);
  return [...lists, settings, atRestart].every((list) => list.length === 0);
}

/** Whether two values say the same, lines of the file aside. */
export function saysTheSame(one: unknown, other: unknown): boolean {
  return one === other || withoutLines(one) === withoutLines(other);
}

/** A value as JSON without the lines of the configuration that it stands on. */
export function withoutLines(value: unknown): string {
  return JSON.stringify(value, (key, each: unknown) => (key === 'line' ? undefined : each)) ?? '';
}

function listChanges(
  before: readonly (Source | MergedFeed)[],
  after: readonly (Source | MergedFeed)[],
  names: Readonly<Record<string, string>>,
): ListChanges {
  const old = new Map(before.map((each) => [each.id, each] as const));
  const ids = new Set<string>(after.map((each) => each.id));
  return {
    added: after.filter((each) => !old.has(each.id)).map((each) => each.id),
    removed: before.filter((each) => !ids.has(each.id)).map((each) => each.id),
    changed: after.flatMap((each) => {
      const keys = changedKeys(old.get(each.id) ?? each, each, names);
      return keys.length === 0 ? [] : [`${each.id}: ${keys.join(', ')}`];
    }),
  };
}

function changedKeys(
  before: object,
  after: object,
  names: Readonly<Record<string, string>>,
): readonly string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...keys].filter((key) => !saysTheSame(Reflect.get(before, key), Reflect.get(after, key)));
  return [...new Set(changed.map((key) => names[key] ?? key))];
}
