// What must never show in a log: the values that the configuration took from the environment, and those of request headers.
import type { Config } from '../model/config.ts';

/** Shorter values would mask half of every line. */
const LENGTH_MIN = 4;

export function secretsOf(config: Config): readonly string[] {
  const polled = [...config.sources, ...(config.lists ?? []).map((list) => list.source)];
  const secrets = polled.flatMap((source) => [
    ...(source.secrets ?? []),
    ...Object.values(source.headers),
    ...Object.values(source.headers).flatMap((value) => value.split(' ').slice(1)),
    ...(source.feedUrlIsSecret ? secretParts(source.feedUrl) : []),
  ]);
  return [...new Set(secrets)].filter((secret) => secret.length >= LENGTH_MIN);
}

/** The address as a whole, its password and its query's values. */
function secretParts(feedUrl: string): readonly string[] {
  const url = URL.parse(feedUrl);
  if (url === null) return [feedUrl];
  return [feedUrl, url.password, decodeURIComponent(url.password), ...url.searchParams.values()];
}
