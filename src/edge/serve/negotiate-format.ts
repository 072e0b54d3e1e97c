// Which format `Accept` asks for at /feeds/ID (RFC 9110, section 12.5.1). Pure.
import type { OutputFormat } from '../../model/edition.ts';
import { parseWeights } from './weights.ts';

interface Candidate {
  readonly format: OutputFormat;
  /** What the document is sent as. */
  readonly mediaType: string;
  /** Counts where it is listed, never through a wildcard. */
  readonly aliases: readonly string[];
}

/** The default first: of equals the earlier is chosen. */
const FEEDS: readonly Candidate[] = [
  {
    format: 'rss',
    mediaType: 'application/rss+xml',
    aliases: ['application/rdf+xml', 'application/xml', 'text/xml'],
  },
  { format: 'atom', mediaType: 'application/atom+xml', aliases: [] },
  { format: 'json', mediaType: 'application/feed+json', aliases: ['application/json'] },
];
const PAGE: Candidate = { format: 'html', mediaType: 'text/html', aliases: ['application/xhtml+xml'] };

/** Types that only a feed reader lists. Not `application/xml`: browsers list it beside `text/html`. */
const FEED_TYPES = [...FEEDS.map((feed) => feed.mediaType), 'application/rdf+xml'];

/**
 * The format to send, of those available. HTML only where `text/html` is listed and no feed type is. Never "none of
 * these": who accepts nothing that we have gets the default, the first available of rss, atom and json (html last).
 */
export function negotiateFormat(
  accept: string | undefined,
  available: readonly OutputFormat[],
): OutputFormat | undefined {
  const weights = parseWeights(accept ?? '*/*');
  const isListed = (type: string) => (weights.get(type) ?? 0) > 0;
  const mayBePage = isListed(PAGE.mediaType) && !FEED_TYPES.some(isListed);
  const candidates = mayBePage ? [PAGE, ...FEEDS] : FEEDS;

  let best: { readonly format: OutputFormat; readonly rank: number } | undefined;
  for (const candidate of candidates) {
    if (!available.includes(candidate.format)) continue;
    const rank = rankOf(candidate, weights);
    if (rank > (best?.rank ?? 0)) best = { format: candidate.format, rank };
  }
  return best?.format ?? [...FEEDS, PAGE].find(({ format }) => available.includes(format))?.format;
}

/** The weight of the most specific range that matches; of equal weights the more specific ranks higher. 0: refused. */
function rankOf({ mediaType, aliases }: Candidate, weights: ReadonlyMap<string, number>): number {
  const own = weights.get(mediaType);
  if (own === 0) return 0;
  const named = Math.max(own ?? 0, ...aliases.map((type) => weights.get(type) ?? 0));
  if (own !== undefined) return rank(named, 3);
  const subtypes = weights.get(`${mediaType.slice(0, mediaType.indexOf('/'))}/*`);
  const wildcard = subtypes === undefined ? rank(weights.get('*/*') ?? 0, 1) : rank(subtypes, 2);
  return Math.max(rank(named, 3), wildcard);
}

/** Weights have three decimals, so that a thousandth of one holds the specificity. */
function rank(weight: number, specificity: 1 | 2 | 3): number {
  return weight === 0 ? 0 : weight + specificity / 10_000;
}
