// `/status.json`, and what `tributary status --json` prints.
import type { SiteStatus } from '../../model/status.ts';

export const STATUS_JSON_PATH = 'status.json';

export function renderStatusJson({ at, configAlarm, hosts, sources }: SiteStatus): string {
  return `${JSON.stringify({ at, configAlarm, hosts, sources }, undefined, 2)}\n`;
}
