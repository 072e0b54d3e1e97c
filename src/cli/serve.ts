// `tributary serve`: polls on schedule and serves, until SIGTERM or SIGINT.
import { type ConfigFile, openConfigFile } from '../edge/config/config-file.ts';
import { systemClock } from '../edge/ops/clock.ts';
import { createLog, type FlushableLog } from '../edge/ops/log.ts';
import type { Config } from '../model/config.ts';
import { messageOf, TributaryError } from '../model/errors.ts';
import { VERSION } from '../model/version.ts';
import { secretsOf } from '../pipeline/config-secrets.ts';
import { type Service, startService } from '../service.ts';
import { type Command, EXIT, type Terminal, UsageError } from './command.ts';
import { localUrl } from './running-service.ts';

/** Container engines kill 10 s after they asked: what is under way is cut before that, and the end is still a clean one. */
const GRACE_MS = 8_000;
/** A terminal sends Ctrl-C to every process of a group, and launchers pass it on: one stop may come as several signals. */
const SAME_STOP_MS = 1000;

export const serveCommand: Command = {
  name: 'serve',
  usage: 'serve [--role all|web|worker]',
  summary: 'polls on schedule and serves the feeds',
  details: `Until SIGTERM or Ctrl-C; SIGHUP, and a change of its file, read the configuration again. The log goes to stdout.

  --role all  polls and serves, which is the default; web and worker are not available in this version`,
  examples: [
    'tributary serve',
    'PORT=9090 TRIBUTARY_STORE=redis://localhost tributary serve --config /etc/tributary.yaml',
  ],
  options: { role: { type: 'string' } },
  operandsMax: 0,
  async run({ configFile, options, terminal }) {
    const { role = 'all' } = options;
    if (role === 'web' || role === 'worker')
      throw new UsageError(`--role ${role}: not available in this version`);
    if (role !== 'all') throw new UsageError(`--role: all, web or worker, not ${role}`);
    const file = openConfigFile(configFile, terminal.env, terminal.cwd());
    const config = await file.load();
    const log = createLog({
      level: 'info',
      pretty: terminal.stdout.isTTY === true,
      secrets: secretsOf(config),
    });
    const stopped = stopSignal(terminal);
    let service: Service | undefined;
    log.info('starting', { version: VERSION, config: config.file, node: process.version });
    log.info('keeping', { store: config.store, dataDir: config.dataDir });
    onHangUp(terminal, () => service?.reload());
    try {
      service = await startService(config, { clock: systemClock, log, configFile: hiding(file, log) });
      log.info('started', {
        url: config.server.publicUrl,
        port: service.port,
        sources: config.sources.length,
        feeds: config.feeds.map((feed) => feed.id),
        // Sources may be polled at these private addresses: whoever reads the log should know.
        allowed: config.network.allow.length === 0 ? undefined : config.network.allow,
      });
      log.info('look', lookAt(config, service));
      log.info('stopping', { signal: await stopped.first });
      await Promise.race([service.stop(GRACE_MS), stopped.again]);
      log.info('stopped');
      return EXIT.done;
    } catch (error) {
      const code = error instanceof TributaryError ? error.code : 'internal';
      log.error('failed', {
        code,
        message: messageOf(error),
        error: options['debug'] === true ? error : undefined,
      });
      return EXIT.failed;
    } finally {
      await log.flush(1000);
    }
  },
};

/** Where who runs it can see how it goes. */
function lookAt({ server }: Config, { adminPort }: Service): Readonly<Record<string, string>> {
  const base =
    server.admin === undefined
      ? server.publicUrl
      : `${localUrl({ host: server.admin.host, port: adminPort ?? server.admin.port })}/`;
  return { status: `${base}status`, metrics: `${base}metrics` };
}

/** The secrets of a configuration are masked before any of it is in force. */
function hiding(file: ConfigFile, log: FlushableLog): ConfigFile {
  return {
    ...file,
    async load() {
      const config = await file.load();
      log.hide(secretsOf(config));
      return config;
    },
  };
}

/** Where there is a terminal, SIGHUP says that it is gone, and is one more signal to stop. */
function onHangUp(terminal: Terminal, reload: () => Promise<void> | undefined): void {
  if (terminal.stdout.isTTY !== true) terminal.on('SIGHUP', () => void reload());
}

/** The first signal asks to stop; one that comes later than the echoes of the first cuts. */
function stopSignal(terminal: Terminal) {
  const first = Promise.withResolvers<string>();
  const again = Promise.withResolvers<void>();
  let firstAtMs: number | undefined;
  const signals = [
    'SIGTERM',
    'SIGINT',
    ...(terminal.stdout.isTTY === true ? ['SIGHUP' as const] : []),
  ] as const;
  for (const signal of signals) {
    terminal.on(signal, () => {
      const nowMs = performance.now();
      firstAtMs ??= nowMs;
      first.resolve(signal);
      if (nowMs - firstAtMs > SAME_STOP_MS) again.resolve();
    });
  }
  return { first: first.promise, again: again.promise };
}
