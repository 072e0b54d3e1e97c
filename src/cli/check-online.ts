// `tributary check --online`: every source asked once, a line for each, nothing kept.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { styleText } from 'node:util';
import { durationWords } from '../core/render/duration-words.ts';
import { systemClock } from '../edge/ops/clock.ts';
import { createRedactor } from '../edge/ops/redact.ts';
import type { Config } from '../model/config.ts';
import { reasonWords } from '../model/reason-words.ts';
import { checkSources, isWell, type SourceCheck } from '../pipeline/check-sources.ts';
import { configInForce } from '../pipeline/config-in-force.ts';
import { secretsOf } from '../pipeline/config-secrets.ts';
import { createKnownLists } from '../pipeline/known-lists.ts';
import type { PollReport } from '../pipeline/poll-report.ts';
import { counted, EXIT, type ExitCode, type Terminal } from './command.ts';
import { formatWords, nextPollWords, noteLines } from './feed-words.ts';
import { openNetworkParts } from './network-parts.ts';
import { printable } from './printable.ts';
import { createProgressLine } from './progress-line.ts';

interface ListCheck {
  readonly name: string;
  readonly report: PollReport;
}

/** 1 where a source or a list could not be read: whoever asks, asks for that. */
export async function checkOnline(written: Config, asJson: boolean, terminal: Terminal): Promise<ExitCode> {
  const { stdout, stderr } = terminal;
  const parts = openNetworkParts(written);
  const redact = createRedactor(secretsOf(written));
  try {
    const { config, lists } = await readLists(written, parts);
    const enabled = config.sources.filter(({ enabled }) => enabled).length;
    const progress = createProgressLine(stderr, enabled, 'sources');
    const tell = (lines: readonly string[]) => {
      if (!asJson) progress.above(() => stdout.write(redact(lines.map((line) => `${line}\n`).join(''))));
    };
    for (const list of lists) tell(listLines(list, terminal));
    const checks = await checkSources(config, {
      ...parts,
      sleep: (ms) => systemClock.sleep(ms),
      onCheck(check) {
        tell(sourceLines(check, terminal, systemClock.now()));
        progress.step();
      },
    });
    progress.end();
    const failed = checks.filter((check) => !isWell(check)).length;
    const failedLists = lists.filter(({ report }) => report.reason !== undefined).length;
    if (asJson) stdout.write(checkJson(lists, checks, redact));
    else
      stdout.write(`${counted(checks.length, 'source')}, ${checks.length - failed} well, ${failed} failed\n`);
    return failed + failedLists > 0 ? EXIT.failed : EXIT.done;
  } finally {
    await parts.close();
  }
}

/** Into a folder that is gone afterwards: what the service keeps of its lists stays as it is. */
async function readLists(
  written: Config,
  parts: ReturnType<typeof openNetworkParts>,
): Promise<{ readonly config: Config; readonly lists: readonly ListCheck[] }> {
  const wanted = (written.lists ?? []).filter(({ source }) => source.enabled);
  if (wanted.length === 0) return { config: written, lists: [] };
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tributary-check-'));
  try {
    const known = createKnownLists({ ...parts, dataDir });
    const lists: ListCheck[] = [];
    for (const { source } of wanted) {
      const { report } = await known.poll(source);
      lists.push({ name: source.feedUrlIsSecret ? source.id : source.address, report });
    }
    return { config: configInForce(written, known.states()), lists };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

type Colour = 'green' | 'red';

function word(isGood: boolean, { stdout }: Terminal): string {
  const [text, colour]: [string, Colour] = isGood ? ['ok', 'green'] : ['failed', 'red'];
  return styleText(colour, text.padEnd(6), { stream: stdout });
}

function listLines({ name, report }: ListCheck, terminal: Terminal): readonly string[] {
  const isGood = report.reason === undefined;
  const said = isGood ? counted(report.items, 'feed') : whyWords(report);
  return [`${word(isGood, terminal)}  list ${printable(name)}: ${said}, ${msWords(report.ms)}`];
}

function sourceLines(check: SourceCheck, terminal: Terminal, nowMs: number): readonly string[] {
  const { source, report, poll, format, latest } = check;
  const head = `${word(isWell(check), terminal)}  ${source.id}`;
  if (report === undefined) return [`${head}: not asked: its host asks us to come less often`];
  const page = poll?.page?.feedUrls[0];
  const facts = isWell(check)
    ? [
        ...(format === undefined ? [] : [formatWords(format)]),
        counted(report.items, 'item'),
        ...(latest === undefined ? [] : [`latest ${latest.slice(0, 10)}`]),
      ]
    : [whyWords(report)];
  return [
    `${head}: ${[...facts, msWords(report.ms), ...(poll === undefined ? [] : [nextPollWords(poll, nowMs)])].join(', ')}`,
    ...(report.message === undefined ? [] : [`        ${printable(report.message, 600)}`]),
    ...(isWell(check) && page !== undefined && !source.feedUrlIsSecret
      ? [`        its address is a page; its feed is at the address to write: url: ${printable(page)}`]
      : []),
    ...(report.movedTo !== undefined && !source.feedUrlIsSecret
      ? [`        it says that it moved for good; write url: ${printable(report.movedTo)}`]
      : []),
    ...noteLines(report.notes).map((line) => `        ${printable(line)}`),
  ];
}

function whyWords({ reason = 'internal' }: PollReport): string {
  return `${reasonWords(reason)} (${reason})`;
}

function msWords(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : durationWords(ms);
}

function checkJson(
  lists: readonly ListCheck[],
  checks: readonly SourceCheck[],
  redact: (text: string) => string,
): string {
  const data = {
    lists: lists.map(({ name, report }) => ({
      list: name,
      ok: report.reason === undefined,
      reason: report.reason ?? null,
      message: report.message ?? null,
      feeds: report.items,
      ms: Math.round(report.ms),
    })),
    sources: checks.map(({ source, report, poll, format, latest }) => ({
      id: source.id,
      ok: report !== undefined && report.reason === undefined,
      outcome: report?.outcome ?? null,
      reason: report?.reason ?? null,
      message: report?.message ?? null,
      format: format ?? null,
      items: report?.items ?? 0,
      latest: latest ?? null,
      ms: report === undefined ? null : Math.round(report.ms),
      nextPoll: poll?.nextPollAt ?? null,
      why: poll?.why ?? null,
      intervalMs: poll?.intervalMs ?? null,
      pageFeeds: source.feedUrlIsSecret ? [] : (poll?.page?.feedUrls ?? []),
      notes: report?.notes ?? [],
    })),
  };
  const redacted = (_: string, value: unknown) => (typeof value === 'string' ? redact(value) : value);
  return `${JSON.stringify(data, redacted, 2)}\n`;
}
