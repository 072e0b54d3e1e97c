// `/status.json`, and what `tributary status --json` prints.
import type { SiteStatus } from '../../model/status.ts';

export const STATUS_JSON_PATH = 'status.json';

export function renderStatusJson({ at, sources, configAlarm }: SiteStatus): string {
  return `${JSON.stringify({ at, configAlarm, sources }, undefined, 2)}\n`;
}
