// `/status.json`, and what `tributary status --json` prints.
import type { SiteStatus } from '../../model/status.ts';

export const STATUS_JSON_PATH = 'status.json';

export function renderStatusJson(status: SiteStatus): string {
  const { at, configAlarm, refusedFeeds, hosts, lists, sources } = status;
  return `${JSON.stringify({ at, configAlarm, refusedFeeds, hosts, lists, sources }, undefined, 2)}\n`;
}
