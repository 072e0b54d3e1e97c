// Hosts that rest since they asked us to come less often, as the status tells of them. Pure; nothing secret gets in.
import { publishableFor } from '../core/attribute/publishable-url.ts';
import type { Pause } from '../edge/schedule/pauses.ts';
import type { Source } from '../model/config.ts';
import type { RestingHost } from '../model/status.ts';
import { timestampOfClock } from '../model/timestamp.ts';

/** `sources`: all that are polled, lists too. Those that rest longest come last. */
export function restingHosts(pauses: readonly Pause[], sources: readonly Source[]): readonly RestingHost[] {
  const byId = new Map(sources.map((source) => [source.id, source]));
  return pauses
    .filter((pause) => !pauses.some((other) => isWithin(pause, other)))
    .toSorted((a, b) => a.untilMs - b.untilMs)
    .map((pause) => {
      const told = byId.get(pause.sourceId);
      const isShown = told !== undefined && !told.feedUrlIsSecret;
      return {
        name: isShown && publishableFor(told)(`https://${pause.name}/`) ? pause.name : undefined,
        scope: pause.scope,
        since: timestampOfClock(pause.atMs),
        until: timestampOfClock(pause.untilMs),
        status: pause.status,
        told: pause.sourceId,
      };
    });
}

/** One refusal that holds for the whole domain need not be told of the host too. */
function isWithin(pause: Pause, other: Pause): boolean {
  return (
    pause.scope === 'host' &&
    other.scope === 'domain' &&
    other.sourceId === pause.sourceId &&
    other.atMs === pause.atMs &&
    other.untilMs >= pause.untilMs
  );
}
