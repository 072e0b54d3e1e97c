// The configuration while we run (docs/adr/0014-a-configuration-at-run-time.md): read again when its file changes or SIGHUP asks, put
// in force whole, or, with a mistake in it, told and left alone.
import type { ConfigFile } from './edge/config/config-file.ts';
import type { Clock } from './edge/ops/clock.ts';
import type { Log } from './edge/ops/log.ts';
import type { Config } from './model/config.ts';
import type { ConfigProblemState } from './model/config-state.ts';
import { ConfigError, formatProblem, messageOf } from './model/errors.ts';
import { type ConfigChanges, isNothing } from './pipeline/config-changes.ts';

export interface ConfigFollowerOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly configFile?: ConfigFile | undefined;
  /** Undefined where nothing was applied since we stop. */
  readonly apply: (config: Config) => Promise<ConfigChanges | undefined>;
  /** The file cannot be used, for these reasons; undefined where it can. */
  readonly refuse: (problem: Omit<ConfigProblemState, 'since'> | undefined) => void;
}

export interface ConfigFollower {
  /** Never rejects. Calls that come together are one, and one after it. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

export function followConfig(options: ConfigFollowerOptions): ConfigFollower {
  const { clock, log, configFile } = options;
  let wasRefused = false;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function reloadNow(asked: boolean): Promise<void> {
    if (configFile === undefined) return;
    try {
      const changes = await options.apply(await configFile.load());
      if (changes === undefined) return;
      options.refuse(undefined);
      tellChanges(log, changes, asked || wasRefused);
      wasRefused = false;
    } catch (error) {
      const found = error instanceof ConfigError ? error.problems : [];
      const problems = found.length > 0 ? found.map(formatProblem) : [messageOf(error)];
      const places = found.map((each) => formatProblem({ ...each, message: '' }).replace(/: *$/, ''));
      options.refuse({ problems, places });
      wasRefused = true;
      log.error('bad-config', { problems, message: 'the configuration that was in force goes on' });
    }
  }

  function reload(asked: boolean): Promise<void> {
    if (running === undefined) {
      running = reloadNow(asked).finally(() => {
        running = undefined;
      });
      return running;
    }
    next ??= running.then(() => {
      next = undefined;
      return reload(asked);
    });
    return next;
  }

  const watch = configFile?.watch(() => reload(false), clock);
  return {
    reload: () => reload(true),
    async stop() {
      await watch?.stop();
      await (next ?? running);
    },
  };
}

/** What takes effect now is said in one line, what waits for a restart in another. */
export function tellChanges(log: Log, changes: ConfigChanges, always = false): void {
  if (isNothing(changes) && !always) return;
  const { sources, feeds, settings, atRestart } = changes;
  const said = (list: readonly string[]) => (list.length === 0 ? undefined : list);
  log.info('config-applied', {
    sourcesAdded: said(sources.added),
    sourcesRemoved: said(sources.removed),
    sourcesChanged: said(sources.changed),
    feedsAdded: said(feeds.added),
    feedsRemoved: said(feeds.removed),
    feedsChanged: said(feeds.changed),
    settings: said(settings),
  });
  if (atRestart.length > 0)
    log.warn('config-at-restart', { keys: atRestart, message: 'takes effect at a restart' });
}
