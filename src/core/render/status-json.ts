// `/status.json`, and what `tributary status --json` prints.
import type { SiteStatus } from '../../model/status.ts';

export const STATUS_JSON_PATH = 'status.json';

export function renderStatusJson(status: SiteStatus): string {
  const { at, configAlarm, refusedFeeds, hosts, lists, sources } = status;
  return `${JSON.stringify({ at, configAlarm, refusedFeeds, hosts, lists, sources }, noneAsNull, 2)}\n`;
}

/** Every name is there, whatever is known: programs that read it need not ask which are. */
function noneAsNull(_name: string, value: unknown): unknown {
  return value === undefined ? null : value;
}
