// A connection to one Redis or Valkey server: who we are, which database, whether the server and what lies in it are ours to use.
// Everything is our own step here: ioredis neither connects again nor keeps commands for later, so that a failure is an answer.
import { Redis } from 'ioredis';
import { messageOf, StoreError } from '../../model/errors.ts';
import type { RedisAddress } from '../../model/store-address.ts';
import { absentStore } from './absent-store.ts';
import type { StoreConnection } from './kept-connection.ts';
import { redisAt, redisStoreError, sentinelRefused } from './redis-error.ts';

/** Raised with every change of how values are laid out. */
const LAYOUT_VERSION = 1;

type Argument = string | number;

export class RedisConnection implements StoreConnection {
  readonly #address: RedisAddress;
  readonly #client: Redis;
  readonly #readOnly: boolean;
  #isReplica = false;

  constructor(address: RedisAddress, connectTimeoutMs: number, readOnly: boolean) {
    this.#address = address;
    this.#readOnly = readOnly;
    this.#client = new Redis({
      host: address.host,
      port: address.port,
      // Not in a chain of its own handlers: see #greet.
      lazyConnect: true,
      enableReadyCheck: false,
      enableOfflineQueue: false,
      disableClientInfo: true,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: null,
      retryStrategy: () => null,
      connectTimeout: connectTimeoutMs,
      protocol: 2,
      ...(address.isTls ? { tls: {} } : {}),
    });
    // Each failure is also the answer of the commands that it hits.
    this.#client.on('error', () => {});
  }

  get isUsable(): boolean {
    return !this.#isReplica && ['connecting', 'connect', 'wait', 'ready'].includes(this.#client.status);
  }

  async open(): Promise<void> {
    const firstError = Promise.withResolvers<never>();
    this.#client.once('error', firstError.reject);
    firstError.promise.catch(() => undefined);
    try {
      // `connect` itself only says that the connection is closed; why is told by the event.
      await Promise.race([this.#client.connect(), firstError.promise]);
    } catch (error) {
      throw this.#told(await Promise.race([firstError.promise.catch((why: unknown) => why), error]));
    }
    await this.#greet();
  }

  destroy(): void {
    this.#client.disconnect();
    // `disconnect` alone would still send what waits.
    this.#client.stream?.destroy();
  }

  /** Throws StoreError. */
  async call(command: string, args: readonly Argument[]): Promise<unknown> {
    try {
      return await this.#client.call(command, [...args]);
    } catch (error) {
      throw this.#told(error);
    }
  }

  /** Runs a script that the server may know already. */
  async run(script: Script, keys: readonly string[], args: readonly Argument[]): Promise<unknown> {
    const rest = [keys.length, ...keys, ...args];
    try {
      return await this.#client.call('EVALSHA', [script.sha1, ...rest]);
    } catch (error) {
      if (!messageOf(error).startsWith('NOSCRIPT')) throw this.#told(error);
      return this.call('EVAL', [script.text, ...rest]);
    }
  }

  async #greet(): Promise<void> {
    const { username, password, database, prefix } = this.#address;
    if (password !== undefined)
      await this.call('AUTH', username === undefined ? [password] : [username, password]);
    await this.#refuseOtherModes();
    if (database !== 0) await this.call('SELECT', [database]);
    const versionKey = `${prefix}version`;
    const version = (await this.call('GET', [versionKey])) ?? (await this.#markVersion(versionKey));
    if (Number(version) === LAYOUT_VERSION) return;
    throw new StoreError(
      'store-version',
      `what lies under "${prefix}" in ${redisAt(this.#address)} was written by a newer version, or by another program (layout ${String(version).slice(0, 20)}; this one knows ${LAYOUT_VERSION}); start that version, or name another prefix in \`store\` (?prefix=…)`,
    );
  }

  /** Of two that start together both end with one version. */
  async #markVersion(key: string): Promise<unknown> {
    if (this.#readOnly) throw absentStore(`under "${this.#address.prefix}" in ${redisAt(this.#address)}`);
    await this.call('SET', [key, LAYOUT_VERSION, 'NX']);
    return this.call('GET', [key]);
  }

  async #refuseOtherModes(): Promise<void> {
    // Some accounts may not ask; a cluster then answers the first command with MOVED.
    const info = await this.#client.call('INFO', ['server']).catch((error: unknown) => {
      if (messageOf(error).startsWith('NOPERM')) return '';
      throw this.#told(error);
    });
    const [, mode] = /^(?:redis|server)_mode:(\w+)\r?$/m.exec(String(info)) ?? [];
    if (mode === 'cluster') throw redisStoreError('MOVED', this.#address);
    if (mode === 'sentinel') throw sentinelRefused(this.#address);
  }

  #told(error: unknown): StoreError {
    // After a failover the name leads to another server.
    if (messageOf(error).startsWith('READONLY')) this.#isReplica = true;
    return redisStoreError(messageOf(error), this.#address);
  }
}

export interface Script {
  readonly text: string;
  readonly sha1: string;
}
