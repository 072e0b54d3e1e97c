// The addresses of stores on servers, read once for all who need them: `redis://`, `rediss://`, `postgres://`. A complaint
// never quotes a value: user names and passwords are secrets.

export interface RedisAddress {
  readonly kind: 'redis';
  readonly host: string;
  readonly port: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
  readonly isTls: boolean;
  /** Begins every key of ours. */
  readonly prefix: string;
}

/** As `sslmode` says it: `require` encrypts and believes any certificate, `verify-ca` any name in it. */
export type PostgresTls = 'disable' | 'require' | 'verify-ca' | 'verify-full';

export interface PostgresAddress {
  readonly kind: 'postgres';
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  /** Undefined: what the environment of PostgreSQL's programs says (PGUSER, PGPASSWORD, the account's name). */
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  readonly tls: PostgresTls;
  /** Holds the tables: plain lower case, so that it needs no quotes. */
  readonly schema: string;
}

export interface StoreAddressProblem {
  readonly kind: 'problem';
  /** Follows the name of the key. */
  readonly complaint: string;
}

export type ServerStoreAddress = RedisAddress | PostgresAddress;

const DATABASE_MAX = 100_000;
const TLS_MODES: readonly string[] = [
  'disable',
  'require',
  'verify-ca',
  'verify-full',
] satisfies PostgresTls[];

/** Undefined where the address names no server. */
export function readStoreAddress(text: string): ServerStoreAddress | StoreAddressProblem | undefined {
  const scheme = /^[a-z]+(?=:)/i.exec(text)?.[0].toLowerCase();
  if (scheme === 'redis' || scheme === 'rediss') return readParts(text, (url) => redisOf(url, scheme));
  if (scheme === 'postgres' || scheme === 'postgresql') return readParts(text, postgresOf);
  return undefined;
}

/** The password, as written and as sent. User names are often words that stand everywhere. */
export function secretsOfStore(text: string): readonly string[] {
  const address = readStoreAddress(text);
  if (address === undefined || address.kind === 'problem' || address.password === undefined) return [];
  return [address.password, URL.parse(text)?.password ?? ''].filter((word) => word !== '');
}

type Read<T> = T | StoreAddressProblem;

function readParts<T>(text: string, read: (url: URL) => Read<T>): Read<T> {
  const url = URL.parse(text);
  if (url === null || !/^[a-z]+:\/\//i.test(text))
    return problem(
      'is no valid address; in a user or password write "%" and two digits for any of / ? # @ : %',
    );
  if (url.hash !== '') return problem('has a "#"; in a password write %23 for it');
  try {
    for (const part of [url.username, url.password, url.hostname, url.pathname]) decodeURIComponent(part);
  } catch {
    return problem('has a "%" that stands for no character; write %25 for it');
  }
  return read(url);
}

function redisOf(url: URL, scheme: 'redis' | 'rediss'): Read<RedisAddress> {
  const database = url.pathname.replace(/^\//, '');
  if (url.hostname === '') return problem(`names no host; write ${scheme}://HOST:6379/0`);
  if (!/^\d{0,6}$/.test(database) || Number(database) > DATABASE_MAX)
    return problem(`has a path that is no number of a database; write ${scheme}://HOST:6379/0`);
  const unknown = otherParameter(url, ['prefix']);
  if (unknown !== undefined) return unknown;
  const prefix = url.searchParams.get('prefix') ?? 'tributary:';
  if (!/^[\w:.-]{1,100}$/.test(prefix))
    return problem('has a prefix that is not made of letters, digits, ":", ".", "_" and "-"');
  return {
    kind: 'redis',
    host: hostOf(url),
    port: Number(url.port || 6379),
    ...userinfoOf(url),
    database: Number(database),
    isTls: scheme === 'rediss',
    prefix,
  };
}

function postgresOf(url: URL): Read<PostgresAddress> {
  const unknown = otherParameter(url, ['sslmode', 'schema', 'host']);
  if (unknown !== undefined) return unknown;
  const folder = url.searchParams.get('host');
  if (folder !== null && (!folder.startsWith('/') || url.hostname !== ''))
    return problem(
      'has a "host" that is not the folder of a socket; write postgres:///NAME?host=/run/postgresql',
    );
  if (folder === null && url.hostname === '')
    return problem('names no host; write postgres://HOST:5432/NAME');
  const tls = url.searchParams.get('sslmode') ?? 'disable';
  if (!isTls(tls)) return problem(`has an "sslmode" that is none of ${TLS_MODES.join(', ')}`);
  const schema = url.searchParams.get('schema') ?? 'tributary';
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema) || schema.startsWith('pg_'))
    return problem('has a schema that is not made of lower-case letters, digits and "_"');
  return {
    kind: 'postgres',
    host: folder ?? hostOf(url),
    port: Number(url.port || 5432),
    ...userinfoOf(url),
    database: decodeURIComponent(url.pathname.replace(/^\//, '')) || undefined,
    tls,
    schema,
  };
}

function isTls(text: string): text is PostgresTls {
  return TLS_MODES.includes(text);
}

/** Without the brackets of an IPv6 address. */
function hostOf(url: URL): string {
  return decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1');
}

function userinfoOf(url: URL) {
  return {
    username: decodeURIComponent(url.username) || undefined,
    password: decodeURIComponent(url.password) || undefined,
  };
}

function otherParameter(url: URL, known: readonly string[]): StoreAddressProblem | undefined {
  const names = [...url.searchParams.keys()];
  if (names.length === new Set(names).size && names.every((name) => known.includes(name))) return undefined;
  return problem(`has parameters other than ${known.join(', ')}, each at most once`);
}

function problem(complaint: string): StoreAddressProblem {
  return { kind: 'problem', complaint };
}
