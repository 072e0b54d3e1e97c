// The configuration file while we run: read when asked, and looked at for changes. Editors write in place or put another file
// in its place, ConfigMaps of Kubernetes swap a link above it, some mounts tell nothing: so the folder is watched, the
// content is what counts, and where nothing is told it is looked at all the same.
import { createHash } from 'node:crypto';
import { type FSWatcher, watch } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Config } from '../../model/config.ts';
import type { Clock } from '../ops/clock.ts';
import type { Environment } from './environment.ts';
import { FILE_BYTES_MAX, readConfig, withStyleSheet } from './load-config.ts';

export interface ConfigFile {
  /** Throws a ConfigError with every mistake. */
  load(): Promise<Config>;
  /** Calls `changed` once for each content that is another than the last one loaded and has settled. */
  watch(changed: () => Promise<void>, clock: Clock): FileWatch;
}

export interface FileWatch {
  /** Resolves when `changed` will not be called again. */
  stop(): Promise<void>;
}

/** Without a word from the system it is looked at this often. */
const LOOK_EVERY_MS = 5_000;
/** A content that stays so long is no half of a file that is being written. */
const SETTLE_MS = 250;

export function openConfigFile(file: string, env: Environment, cwd: string): ConfigFile {
  const path = resolve(cwd, file);
  let loaded: string | undefined;
  /** Named by the configuration that was loaded last. */
  let styleSheet: string | undefined;

  /** The content, when it is another than the last one loaded and the same a moment later. */
  async function settled(look: Look, sleep: (ms: number) => Promise<void>): Promise<string | undefined> {
    let content = await look();
    while (content !== loaded) {
      await sleep(SETTLE_MS);
      const again = await look();
      if (again === content) return content;
      content = again;
    }
    return undefined;
  }

  return {
    async load() {
      // Before each is read: what is written meanwhile is seen as a change.
      const digest = await digestOf(path);
      loaded = inOne(digest, await digestOf(styleSheet));
      const parsed = await readConfig(file, env, cwd);
      styleSheet = parsed.config.server.stylesheetFile;
      loaded = inOne(digest, await digestOf(styleSheet));
      return withStyleSheet(parsed);
    },
    watch(changed, clock) {
      const ended = new AbortController();
      const bell = createBell(clock);
      const sleep = (ms: number) => clock.sleep(ms, ended.signal);
      const lookAtConfig = createLook(() => path);
      const lookAtStyles = createLook(() => styleSheet);
      const look = async () => inOne(await lookAtConfig(), await lookAtStyles());
      const turns = async () => {
        const watchers = await watchFolders(path, bell.ring);
        try {
          while (!ended.signal.aborted) {
            await bell.wait(LOOK_EVERY_MS);
            await sleep(SETTLE_MS);
            if ((await settled(look, sleep)) !== undefined) await changed();
          }
        } finally {
          for (const watcher of watchers) watcher.close();
        }
      };
      const done = turns().catch((error: unknown) => {
        if (!ended.signal.aborted) throw error;
      });
      return {
        async stop() {
          ended.abort();
          bell.ring();
          await done;
        },
      };
    },
  };
}

type Look = () => Promise<string>;

function inOne(...digests: readonly string[]): string {
  return digests.join(' ');
}

/** Reads the file only where something about it has changed since the last look. */
function createLook(pathNow: () => string | undefined): Look {
  let last: { readonly facts: string; readonly digest: string } | undefined;
  return async () => {
    const path = pathNow();
    const facts = path === undefined ? '' : `${path} ${await factsOf(path)}`;
    if (last?.facts !== facts) last = { facts, digest: await digestOf(path) };
    return last.digest;
  };
}

async function factsOf(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch (error) {
    return codeOf(error);
  }
}

/** Of its bytes; why it cannot be read stands for them. Pipes and devices are not looked into: reading takes from them. */
async function digestOf(path: string | undefined): Promise<string> {
  if (path === undefined) return '';
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return 'no file';
    if (stats.size > FILE_BYTES_MAX) return `${stats.size} ${stats.mtimeMs}`;
    return createHash('sha256')
      .update(await readFile(path))
      .digest('base64url');
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
}

/** The folder of the file and that of what it is a link to. Where they cannot be watched, the regular look is enough. */
async function watchFolders(path: string, ring: () => void): Promise<readonly FSWatcher[]> {
  const real = await realpath(path).catch(() => path);
  return [...new Set([path, real].map((each) => dirname(each)))].flatMap((folder) => {
    try {
      const watcher = watch(folder, { persistent: false }, ring);
      watcher.on('error', () => watcher.close());
      return [watcher];
    } catch {
      return [];
    }
  });
}

/** Rings that nobody waits for are kept, as one. */
function createBell(clock: Clock) {
  let isRung = false;
  let waiting: AbortController | undefined;
  return {
    ring() {
      isRung = true;
      waiting?.abort();
    },
    /** Until it rings, for at most `ms`. */
    async wait(ms: number): Promise<void> {
      waiting = new AbortController();
      if (!isRung) await clock.sleep(ms, waiting.signal).catch(() => undefined);
      isRung = false;
    },
  };
}
