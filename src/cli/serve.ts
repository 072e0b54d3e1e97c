// `tributary serve`: polls on schedule and serves, until SIGTERM or SIGINT.
import { loadConfig } from '../edge/config/load-config.ts';
import { systemClock } from '../edge/ops/clock.ts';
import { createLog, type Log } from '../edge/ops/log.ts';
import { ConfigError, formatProblem, messageOf, TributaryError } from '../model/errors.ts';
import { startService } from '../service.ts';
import { type Command, EXIT, type Terminal, UsageError } from './command.ts';
import { secretsOf } from './secrets.ts';

/** Container engines kill 10 s after they asked: what is under way is cut before that, and the end is still a clean one. */
const GRACE_MS = 8_000;
/** A terminal sends Ctrl-C to every process of a group, and launchers pass it on: one stop may come as several signals. */
const SAME_STOP_MS = 1000;

export const serveCommand: Command = {
  name: 'serve',
  usage: 'serve [--role all|web|worker]',
  summary: 'polls on schedule and serves the feeds',
  options: { role: { type: 'string' } },
  operandsMax: 0,
  async run({ configFile, options, terminal }) {
    const { role = 'all' } = options;
    if (role === 'web' || role === 'worker')
      throw new UsageError(`--role ${role}: not available in this version`);
    if (role !== 'all') throw new UsageError(`--role: all, web or worker, not ${role}`);
    const config = await loadConfig(configFile, terminal.env, terminal.cwd());
    const log = createLog({
      level: 'info',
      pretty: terminal.stdout.isTTY === true,
      secrets: secretsOf(config),
    });
    const stopped = stopSignal(terminal);
    onHangUp(terminal, () => checkAgain(configFile, terminal, log));
    try {
      const service = await startService(config, { clock: systemClock, log });
      log.info('started', {
        url: config.server.publicUrl,
        port: service.port,
        sources: config.sources.length,
        feeds: config.feeds.map((feed) => feed.id),
        // Sources may be polled at these private addresses: whoever reads the log should know.
        allowed: config.network.allow.length === 0 ? undefined : config.network.allow,
      });
      log.info('stopping', { signal: await stopped.first });
      await Promise.race([service.stop(GRACE_MS), stopped.again]);
      log.info('stopped');
      return EXIT.done;
    } catch (error) {
      const code = error instanceof TributaryError ? error.code : 'internal';
      log.error('failed', { code, message: messageOf(error) });
      return EXIT.failed;
    } finally {
      await log.flush(1000);
    }
  },
};

const RELOAD = 'the configuration has no mistakes; this version takes up what has changed at a restart only';

/** What runs goes on as it is; a configuration that could not be used at a restart is told now, mistake by mistake. */
async function checkAgain(configFile: string, { env, cwd }: Terminal, log: Log): Promise<void> {
  try {
    await loadConfig(configFile, env, cwd());
    log.warn('reload-not-available', { message: RELOAD });
  } catch (error) {
    const problems = error instanceof ConfigError ? error.problems.map(formatProblem) : [messageOf(error)];
    log.error('bad-config', { problems, message: 'the configuration that was read at the start goes on' });
  }
}

/** Where there is a terminal, SIGHUP says that it is gone, and is one more signal to stop. */
function onHangUp(terminal: Terminal, report: () => Promise<void>): void {
  if (terminal.stdout.isTTY !== true) terminal.on('SIGHUP', () => void report());
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
