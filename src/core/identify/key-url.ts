// The address that keys are made from. Frozen: a changed rule would give known items new names. Whether two addresses are of
// one page is for canonical-url.ts to say, whose rules may grow.

const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_hsenc|_hsmi|at_medium|at_campaign)$/i;

/** `//host/path?query` of an http or https URL, without scheme, `www.`, default port, fragment and campaigns; else undefined. */
export function keyUrl(url: string): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) return undefined;
  const host = parsed.host.replace(/^www\./, '');
  const fragment = /^#[!/]/.test(parsed.hash) ? parsed.hash : '';
  return `//${host}${parsed.pathname}${queryWithoutTracking(parsed.search)}${fragment}`;
}

/** Works on the text, since URLSearchParams would write other parameters anew. */
function queryWithoutTracking(search: string): string {
  if (search.length < 2) return '';
  const kept = search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !TRACKING.test(pair.split('=', 1)[0] ?? ''));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}
