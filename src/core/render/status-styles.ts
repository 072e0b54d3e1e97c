// The part of the style sheet that is for `/status` alone.

export const STATUS_STYLES = `
.status { inline-size: 100%; margin-block: 1rem; border-collapse: collapse; font-size: 0.875rem; line-height: 1.45; overflow-wrap: normal; }
.status :is(th, td) { padding: 0.75rem 1rem 0.75rem 0; border-block-start: 1px solid var(--line); text-align: start; vertical-align: top; }
.status :is(th, td):last-child { padding-inline-end: 0; }
.status thead th { padding-block: 0.5rem; border: 0; color: var(--quiet); font-weight: normal; white-space: nowrap; }
.status th[scope=row] { min-inline-size: 10rem; max-inline-size: 15rem; overflow-wrap: anywhere; }
.status .what { min-inline-size: 13rem; max-inline-size: 30rem; }
.status small { color: var(--quiet); font-weight: normal; }
.status .notice { margin: 0.375rem 0 0; overflow-wrap: anywhere; }
.status code { padding: 0 0.25rem; border-radius: 3px; background: var(--tint); }
.state { font-weight: 600; }
.state::before { content: ""; display: inline-block; inline-size: 0.625rem; block-size: 0.625rem; margin-inline-end: 0.5rem; border: 2px solid currentcolor; border-radius: 50%; vertical-align: -1px; }
.ok .state { color: var(--good); }
.ok .state::before { background: currentcolor; }
.attention .state { color: var(--some); }
:is(.failing, .gone) .state { color: var(--bad); }
:is(.failing, .gone) .state::before { border-radius: 0; background: currentcolor; }
:is(.waiting, .off) .state { color: var(--quiet); font-weight: normal; }
.alarm { margin-block: 1rem; padding: 0.5rem 1.25rem; border: 2px solid var(--bad); border-radius: 8px; background: var(--raised); }
.alarm h2 { margin: 0.5rem 0; font-size: 1.125rem; }
.chart { display: block; margin-block-end: 0.375rem; fill: var(--link); }
.chart .none { fill: var(--line); }
.chart .good { fill: var(--good); }
.chart .some { fill: var(--some); }
.chart .bad { fill: var(--bad); }
@media (max-width: 64rem) {
  .status thead { display: none; }
  .status tr { display: block; padding-block: 1rem; border-block-start: 1px solid var(--line); }
  .status :is(th, td) { display: block; max-inline-size: none; padding: 0.125rem 0; border: 0; }
  .status th[scope=row] { max-inline-size: none; font-size: 1rem; }
  .status .what { max-inline-size: none; }
  .status td[data-label] br { display: none; }
  .status td[data-label] small { margin-inline-start: 0.375rem; }
  .status [data-label]::before { content: attr(data-label) ": "; color: var(--quiet); }
}
`;
