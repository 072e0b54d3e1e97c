// What must never show in a log: the values that the configuration took from the environment, and those of request headers.
import type { AlertsConfig, Config, FeedAccess } from '../model/config.ts';
import { secretsOfStore } from '../model/store-address.ts';

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
  secrets.push(...secretsOfStore(config.store));
  for (const { access } of config.feeds) if (access !== undefined) secrets.push(...secretsOfAccess(access));
  if (config.alerts !== undefined) secrets.push(...secretsOfAlerts(config.alerts));
  const { proxy } = config.network;
  if (proxy !== undefined) secrets.push(...userinfo(proxy));
  return [...new Set(secrets)].filter((secret) => secret.length >= LENGTH_MIN);
}

/** As written and as sent. */
function secretsOfAccess({ tokens, basic }: FeedAccess): readonly string[] {
  const pairs = basic.flatMap(({ user, password }) => [
    password,
    Buffer.from(`${user}:${password}`).toString('base64'),
  ]);
  return [...tokens, ...tokens.map(encodeURIComponent), ...pairs];
}

function secretsOfAlerts({ url, headers }: AlertsConfig): readonly string[] {
  const { pathname, search } = new URL(url);
  const values = Object.values(headers);
  return [url, `${pathname}${search}`, ...values, ...values.flatMap((value) => value.split(' ').slice(1))];
}

/** The user and the password, as written and as sent. */
function userinfo(address: string): readonly string[] {
  const { username, password } = new URL(address);
  if (username === '' && password === '') return [];
  const [user, word] = [decodeURIComponent(username), decodeURIComponent(password)];
  return [password, word, `${username}:${password}`, Buffer.from(`${user}:${word}`).toString('base64')];
}

/** The address as a whole, its password and its query's values. */
function secretParts(feedUrl: string): readonly string[] {
  const url = URL.parse(feedUrl);
  if (url === null) return [feedUrl];
  return [feedUrl, url.password, decodeURIComponent(url.password), ...url.searchParams.values()];
}
