// Every source asked once, by the rules of the service for hosts, and nothing kept: what `check --online` tells.
import { createScheduler } from '../edge/schedule/scheduler.ts';
import type { Config, Source } from '../model/config.ts';
import type { FeedFormat } from '../model/item.ts';
import { effectivePublishedAt } from '../model/item-dates.ts';
import type { PollRecord } from '../model/poll-record.ts';
import { later, type Timestamp } from '../model/timestamp.ts';
import { type DryPoll, type DryPollDeps, dryPoll } from './dry-poll.ts';
import type { PollReport } from './poll-report.ts';

export interface SourceCheck {
  readonly source: Source;
  /** What came of its poll; undefined where its host asked us to wait longer than is waited for. */
  readonly report: PollReport | undefined;
  readonly poll: PollRecord | undefined;
  readonly format: FeedFormat | undefined;
  readonly latest: Timestamp | undefined;
}

export interface CheckDeps extends DryPollDeps {
  readonly sleep: (ms: number) => Promise<void>;
  /** Called as each ends. */
  readonly onCheck: (check: SourceCheck) => void;
}

/** All enabled sources, in the order in which they ended. Never rejects for what publishers do. */
export async function checkSources(
  { sources, network }: Pick<Config, 'sources' | 'network'>,
  deps: CheckDeps,
): Promise<readonly SourceCheck[]> {
  const checks: SourceCheck[] = [];
  const add = (check: SourceCheck) => {
    checks.push(check);
    deps.onCheck(check);
  };
  const scheduler = createScheduler({
    sources: sources.filter(({ enabled }) => enabled),
    limits: network,
    now: deps.now,
    startTimes: new Map(),
    async poll(source) {
      const poll = await dryPoll(source, deps);
      add(checkOf(poll));
      return poll.report;
    },
  });
  const notPolled = await scheduler.pollAll(deps.sleep);
  for (const { source } of notPolled)
    add({ source, report: undefined, poll: undefined, format: undefined, latest: undefined });
  return checks;
}

function checkOf({ source, report, poll, record }: DryPoll): SourceCheck {
  const dates = (record?.items ?? []).map(effectivePublishedAt);
  const latest = dates.reduce<Timestamp | undefined>(
    (a, b) => (a === undefined ? b : later(a, b)),
    undefined,
  );
  return { source, report, poll, format: record?.feed?.format, latest };
}

export function isWell({ report }: SourceCheck): boolean {
  return report?.reason === undefined && report !== undefined;
}
