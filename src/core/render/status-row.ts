// A source's row on `/status`.
import { assertNever } from '../../model/errors.ts';
import type { PollWhy } from '../../model/poll-record.ts';
import { reasonWords } from '../../model/reason-words.ts';
import type { Health, PushStatus, SourceStatus, StatusNotice } from '../../model/status.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { durationWords } from './duration-words.ts';
import { html, type SafeHtml } from './html.ts';
import { outcomeChart, rhythmChart } from './status-charts.ts';

export const HEALTH_WORDS: Readonly<Record<Health, string>> = {
  gone: 'gone',
  failing: 'failing',
  attention: 'to be looked at',
  waiting: 'not polled yet',
  ok: 'well',
  off: 'switched off',
};

export function statusRow(source: SourceStatus, at: Timestamp): SafeHtml {
  const { id, health, lastPoll, nextPoll, items, latestItem, rhythm, days, notices } = source;
  const keys = Object.entries({ last: lastPoll, next: nextPoll, latest: latestItem, items });
  const known = keys.flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`));
  return html`<tr id="${id}" class="${health}" data-keys="${known.join('&')}">
<th scope="row">${nameOf(source)}<br><small>${id}</small></th>
<td class="what"><span class="state">${HEALTH_WORDS[health]}</span>${trouble(source)}${notices.map(noticeWords)}</td>
<td data-label="Last poll">${lastPoll === undefined ? '–' : timeWords(lastPoll)}</td>
<td data-label="Next poll">${nextPollWords(source)}</td>
<td data-label="Items">${items}${latestItem !== undefined && html`<br><small>latest ${dayOf(latestItem)}</small>`}</td>
<td data-label="30 days">${rhythmChart(rhythm)}${outcomeChart(days, at.slice(0, 10))}</td>
</tr>
`;
}

function nameOf({ name, url, siteUrl }: SourceStatus): SafeHtml {
  const site = siteUrl ?? url;
  const named = html`<bdi>${name}</bdi>`;
  const linked = site === undefined ? named : html`<a href="${site}" rel="noopener nofollow">${named}</a>`;
  return url === undefined
    ? linked
    : html`${linked} <small><a href="${url}" rel="noopener nofollow">feed</a></small>`;
}

export function trouble({
  reason,
  failures,
}: Pick<SourceStatus, 'reason' | 'failures'>): SafeHtml | undefined {
  if (reason === undefined) return undefined;
  const times = failures > 1 ? `, ${failures} times in a row` : '';
  return html`<br>${reasonWords(reason)}${times} <small>(${reason})</small>`;
}

function noticeWords({ text, yaml }: StatusNotice): SafeHtml {
  return html`<p class="notice">${text}${yaml !== undefined && html` <code>${yaml}</code>`}</p>`;
}

const WHY_WORDS: Readonly<Record<PollWhy, string>> = {
  every: 'as configured',
  schedule: 'by its schedule',
  adaptive: 'as often as it publishes',
  'max-age': 'its server says how long the document holds (max-age)',
  ttl: 'its feed says so (ttl)',
  'update-period': 'its feed says so (sy:updatePeriod)',
  'skip-hours': 'its feed asks for these hours to be skipped (skipHours)',
  'skip-days': 'its feed asks for these days to be skipped (skipDays)',
  'retry-after': 'its server asked for it (Retry-After)',
  backoff: 'after failures',
  gone: 'it is gone, and asked once a day',
  push: 'its hub tells us what is new',
  store: 'our store did not answer',
};

function pushWords({ hub, state, leaseEnd, lastPush }: PushStatus): SafeHtml {
  const who = hub === undefined ? 'its hub' : html`its hub ${hub}`;
  switch (state) {
    case 'asking':
      return html`${who} was asked to push and has not answered yet`;
    case 'denied':
      return html`${who} will not push`;
    case 'ended':
      return html`${who} does not push any more`;
    case 'verified':
      return html`${who} pushes${leaseEnd !== undefined && html` until ${timeWords(leaseEnd)}`}, ${lastPush === undefined ? 'nothing yet' : html`last ${timeWords(lastPush)}`}`;
    default:
      return assertNever(state);
  }
}

function nextPollWords({ nextPoll, why, intervalMs, push }: SourceStatus): SafeHtml {
  if (nextPoll === undefined) return html`–`;
  const interval = intervalMs === undefined || intervalMs === 0 ? '' : `every ${durationWords(intervalMs)}: `;
  return html`${timeWords(nextPoll)}${why !== undefined && html`<br><small>${interval}${WHY_WORDS[why]}</small>`}${push !== undefined && html`<br><small>${pushWords(push)}</small>`}`;
}

function dayOf(at: Timestamp): SafeHtml {
  return html`<time datetime="${at}">${at.slice(0, 10)}</time>`;
}

/** In UTC. */
export function timeWords(at: Timestamp): SafeHtml {
  return html`<time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 16)}</time>`;
}
