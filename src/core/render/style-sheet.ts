// The style sheet of our pages, published beside them as `style.css`: pages carry no style of their own, so that a strict
// Content-Security-Policy (`style-src 'self'`) fits them.

export const STYLE_SHEET_PATH = 'style.css';
export const STYLE_SHEET_MEDIA_TYPE = 'text/css; charset=utf-8';

export const STYLE_SHEET = `:root {
  color-scheme: light dark;
  --text: light-dark(#1d2329, #e4e7ea);
  --quiet: light-dark(#5a6570, #9aa5b0);
  --line: light-dark(#d9dee3, #38414a);
  --link: light-dark(#00558a, #7cc0ee);
  --page: light-dark(#ffffff, #14181c);
  --good: light-dark(#1a7f47, #57c98a);
  --some: light-dark(#a66a00, #e0b04c);
  --bad: light-dark(#b3261e, #f2837b);
}
body {
  margin: 0 auto;
  padding: 1rem 1.25rem 4rem;
  max-width: 44rem;
  background: var(--page);
  color: var(--text);
  font: 1.0625rem/1.6 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--link); }
h1, h2, h3 { line-height: 1.25; }
h1 { margin: 0.5rem 0; }
.lead { margin: 0.5rem 0; color: var(--quiet); }
.up { margin: 0; font-size: 0.875rem; }
.subscribe { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0.5rem 0; padding: 0; list-style: none; }
.item, .feed { padding: 1.5rem 0; border-top: 1px solid var(--line); }
header + main { margin-top: 1.5rem; }
.item > h2, .feed > h2 { margin: 0; font-size: 1.375rem; }
.byline, .attribution, .rights { color: var(--quiet); font-size: 0.875rem; }
.byline { margin: 0.25rem 0 0; }
.attribution { margin-top: 1.5rem; padding-left: 0.75rem; border-left: 3px solid var(--line); }
.latest { padding: 0; list-style: none; }
.latest > li { margin: 0.75rem 0; }
dt { margin-top: 0.5rem; color: var(--quiet); font-size: 0.875rem; }
dd { margin: 0; }
body > footer { margin-top: 2rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 0.875rem; }
.body { overflow: auto; isolation: isolate; contain: layout paint; }
.body img, .body video { max-width: 100%; height: auto; }
.body pre { overflow-x: auto; }
.body table { border-collapse: collapse; }
body.wide { max-width: 90rem; }
.table { overflow-x: auto; }
.status { width: 100%; border-collapse: collapse; font-size: 0.875rem; line-height: 1.4; overflow-wrap: normal; }
.status th, .status td { padding: 0.5rem 0.75rem; border-top: 1px solid var(--line); text-align: start; vertical-align: top; }
.status thead th { border-top: 0; color: var(--quiet); font-weight: normal; white-space: nowrap; }
.status th[scope=row] { min-width: 9rem; max-width: 15rem; overflow-wrap: anywhere; }
.status .what { min-width: 13rem; max-width: 30rem; }
.status small { color: var(--quiet); font-weight: normal; }
.status .notice { margin: 0.25rem 0 0; overflow-wrap: anywhere; }
time { white-space: nowrap; }
.state { font-weight: 600; }
.ok .state { color: var(--good); font-weight: normal; }
.attention .state { color: var(--some); }
.failing .state, .gone .state { color: var(--bad); }
.alarm { padding: 0 1rem; border: 2px solid var(--bad); }
.chart { display: block; margin-bottom: 0.25rem; fill: var(--link); }
.chart .none { fill: var(--line); }
.chart .good { fill: var(--good); }
.chart .some { fill: var(--some); }
.chart .bad { fill: var(--bad); }
.body td, .body th { padding: 0.25rem 0.5rem; border: 1px solid var(--line); }
@media (max-width: 60rem) {
  .status thead { display: none; }
  .status tr { display: block; padding: 0.75rem 0; border-top: 1px solid var(--line); }
  .status th[scope=row], .status .what { max-width: none; }
  .status tr > * { display: block; padding: 0.125rem 0; border: 0; }
  .status [data-label]::before { content: attr(data-label) ": "; color: var(--quiet); }
}
`;
