// `/status`: every source with how its polls go, those that need somebody first.
import { assertNever } from '../../model/errors.ts';
import type { PollWhy } from '../../model/poll-record.ts';
import { reasonWords } from '../../model/reason-words.ts';
import type {
  ConfigAlarm,
  Health,
  ListStatus,
  PushStatus,
  RestingHost,
  SiteStatus,
  SourceStatus,
  StatusNotice,
  StoreAlarm,
} from '../../model/status.ts';
import { storeTroubleWords } from '../../model/store-trouble.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { durationWords } from './duration-words.ts';
import { html, type SafeHtml } from './html.ts';
import { pageOf } from './page-parts.ts';
import { outcomeChart, rhythmChart } from './status-charts.ts';

export const STATUS_PATH = 'status.html';

export function renderStatusPage(status: SiteStatus): string {
  const { at, sources, configAlarm, storeAlarm, hosts, lists, refusedFeeds } = status;
  return pageOf({
    title: 'Status of the sources',
    language: 'en',
    noindex: true,
    wide: true,
    styleHref: 'style.css',
    creditsHref: 'credits.html',
    feedLinks: [],
    main: html`<header>
<p class="up"><a href="./">All feeds</a></p>
<h1>Status of the sources</h1>
<p class="lead">${summary(sources)}, as of ${time(at)} UTC. <a href="status.json">As JSON</a></p>
</header>
<main>
${storeAlarm !== undefined && storeWarning(storeAlarm)}${configAlarm !== undefined && configWarning(configAlarm)}${refusedFeeds.length > 0 && refused(refusedFeeds)}${hosts.length > 0 && resting(hosts)}${lists.length > 0 && followed(lists)}<div class="table" tabindex="0" role="region" aria-label="Sources">
<table class="status">
<thead><tr><th scope="col">Source</th><th scope="col">State</th><th scope="col">Last poll</th><th scope="col">Next poll</th><th scope="col">Items</th><th scope="col">30 days of items, of polls</th></tr></thead>
<tbody>
${sources.map((source) => row(source, at))}</tbody>
</table>
</div>
</main>`,
  });
}

const HEALTH_WORDS: Readonly<Record<Health, string>> = {
  gone: 'gone',
  failing: 'failing',
  attention: 'to be looked at',
  waiting: 'not polled yet',
  ok: 'well',
  off: 'switched off',
};

function summary(sources: readonly SourceStatus[]): string {
  const counts = (Object.keys(HEALTH_WORDS) as Health[])
    .map((health) => [sources.filter((source) => source.health === health).length, health] as const)
    .filter(([count]) => count > 0)
    .map(([count, health]) => `${count} ${HEALTH_WORDS[health]}`);
  const total = `${sources.length} ${sources.length === 1 ? 'source' : 'sources'}`;
  return counts.length === 0 ? total : `${total}: ${counts.join(', ')}`;
}

function storeWarning({ staleSince, trouble }: StoreAlarm): SafeHtml {
  return html`<section class="alarm" role="alert">
<h2>The store is away</h2>
<p>Since ${time(staleSince)} UTC: ${storeTroubleWords(trouble)}. What is published stays as it is, and nothing is polled until the store is back; then polling goes on by itself. The log says more.</p>
</section>
`;
}

function configWarning({ since, places }: ConfigAlarm): SafeHtml {
  return html`<section class="alarm" role="alert">
<h2>The configuration on disk has mistakes</h2>
<p>Nothing of it has been taken up since ${time(since)} UTC: what was read before goes on. The log says what each mistake is, and so does <code>tributary check</code>.</p>
<ul>
${places.map((place) => html`<li><code>${place}</code></li>\n`)}</ul>
</section>
`;
}

function resting(hosts: readonly RestingHost[]): SafeHtml {
  return html`<section>
<h2>Hosts that rest</h2>
<p>They asked us to come less often: until then none of their sources is polled, but for one that tries now and then.</p>
<ul>
${hosts.map(({ name, scope, until, status, told }) => html`<li>${name === undefined ? 'A host that is not shown here' : html`${scope === 'domain' && 'All of '}<strong>${name}</strong>`}, until ${time(until)} UTC (HTTP ${status}, told to ${told})</li>\n`)}</ul>
</section>
`;
}

function refused(messages: readonly string[]): SafeHtml {
  return html`<section>
<h2>Feeds that cannot be</h2>
<p>The configuration asks for them, and the others go on without them.</p>
<ul>
${messages.map((message) => html`<li>${message}</li>\n`)}</ul>
</section>
`;
}

function followed(lists: readonly ListStatus[]): SafeHtml {
  return html`<section>
<h2>Lists</h2>
<ul>
${lists.map((list) => html`<li id="${list.id}" class="${list.health}"><bdi>${list.name}</bdi>: <span class="state">${HEALTH_WORDS[list.health]}</span>, ${list.feeds} ${list.feeds === 1 ? 'feed' : 'feeds'}${list.lost !== undefined && html` (${list.lost.before} before it last changed)`}${list.lastPoll !== undefined && html`, last read ${time(list.lastPoll)}`}${list.nextPoll !== undefined && html`, next ${time(list.nextPoll)}`}${trouble(list)}${list.reason !== undefined && list.feeds > 0 && html` Its last good content stays.`}</li>\n`)}</ul>
</section>
`;
}

function row(source: SourceStatus, at: Timestamp): SafeHtml {
  const { id, health, lastPoll, items, latestItem, rhythm, days, notices } = source;
  return html`<tr id="${id}" class="${health}">
<th scope="row">${nameOf(source)}<br><small>${id}</small></th>
<td class="what"><span class="state">${HEALTH_WORDS[health]}</span>${trouble(source)}${notices.map(noticeWords)}</td>
<td data-label="Last poll">${lastPoll === undefined ? '–' : time(lastPoll)}</td>
<td data-label="Next poll">${nextPollWords(source)}</td>
<td data-label="Items">${items}${latestItem !== undefined && html` <small>latest <time>${latestItem.slice(0, 10)}</time></small>`}</td>
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

function trouble({ reason, failures }: Pick<SourceStatus, 'reason' | 'failures'>): SafeHtml | undefined {
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
      return html`${who} pushes${leaseEnd !== undefined && html` until ${time(leaseEnd)}`}, ${lastPush === undefined ? 'nothing yet' : html`last ${time(lastPush)}`}`;
    default:
      return assertNever(state);
  }
}

function nextPollWords({ nextPoll, why, intervalMs, push }: SourceStatus): SafeHtml {
  if (nextPoll === undefined) return html`–`;
  const interval = intervalMs === undefined || intervalMs === 0 ? '' : `every ${durationWords(intervalMs)}: `;
  return html`${time(nextPoll)}${why !== undefined && html`<br><small>${interval}${WHY_WORDS[why]}</small>`}${push !== undefined && html`<br><small>${pushWords(push)}</small>`}`;
}

function time(at: Timestamp): SafeHtml {
  return html`<time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 16)}</time>`;
}
