// The style sheet of our pages, published beside them as `style.css`: pages carry no style of their own, so that a strict
// Content-Security-Policy (`style-src 'self'`) fits them. Directions are logical, so that it holds from right to left too.
import { STATUS_STYLES } from './status-styles.ts';

export const STYLE_SHEET_PATH = 'style.css';
export const STYLE_SHEET_MEDIA_TYPE = 'text/css; charset=utf-8';

export const STYLE_SHEET = `:root {
  color-scheme: light dark;
  --page: light-dark(#fafaf8, #13171b);
  --raised: light-dark(#ffffff, #1a2026);
  --text: light-dark(#20262c, #e3e7ea);
  --quiet: light-dark(#5a6570, #9fabb6);
  --line: light-dark(#dfe2e4, #323b44);
  --link: light-dark(#0b5f8a, #7cc4f0);
  --accent: light-dark(#0b5f8a, #1a6c9b);
  --tint: light-dark(#eaf2f6, #1d2a34);
  --good: light-dark(#1a7f47, #57c98a);
  --some: light-dark(#8f5b00, #e0b04c);
  --bad: light-dark(#b3261e, #f2837b);
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 1.0625rem/1.6 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
nav.site, .head, main, .foot { max-inline-size: 46rem; margin-inline: auto; padding-inline: 1.25rem; }
.wide :is(nav.site, .head, main, .foot), .wide > :is(nav.site, .head, main, .foot) { max-inline-size: 84rem; }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
p { text-wrap: pretty; }
small { font-size: 0.875em; }
.skip { position: absolute; inset-inline-start: 1rem; inset-block-start: -6rem; padding: 0.5rem 1rem; background: var(--raised); }
.skip:focus { inset-block-start: 0.5rem; z-index: 1; }
.said { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

nav.site ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin: 0; padding: 0.75rem 0; border-block-end: 1px solid var(--line); list-style: none; font-size: 0.9375rem; }
nav.site a { display: inline-flex; align-items: center; gap: 0.5rem; min-block-size: 2rem; color: var(--quiet); text-decoration: none; }
nav.site a:hover { color: var(--link); text-decoration: underline; }
nav.site a[aria-current] { color: var(--text); font-weight: 600; }
nav.site img { display: block; }
.head { padding-block: 2rem 0.5rem; }
h1 { margin: 0; font-size: clamp(1.75rem, 1.4rem + 1.6vw, 2.375rem); letter-spacing: -0.01em; }
.lead { margin: 0.5rem 0 0; color: var(--quiet); }
.up { margin: 0 0 0.5rem; font-size: 0.9375rem; }
.empty { margin: 2rem 0; color: var(--quiet); }
.foot { margin-block: 3rem 2rem; font-size: 0.875rem; color: var(--quiet); }
.foot p { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin: 0; padding-block-start: 1rem; border-block-start: 1px solid var(--line); }

.subscribe { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem 1rem; margin-block-start: 1rem; font-size: 0.9375rem; }
.subscribe details[open] { flex-basis: 100%; }
summary { inline-size: fit-content; padding: 0.375rem 1rem; border-radius: 999px; background: var(--accent); color: #fff; font-weight: 600; cursor: pointer; }
summary::marker { content: none; }
summary::-webkit-details-marker { display: none; }
summary::after { content: " ▾"; }
details[open] > summary::after { content: " ▴"; }
.formats { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0; padding: 0; list-style: none; }
.address { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; margin: 1rem 0 0; }
.address label { flex-basis: 100%; color: var(--quiet); font-size: 0.875rem; }
.address input { flex: 1 1 14rem; min-inline-size: 0; }
.readers { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0.75rem 0 0; color: var(--quiet); }
input, select, button { block-size: 2.25rem; padding: 0 0.625rem; border: 1px solid var(--quiet); border-radius: 6px; background: var(--raised); color: var(--text); font: inherit; font-size: 0.9375rem; }
button { min-inline-size: 6rem; border-color: var(--accent); background: var(--accent); color: #fff; font-weight: 600; cursor: pointer; }

.filters, .copy { display: none; }
@media (scripting: enabled) {
  .filters { display: flex; flex-wrap: wrap; align-items: end; gap: 0.75rem 1rem; margin-block: 1rem; min-block-size: 3.75rem; color: var(--quiet); font-size: 0.875rem; }
  .filters label { display: grid; flex: 1 1 12rem; max-inline-size: 18rem; }
  .filters :is(select, input) { inline-size: 100%; }
  .filters output { min-inline-size: 6rem; padding-block: 0.5rem; font-variant-numeric: tabular-nums; }
  .copy { display: inline-block; }
}

.feed { margin-block: 1.5rem; padding: 1.5rem; border: 1px solid var(--line); border-radius: 12px; background: var(--raised); }
.feed > h2 { margin: 0; font-size: 1.5rem; }
:is(.feed, .item) > h2 a, .latest .name a { color: inherit; text-decoration: none; }
:is(.feed, .item) > h2 a:hover, .latest .name a:hover { color: var(--link); text-decoration: underline; }
.latest { margin: 1.25rem 0 0; padding: 0; border-block-start: 1px solid var(--line); list-style: none; }
.latest > li { padding: 0.75rem 0; border-block-end: 1px solid var(--line); }
.latest p { margin: 0; }
.latest .name { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; font-weight: 600; line-height: 1.4; }
.feed > :is(h2, .lead), .latest .name { text-align: -webkit-match-parent; text-align: match-parent; }
.feed .empty { margin: 1.25rem 0 0; }
.more { margin: 1rem 0 0; }

.item { padding-block: 2rem; border-block-start: 1px solid var(--line); }
.river > .item:first-child { padding-block-start: 1rem; border: 0; }
.item > h2 { margin: 0; font-size: 1.4375rem; }
.byline, .note, .rights, .comments { color: var(--quiet); font-size: 0.875rem; }
.byline { margin: 0.375rem 0 0; }
:is(.byline, .note, .rights, .comments) a { color: inherit; }
time { white-space: nowrap; }
:is(.byline, .note, .rights, .comments) a:hover { color: var(--link); }
.note { margin-block-start: 1.25rem; }
.note > p { margin: 0; }
.rights, .comments { margin: 0.25rem 0 0; }
.note, .note ~ :is(.rights, .comments) { padding-inline-start: 0.875rem; border-inline-start: 3px solid var(--line); }
.note ~ :is(.rights, .comments) { margin: 0; }

.body { overflow: auto; isolation: isolate; contain: layout paint; }
.body { margin-block-start: 1rem; }
.body > :first-child { margin-block-start: 0; }
.body > :last-child { margin-block-end: 0; }
.body :is(h1, h2, h3, h4, h5, h6) { margin: 1.5rem 0 0.5rem; font-size: 1.125rem; }
.body :is(img, video) { max-inline-size: 100%; block-size: auto; border-radius: 6px; }
.body figure { margin: 1rem 0; }
.body figcaption { color: var(--quiet); font-size: 0.875rem; }
.body blockquote { margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); }
.body :is(pre, code) { font: 0.9375em/1.5 ui-monospace, monospace; }
.body pre { padding: 0.75rem 1rem; border-radius: 6px; background: var(--tint); white-space: pre-wrap; }
.body table { border-collapse: collapse; }
.body :is(td, th) { padding: 0.25rem 0.5rem; border: 1px solid var(--line); }
.picture { margin: 1rem 0 0; }
.picture img { display: block; inline-size: 100%; aspect-ratio: 16 / 9; border-radius: 6px; background: var(--tint); object-fit: cover; }
audio, video { display: block; inline-size: 100%; margin-block-start: 1rem; }
.item > video { aspect-ratio: 16 / 9; background: #000; }
.files { margin: 0.75rem 0 0; padding: 0; list-style: none; font-size: 0.9375rem; }
.files small, .archives small, .withdrawn li { color: var(--quiet); }
.tags { display: flex; flex-wrap: wrap; gap: 0.375rem; margin: 0.75rem 0 0; padding: 0; list-style: none; font-size: 0.8125rem; }
.tags > li { padding: 0.0625rem 0.625rem; border-radius: 999px; background: var(--tint); color: var(--quiet); }
.withdrawn { padding-block: 1.5rem; border-block-start: 1px solid var(--line); font-size: 0.9375rem; }
.withdrawn h2 { margin: 0; font-size: 1.125rem; }
.older ul { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; margin: 0; padding: 1.5rem 0 0; border-block-start: 1px solid var(--line); list-style: none; }
.archives { padding: 0; list-style: none; }
.archives > li { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem; padding: 0.75rem 0; border-block-end: 1px solid var(--line); }

.credit { padding-block: 1.25rem; border-block-start: 1px solid var(--line); }
.credit h3 { margin: 0; font-size: 1.1875rem; }
dl { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: 0.25rem 1.25rem; margin: 0.75rem 0 0; font-size: 0.9375rem; }
dt { color: var(--quiet); }
dd { margin: 0; }
${STATUS_STYLES}
@media (max-width: 34rem) {
  nav.site ul { gap: 0 1rem; font-size: 0.875rem; }
  .filters label { flex-basis: 100%; max-inline-size: none; }
  .filters output:empty { display: none; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dt { margin-block-start: 0.5rem; font-size: 0.875rem; }
  .feed { margin-inline: -0.5rem; padding: 1.125rem; }
}
@media (prefers-reduced-motion: no-preference) {
  a, summary, button { transition: color 0.15s, background-color 0.15s; }
}
@media print {
  :root { color-scheme: light; }
  nav.site, .skip, .subscribe, .filters, .older, .more, audio, video { display: none; }
  body { background: none; font-size: 10.5pt; }
  .feed { padding: 0; border: 0; }
  .item { break-inside: auto; }
  h2 { break-after: avoid; }
  .item > h2 a::after { content: " <" attr(href) ">"; font-weight: normal; font-size: 9pt; overflow-wrap: anywhere; }
}
`;
