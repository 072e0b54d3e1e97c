// `/credits`: for readers whose work this is, for publishers how it is used and how to have that changed.
import type { Credits, FeedCredit, SourceCredit } from '../../model/credits.ts';
import type { RslTerms } from '../../model/rights.ts';
import { LEVEL_WORDS, rslWords, shownBecause } from './credit-words.ts';
import { html, type SafeHtml } from './html.ts';
import { pageOf } from './page-parts.ts';
import { voiceOf } from './page-voice.ts';

export function renderCreditsPage({ contactUrl, sources }: Credits, leadsToStatus = true): string {
  return pageOf({
    title: 'Sources and credits',
    voice: voiceOf({ language: 'en' }),
    root: '',
    here: 'credits',
    leadsToStatus,
    header: html`<h1>Sources and credits</h1>
<p class="lead">Everything in the feeds of this site was written by others. These are their sites, the rights that they declare, and how much of their work is shown here.</p>`,
    main: html`<section>
<h2>To publishers</h2>
<p>${contact(contactUrl)} to have your feed shown in part or not at all, credited in another way, or taken out.</p>
<p>What your feed says itself is followed without asking: statements of rights and licences, RSL, TDM reservations, <code>access:restriction</code> and <code>indexing:index</code>; an item that you take back with <code>at:deleted-entry</code> is taken back here; a feed that answers 410 (Gone) is asked no more than once a day.</p>
</section>
<section>
<h2>Sources</h2>
${sources.map(sourceEntry)}</section>`,
  });
}

function contact(url: string | undefined): SafeHtml {
  if (url === undefined)
    return html`The operator of this site has named no contact in its configuration. Write to whoever runs its host`;
  const name = url.replace(/^mailto:/i, '');
  return html`Write to <a href="${url}">${name}</a>`;
}

type Fact = readonly [name: SafeHtml | string, value: SafeHtml | string];

function sourceEntry(credit: SourceCredit): SafeHtml {
  const { name, siteUrl, feedUrl, rights, licenses, terms, feeds } = credit;
  const facts: readonly (Fact | undefined)[] = [
    siteUrl === undefined ? undefined : ['Site', link(siteUrl, siteUrl)],
    feedUrl === undefined ? undefined : ['Feed', link(feedUrl, feedUrl)],
    ['Rights', html`<bdi>${rights ?? 'none declared'}</bdi>`],
    licenses.length === 0
      ? undefined
      : [
          'Licence',
          html`${licenses.map(({ name: license, url }, at) => html`${at > 0 && ', '}${link(url, license)}`)}`,
        ],
    terms.accessRights === undefined ? undefined : ['Access', html`<bdi>${terms.accessRights}</bdi>`],
    terms.termsUrl === undefined ? undefined : ['Terms', link(terms.termsUrl, terms.termsUrl)],
    terms.tdm === undefined ? undefined : ['Text and data mining', tdmWords(terms.tdm)],
    ...(terms.rsl ?? []).map((rsl): Fact => ['RSL', rslFact(rsl)]),
    terms.access === 'deny' || terms.indexing === 'no' ? ['Search engines', 'asked to stay away'] : undefined,
    ...feeds.map(
      (feed): Fact => [html`In <a href="feeds/${feed.feedId}.html">${feed.title}</a>`, feedWords(feed)],
    ),
  ];
  return html`<article class="credit">
<h3><bdi>${name}</bdi></h3>
<dl>
${facts.map((fact) => fact !== undefined && html`<dt>${fact[0]}</dt><dd>${fact[1]}</dd>\n`)}</dl>
</article>
`;
}

function link(url: string, text: string): SafeHtml {
  return html`<a href="${url}" rel="noopener nofollow"><bdi>${text}</bdi></a>`;
}

function tdmWords({
  reserved,
  policyUrl,
}: {
  readonly reserved: boolean;
  readonly policyUrl?: string | undefined;
}): SafeHtml {
  const word = reserved ? 'reserved' : 'not reserved';
  return policyUrl === undefined ? html`${word}` : html`${word}, see ${link(policyUrl, policyUrl)}`;
}

function rslFact(terms: RslTerms): SafeHtml {
  const words = rslWords(terms);
  const url = terms.documentUrl ?? terms.termsUrl;
  return html`${words !== '' && html`<bdi>${words}</bdi> `}${url !== undefined && link(url, url)}${words === '' && url === undefined && 'declared'}`;
}

function feedWords({ decision, items, shown }: FeedCredit): SafeHtml {
  const counts = shown.map(({ shown: level, items: count }) => `${count} ${LEVEL_WORDS[level]}`).join(', ');
  const now = items === 0 ? 'no items now' : `${items === 1 ? '1 item' : `${items} items`} now (${counts})`;
  return html`shown ${LEVEL_WORDS[decision.shown]}${shownBecause(decision.because[0])}; ${now}`;
}
