// What `once` tells when it is done: a table of the sources, and what was written; with --json the same for a machine.
import { redactText } from '../edge/ops/redact.ts';
import type { NotPolled } from '../edge/schedule/scheduler.ts';
import type { Source } from '../model/config.ts';
import { isListId } from '../model/ids.ts';
import { timestampOfClock } from '../model/timestamp.ts';
import type { PollReport } from '../pipeline/poll-report.ts';
import { aligned } from './aligned.ts';
import { counted, EXIT, type ExitCode, type Terminal } from './command.ts';
import type { SiteReport } from './once-site.ts';

export interface OnceSummary extends SiteReport {
  readonly polls: ReadonlyMap<Source, PollReport>;
  readonly notPolled: readonly NotPolled[];
  readonly secrets: readonly string[];
  readonly dir: string;
  /** Ids of feeds that have nothing to publish. */
  readonly missing: readonly string[];
}

/** Exit code 1 where there is nothing to publish at all. */
export function summarize({ stdout, stderr }: Terminal, summary: OnceSummary, asJson: boolean): ExitCode {
  const redact = (text: string) => redactText(text, summary.secrets);
  if (asJson) stdout.write(redact(`${JSON.stringify(asData(summary), null, 2)}\n`));
  else
    stderr.write(
      redact(
        asText(summary)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    );
  return summary.files === 0 ? EXIT.failed : EXIT.done;
}

function asText({
  polls,
  notPolled,
  files,
  written,
  removed,
  remarks,
  dir,
  missing,
}: OnceSummary): readonly string[] {
  const rows = [
    ...[...polls].map(([source, { outcome, items, new: fresh, reason, message }]) =>
      reason === undefined
        ? [nameOf(source), outcome, String(items), String(fresh)]
        : [nameOf(source), outcome, '', '', [reason, message].filter(Boolean).join(': ')],
    ),
    ...notPolled.map(({ source, untilMs }) => [
      source.id,
      'not polled',
      '',
      '',
      `its host asked us to come less often, and may be asked from ${timestampOfClock(untilMs)} on`,
    ]),
  ];
  const table = rows.length === 0 ? [] : aligned([['SOURCE', 'OUTCOME', 'ITEMS', 'NEW', 'WHY'], ...rows]);
  if (files === 0) return [...table, 'nothing to publish: no source could be read, and none was read before'];
  return [
    ...table,
    ...missing.map((id) => `feed ${id}: nothing to publish yet`),
    ...remarks,
    `${dir}: ${counted(files, 'file')}, ${written} of them new or changed${removed === 0 ? '' : `, ${removed} removed`}`,
  ];
}

function asData({ polls, notPolled, files, written, removed, remarks, dir, missing }: OnceSummary) {
  return {
    sources: [
      ...[...polls].map(([source, { outcome, items, new: fresh, reason, message }]) => ({
        id: source.id,
        outcome,
        items,
        new: fresh,
        reason,
        message,
      })),
      ...notPolled.map(({ source, untilMs }) => ({
        id: source.id,
        outcome: 'not-polled',
        until: timestampOfClock(untilMs),
      })),
    ],
    feedsWithoutItems: missing,
    out: dir,
    files,
    written,
    removed,
    remarks,
  };
}

/** Lists are known by their addresses. */
function nameOf({ id, address, feedUrlIsSecret }: Source): string {
  return isListId(id) && !feedUrlIsSecret ? address : id;
}
