// `tributary once --out DIR`: polls every source once and writes a static site.
import path from 'node:path';
import { createApp } from '../app.ts';
import { loadConfig } from '../edge/config/load-config.ts';
import { systemClock } from '../edge/ops/clock.ts';
import { createLog, type HidingLog } from '../edge/ops/log.ts';
import type { Source } from '../model/config.ts';
import type { Site } from '../model/edition.ts';
import type { SiteStatus } from '../model/status.ts';
import { secretsOf } from '../pipeline/config-secrets.ts';
import { makeRendition } from '../pipeline/make-rendition.ts';
import type { PollReport } from '../pipeline/poll-report.ts';
import { createStatusDocuments, STATUS_PATHS } from '../pipeline/status-documents.ts';
import { type Command, UsageError } from './command.ts';
import { FORMATS, writeSite } from './once-site.ts';
import { summarize } from './once-summary.ts';
import { createProgressLine, type ProgressLine } from './progress-line.ts';

export const onceCommand: Command = {
  name: 'once',
  usage: 'once --out DIR [--format rss,atom,json,html] [--compress] [--headers] [--include-private] [--json]',
  summary: 'polls every source once and writes a static site to DIR',
  details: `Asks every source, due or not, and writes the paths that \`serve\` answers: feeds, pages, lists. A source that fails does not
fail the run; with nothing to publish at all it ends with 1.

  --out DIR          where the site goes
  --format LIST      only these of rss, atom, json and html
  --compress         .gz and .br beside each document, for nginx (gzip_static, brotli_static) and others
  --headers          _headers and _redirects, for Netlify, Cloudflare Pages and others
  --include-private  feeds with access: too; the folder is then as secret as they are
  --json             the summary for programs

What is part of the site no more goes from DIR; files that once did not write stay.`,
  examples: [
    'tributary once --out site',
    'tributary once --out /srv/planet --compress',
    'tributary once --out public --headers --format rss,html',
    'tributary once --out site --json | jq .sources',
  ],
  options: {
    out: { type: 'string' },
    format: { type: 'string' },
    compress: { type: 'boolean' },
    headers: { type: 'boolean' },
    'include-private': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  operandsMax: 0,
  async run({ configFile, options, terminal }) {
    const { out, format } = options;
    if (typeof out !== 'string' || out === '') throw new UsageError('--out DIR: say where the site goes');
    const formats = readFormats(format);
    const config = await loadConfig(configFile, terminal.env, terminal.cwd());
    const log = createLog({
      level: 'warn',
      pretty: terminal.stderr.isTTY === true,
      secrets: secretsOf(config),
      destination: terminal.stderr,
    });
    const polls = new Map<Source, PollReport>();
    let progress: ProgressLine | undefined;
    const app = await createApp(config, {
      clock: systemClock,
      log: withoutPolls(log),
      onPoll(source, report) {
        polls.set(source, report);
        progress?.step();
      },
    });
    try {
      await app.readLists();
      const enabled = app.config().sources.filter((source) => source.enabled).length;
      progress = createProgressLine(terminal.stderr, enabled, 'sources');
      const notPolled = await app.scheduler.pollAll((ms) => systemClock.sleep(ms));
      progress.end();
      await app.publisher.publishDue();
      await app.sweep();
      const site = await writeSite(
        path.resolve(terminal.cwd(), out),
        await withStatus(app.publisher.site(), app.status()),
        app.publisher,
        app.config(),
        {
          formats,
          includesPrivate: options['include-private'] === true,
          forHost: options['headers'] === true,
          compresses: options['compress'] === true,
        },
      );
      const summary = {
        ...site,
        polls,
        notPolled,
        secrets: secretsOf(app.config()),
        dir: out,
        missing: app.publisher.missing(),
      };
      return summarize(terminal, summary, options['json'] === true);
    } finally {
      progress?.end();
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
  const unknown = wanted.find((each) => !(FORMATS as readonly string[]).includes(each));
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
