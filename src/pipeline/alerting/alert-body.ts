// One message as receivers take it: `text` for people, which is all that Slack, Mattermost, Rocket.Chat and their like look at, and
// the same as data. docs/OPERATING.md has the schema. Pure.
import { durationWords } from '../../core/render/duration-words.ts';
import type { Alert, AlertEvent } from '../../model/alert.ts';
import { assertNever } from '../../model/errors.ts';
import { reasonWords } from '../../model/reason-words.ts';
import { type StoreTrouble, storeTroubleWords } from '../../model/store-trouble.ts';
import { msFromTimestamp } from '../../model/timestamp.ts';

/** Of one message: the next has the rest. */
export const ALERTS_MAX = 100;
const LINES_MAX = 20;
const STATES: Readonly<Partial<Record<AlertEvent, string>>> = {
  'source-recovered': 'resolved',
  'store-back': 'resolved',
  'feed-published': 'resolved',
  'source-moved': 'note',
};

/** JSON of at most ALERTS_MAX alerts. `service`: our public address. */
export function alertBody(alerts: readonly Alert[], service: string): string {
  const lines = alerts.slice(0, LINES_MAX).map(textOf);
  const more = alerts.length - lines.length;
  const text = [`Tributary, ${service}`, ...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
  return JSON.stringify({
    text,
    service,
    alerts: alerts.map((alert) => ({
      event: alert.event,
      state: STATES[alert.event] ?? 'firing',
      at: alert.at,
      since: alert.since,
      source: alert.event.startsWith('source-') ? { id: alert.id, name: alert.name } : undefined,
      feed: alert.event.startsWith('feed-') ? alert.id : undefined,
      reason: alert.reason,
      movedTo: alert.movedTo,
      text: textOf(alert),
    })),
  });
}

export function textOf(alert: Alert): string {
  const { event, id, name, reason, movedTo } = alert;
  const source = name === undefined || name === id ? `${id}` : `${id} (${name})`;
  const feed = `The feed ${id}`;
  const lasted = durationWords(msFromTimestamp(alert.at) - msFromTimestamp(alert.since));
  switch (event) {
    case 'source-failing':
      return `${source} has failed for ${lasted}: ${reasonWords(reason ?? 'internal')}`;
    case 'source-gone':
      return `${source} was taken down for good (HTTP 410)`;
    case 'source-moved':
      return movedTo === undefined
        ? `${source} says that it has moved for good, to an address that is not shown here`
        : `${source} says that it has moved for good, to ${movedTo}`;
    case 'source-recovered':
      return `${source} answers well again, after ${lasted}`;
    case 'store-lost':
      return `The store is lost: ${storeTroubleWords(reason as StoreTrouble)}; what is published stays, nothing is polled`;
    case 'store-back':
      return `The store is back, after ${lasted}`;
    case 'feed-failing':
      return `${feed} could not be published; what stood there stays, and the log says why`;
    case 'feed-published':
      return `${feed} could be published again, after ${lasted}`;
    default:
      return assertNever(event);
  }
}
