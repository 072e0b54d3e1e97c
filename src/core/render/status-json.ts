// `/status.json`, and what `tributary status --json` prints.
import type { SiteStatus, StoreAlarm } from '../../model/status.ts';
import { storeTroubleWords } from '../../model/store-trouble.ts';

export const STATUS_JSON_PATH = 'status.json';

export function renderStatusJson(status: SiteStatus): string {
  const { at, configAlarm, storeAlarm, refusedFeeds, hosts, lists, sources } = status;
  const store = storeAlarm && storeOf(storeAlarm);
  return `${JSON.stringify({ at, store, configAlarm, refusedFeeds, hosts, lists, sources }, noneAsNull, 2)}\n`;
}

function storeOf({ staleSince, trouble }: StoreAlarm) {
  return {
    stale_since: staleSince,
    reason: trouble,
    message: `the store is away: ${storeTroubleWords(trouble)}`,
  };
}

/** What `renderStatusJson` wrote; undefined for anything else. */
export function readStatusJson(text: string): SiteStatus | undefined {
  try {
    const { store, ...status } = JSON.parse(text, (_name, value) => value ?? undefined);
    if (!Array.isArray(status.sources)) return undefined;
    return { ...status, storeAlarm: store && { staleSince: store.stale_since, trouble: store.reason } };
  } catch {
    return undefined;
  }
}

/** Every name is there, whatever is known: programs that read it need not ask which are. */
function noneAsNull(_name: string, value: unknown): unknown {
  return value === undefined ? null : value;
}
