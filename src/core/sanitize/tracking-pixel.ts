// Pictures that nobody is meant to see: they tell a third party who reads what. By their size, and by the addresses of the
// counters that feeds are known for.

/** Counters of WordPress, FeedBurner and its kind, Medium, Blogger, Google, Yahoo, Facebook and of newsletters. */
const COUNTERS = [
  /^https?:\/\/(?:pixel|stats)\.(?:wp|wordpress)\.com\//i,
  /^https?:\/\/(?:feeds?\.feedburner\.com|feeds\d?\.feedsportal\.com|[a-z]+\.feedsportal\.com)\/(?:~r|~ff|~4|c)\//i,
  /^https?:\/\/(?:rss|ads)\.feedsportal\.com\//i,
  /^https?:\/\/medium\.com\/_\/stat\?/i,
  /^https?:\/\/blogger\.googleusercontent\.com\/tracker\//i,
  /^https?:\/\/[\w.-]+\.doubleclick\.net\//i,
  /^https?:\/\/www\.google-analytics\.com\//i,
  /^https?:\/\/(?:www\.)?facebook\.com\/tr\b/i,
  /^https?:\/\/[\w.-]+\.list-manage\.com\/track\//i,
  /^https?:\/\/(?:b|sb)\.scorecardresearch\.com\//i,
];

/** `attributes` as they are published: sizes in pixels, an absolute address. */
export function isTrackingPixel({ src = '', width, height }: Readonly<Record<string, string>>): boolean {
  const isDot = isNothing(width) && isNothing(height);
  return isDot || COUNTERS.some((counter) => counter.test(src));
}

function isNothing(pixels: string | undefined): boolean {
  return pixels === '0' || pixels === '1';
}
