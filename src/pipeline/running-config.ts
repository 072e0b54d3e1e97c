// The configuration in force while we run, asked for each time that it is needed: another may take its place at any moment.
import { userAgent } from '../edge/fetch/user-agent.ts';
import type { Config, NetworkConfig, Source } from '../model/config.ts';
import type { ConfigProblemState, ConfigState } from '../model/config-state.ts';
import type { SourceId } from '../model/ids.ts';
import { timestampOfClock } from '../model/timestamp.ts';
import { VERSION } from '../model/version.ts';
import { type ConfigChanges, configChanges, inForceNow } from './config-changes.ts';
import { configInForce, type ListState } from './config-in-force.ts';

export interface RunningConfig {
  now(): Config;
  /** As the file says it, without the feeds of its lists. */
  written(): Config;
  /** Its sources that are read; lists are none of them. */
  polled(): readonly Source[];
  /** Its lists that are read. */
  lists(): readonly Source[];
  /** What it says of the network each time that it is asked. */
  readonly network: NetworkConfig;
  userAgent(): string;
  /** What would be in force with this one. */
  plan(written: Config, states: ReadonlyMap<SourceId, ListState>): Plan;
  take(plan: Plan): void;
  /** The file of the configuration cannot be used, for these reasons; undefined where it can. */
  refuse(problem: Omit<ConfigProblemState, 'since'> | undefined): void;
  state(): ConfigState;
}

export interface Plan {
  readonly written: Config;
  readonly config: Config;
  readonly changes: ConfigChanges;
}

/** `nowMs`: milliseconds since 1970. Its lists are unread until it is planned with them. */
export function createRunningConfig(configured: Config, nowMs: () => number): RunningConfig {
  let written = configured;
  let config = configured;
  let appliedAt = timestampOfClock(nowMs());
  let problem: ConfigState['problem'];
  return {
    now: () => config,
    written: () => written,
    polled: () => polledOf(config),
    lists: () => listsOf(config),
    network: liveNetwork(() => config.network),
    userAgent: () => userAgent(VERSION, config.network.contact, config.feeds.length),
    plan(next, states) {
      const whole = configInForce(next, states);
      return { written: next, config: inForceNow(config, whole), changes: configChanges(config, whole) };
    },
    take(plan) {
      written = plan.written;
      config = plan.config;
      appliedAt = timestampOfClock(nowMs());
    },
    refuse(found) {
      problem = found && { ...found, since: problem?.since ?? timestampOfClock(nowMs()) };
    },
    state: () => ({ file: config.file, appliedAt, refusedFeeds: config.refusedFeeds ?? [], problem }),
  };
}

export function polledOf({ sources }: Config): readonly Source[] {
  return sources.filter((source) => source.enabled);
}

function listsOf({ lists = [] }: Config): readonly Source[] {
  return lists.map((list) => list.source).filter((source) => source.enabled);
}

function liveNetwork(now: () => NetworkConfig): NetworkConfig {
  return {
    get contact() {
      return now().contact;
    },
    get timeoutMs() {
      return now().timeoutMs;
    },
    get bodyBytesMax() {
      return now().bodyBytesMax;
    },
    get concurrency() {
      return now().concurrency;
    },
    get allow() {
      return now().allow;
    },
    perHost: {
      get concurrency() {
        return now().perHost.concurrency;
      },
      get gapMs() {
        return now().perHost.gapMs;
      },
    },
  };
}
