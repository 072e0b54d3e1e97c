// `tributary once --out DIR`: polls every source once and writes a static site.
import path from 'node:path';
import { createApp } from '../app.ts';
import { loadConfig } from '../edge/config/load-config.ts';
import { systemClock } from '../edge/ops/clock.ts';
import { createLog, type HidingLog } from '../edge/ops/log.ts';
import { redactText } from '../edge/ops/redact.ts';
import type { NotPolled } from '../edge/schedule/scheduler.ts';
import { writeSite } from '../edge/store/write-site.ts';
import type { Source } from '../model/config.ts';
import type { Site } from '../model/edition.ts';
import { isListId } from '../model/ids.ts';
import type { SiteStatus } from '../model/status.ts';
import { timestampOfClock } from '../model/timestamp.ts';
import { secretsOf } from '../pipeline/config-secrets.ts';
import { makeRendition } from '../pipeline/make-rendition.ts';
import type { PollReport } from '../pipeline/poll-report.ts';
import type { Publisher } from '../pipeline/publisher.ts';
import { createStatusDocuments, STATUS_PATHS } from '../pipeline/status-documents.ts';
import { type Command, counted, EXIT, type ExitCode, type Terminal, UsageError } from './command.ts';

const FORMATS: readonly string[] = ['rss', 'atom', 'json', 'html'];

export const onceCommand: Command = {
  name: 'once',
  usage: 'once --out DIR [--format rss,atom,json,html]',
  summary: 'polls every source once and writes a static site to DIR',
  options: { out: { type: 'string' }, format: { type: 'string' }, 'include-private': { type: 'boolean' } },
  operandsMax: 0,
  async run({ configFile, options, terminal }) {
    const { out, format } = options;
    if (typeof out !== 'string' || out === '') throw new UsageError('--out DIR: say where the site goes');
    if (options['include-private'] === true)
      throw new UsageError('--include-private: not available in this version');
    const formats = readFormats(format);
    const config = await loadConfig(configFile, terminal.env, terminal.cwd());
    const log = createLog({
      level: 'warn',
      pretty: terminal.stderr.isTTY === true,
      secrets: secretsOf(config),
      destination: terminal.stderr,
    });
    const polls = new Map<Source, PollReport>();
    const app = await createApp(config, {
      clock: systemClock,
      log: withoutPolls(log),
      onPoll: (source, report) => void polls.set(source, report),
    });
    try {
      await app.readLists();
      const notPolled = await app.scheduler.pollAll((ms) => systemClock.sleep(ms));
      await app.publisher.publishDue();
      await app.sweep();
      const site = chosen(await withStatus(app.publisher.site(), app.status()), formats);
      const dir = path.resolve(terminal.cwd(), out);
      const archives = await writeArchives(dir, app.publisher, formats);
      const written = (await writeSite(dir, site)) + archives.written;
      return summarize(terminal, {
        polls,
        notPolled,
        secrets: secretsOf(app.config()),
        files: site.size + archives.files,
        written,
        dir: out,
        missing: app.publisher.missing(),
      });
    } finally {
      await app.stop(0);
      await log.flush(1000);
    }
  },
};

/** Polls are told by the summary: what failed would be said twice. */
function withoutPolls(log: HidingLog): HidingLog {
  return { ...log, warn: (event, fields) => event !== 'poll' && log.warn(event, fields) };
}

function readFormats(format: string | boolean | undefined): ReadonlySet<string> {
  if (typeof format !== 'string') return new Set(FORMATS);
  const wanted = format.split(',').map((each) => each.trim());
  const unknown = wanted.find((each) => !FORMATS.includes(each));
  if (unknown !== undefined) throw new UsageError(`--format: ${FORMATS.join(', ')}, not ${unknown}`);
  return new Set(wanted);
}

/** As it stands at the end of the run. */
async function withStatus(site: Site, status: SiteStatus): Promise<Site> {
  if (site.size === 0) return site;
  const documents = createStatusDocuments(() => status, systemClock.now);
  const made = STATUS_PATHS.flatMap((at) => {
    const document = documents(at);
    return document === undefined ? [] : [makeRendition({ path: at, ...document }, undefined, status.at)];
  });
  return new Map([...site, ...(await Promise.all(made)).map((each) => [each.path, each] as const)]);
}

/** One after the other, before what links to them: the history of years is never in memory. */
async function writeArchives(
  dir: string,
  publisher: Publisher,
  formats: ReadonlySet<string>,
): Promise<{ readonly files: number; readonly written: number }> {
  let files = 0;
  let written = 0;
  for (const at of publisher.archivedPaths()) {
    if (!formats.has(path.extname(at).slice(1))) continue;
    const document = await publisher.archived(at);
    if (document === undefined) continue;
    files += 1;
    written += await writeSite(dir, new Map([[at, document]]));
  }
  return { files, written };
}

/** Pages of the site and their style go with the HTML. */
function chosen(site: Site, formats: ReadonlySet<string>): Site {
  return new Map(
    [...site].filter(([file]) => {
      const format = path.extname(file).slice(1);
      return formats.has(FORMATS.includes(format) ? format : 'html');
    }),
  );
}

interface Summary {
  readonly polls: ReadonlyMap<Source, PollReport>;
  readonly notPolled: readonly NotPolled[];
  readonly secrets: readonly string[];
  readonly files: number;
  readonly written: number;
  readonly dir: string;
  readonly missing: readonly string[];
}

function summarize(
  { stderr }: Terminal,
  { polls, notPolled, secrets, files, written, dir, missing }: Summary,
): ExitCode {
  for (const [source, report] of polls) {
    const what = [report.reason, report.message ?? `${counted(report.items, 'item')}, ${report.new} new`];
    const name = isListId(source.id) && !source.feedUrlIsSecret ? source.address : source.id;
    const line = [name, report.outcome, ...what].filter((part) => part !== undefined).join(': ');
    stderr.write(`${redactText(line, secrets)}\n`);
  }
  for (const { source, untilMs } of notPolled) {
    const until = timestampOfClock(untilMs);
    stderr.write(
      `${source.id}: not polled: its host asked us to come less often, and may be asked from ${until} on\n`,
    );
  }
  if (files === 0) {
    stderr.write('nothing to publish: no source could be read, and none was read before\n');
    return EXIT.failed;
  }
  for (const id of missing) stderr.write(`feed ${id}: nothing to publish yet\n`);
  stderr.write(`${dir}: ${counted(files, 'file')}, ${written} of them new or changed\n`);
  return EXIT.done;
}
