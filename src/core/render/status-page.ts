// `/status`: every source with how its polls go, those that need somebody first.
import {
  type ConfigAlarm,
  HEALTHS,
  type Health,
  type ListStatus,
  type RestingHost,
  type SiteStatus,
  type SourceStatus,
  type StoreAlarm,
} from '../../model/status.ts';
import { storeTroubleWords } from '../../model/store-trouble.ts';
import { html, type SafeHtml } from './html.ts';
import { pageOf } from './page-parts.ts';
import { voiceOf } from './page-voice.ts';
import { HEALTH_WORDS, statusRow, timeWords, trouble } from './status-row.ts';

export const STATUS_PATH = 'status.html';

export function renderStatusPage(status: SiteStatus): string {
  const { at, sources, configAlarm, storeAlarm, hosts, lists, refusedFeeds } = status;
  return pageOf({
    title: 'Status of the sources',
    voice: voiceOf({ language: 'en' }),
    root: '',
    noindex: true,
    isWide: true,
    here: 'status',
    leadsToStatus: true,
    header: html`<h1>Status of the sources</h1>
<p class="lead">${summary(sources)}, as of ${timeWords(at)} UTC. <a href="status.json">As JSON</a></p>`,
    main: html`${storeAlarm !== undefined && storeWarning(storeAlarm)}${configAlarm !== undefined && configWarning(configAlarm)}${refusedFeeds.length > 0 && refused(refusedFeeds)}${hosts.length > 0 && resting(hosts)}${lists.length > 0 && followed(lists)}${sources.length > 1 && filters(sources)}<table class="status">
<thead><tr><th scope="col">Source</th><th scope="col">State</th><th scope="col">Last poll</th><th scope="col">Next poll</th><th scope="col">Items</th><th scope="col">30 days<br><small>items above, polls below</small></th></tr></thead>
<tbody>
${sources.map((source) => statusRow(source, at))}</tbody>
</table>`,
  });
}

const ORDERS = {
  '': 'State, the worst first',
  name: 'Name',
  next: 'Next poll, the soonest first',
  last: 'Last poll, the latest first',
  latest: 'Latest item, the newest first',
  items: 'Items, the most first',
} as const;

/** At work where scripts run. */
function filters(sources: readonly SourceStatus[]): SafeHtml {
  const states = HEALTHS.filter((health) => sources.some((source) => source.health === health));
  const option = (value: string, text: string) => html`<option value="${value}">${text}</option>`;
  return html`<div class="filters" role="search" aria-label="Filter">
<label>Source <input data-by="text" type="search" placeholder="Name or id" spellcheck="false"></label>
<label>State <select data-by="state">${option('', 'All states')}${states.map((health) => option(health, HEALTH_WORDS[health]))}</select></label>
<label>Order <select data-by="order">${Object.entries(ORDERS).map(([value, text]) => option(value, text))}</select></label>
<output></output>
</div>
`;
}

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
<p>Since ${timeWords(staleSince)} UTC: ${storeTroubleWords(trouble)}. What is published stays as it is, and nothing is polled until the store is back; then polling goes on by itself. The log says more.</p>
</section>
`;
}

function configWarning({ since, places }: ConfigAlarm): SafeHtml {
  return html`<section class="alarm" role="alert">
<h2>The configuration on disk has mistakes</h2>
<p>Nothing of it has been taken up since ${timeWords(since)} UTC: what was read before goes on. The log says what each mistake is, and so does <code>tributary check</code>.</p>
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
${hosts.map(({ name, scope, until, status, told }) => html`<li>${name === undefined ? 'A host that is not shown here' : html`${scope === 'domain' && 'All of '}<strong>${name}</strong>`}, until ${timeWords(until)} UTC (HTTP ${status}, told to ${told})</li>\n`)}</ul>
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
${lists.map((list) => html`<li id="${list.id}" class="${list.health}"><bdi>${list.name}</bdi>: <span class="state">${HEALTH_WORDS[list.health]}</span>, ${list.feeds} ${list.feeds === 1 ? 'feed' : 'feeds'}${list.lost !== undefined && html` (${list.lost.before} before it last changed)`}${list.lastPoll !== undefined && html`, last read ${timeWords(list.lastPoll)}`}${list.nextPoll !== undefined && html`, next ${timeWords(list.nextPoll)}`}${trouble(list)}${list.reason !== undefined && list.feeds > 0 && html` Its last good content stays.`}</li>\n`)}</ul>
</section>
`;
}
