// One connection to the server of a store: opened when it is needed, thrown away when it breaks or keeps a call waiting, and
// opened anew with a later call. Nothing waits in a queue for a server that is away: its calls fail, each within the limit.
import { messageOf, StoreError } from '../../model/errors.ts';
import { withinTime } from './time-limit.ts';

/** What a driver brings. Errors are StoreErrors without a word of user or password. */
export interface StoreConnection {
  /** Connects, and refuses what is not ours to use. Called once. */
  open(): Promise<void>;
  /** False once the connection is of no more use. */
  readonly isUsable: boolean;
  /** At once: what was sent and not yet answered may have been carried out or not; what was not sent never is. */
  destroy(): void;
}

/** After a failure to connect calls fail with it for so long, before one tries again. */
const REST_MS = 250;

interface Held<C> {
  readonly connection: C;
  readonly opened: Promise<void>;
  isDestroyed: boolean;
}

export interface KeptConnectionOptions<C> {
  /** The server, for people, without user and password. */
  readonly server: string;
  readonly create: () => C;
  /** For one use, connecting included. */
  readonly limitMs: number;
}

export class KeptConnection<C extends StoreConnection> {
  readonly #options: KeptConnectionOptions<C>;
  #held: Held<C> | undefined;
  #failure: { readonly error: StoreError; readonly untilMs: number } | undefined;
  #closed = false;

  constructor(options: KeptConnectionOptions<C>) {
    this.#options = options;
  }

  /** Throws StoreError. After one, what `work` was about may have been carried out or not. */
  async use<T>(what: string, work: (connection: C) => Promise<T>): Promise<T> {
    const held = this.#hold();
    const { server, limitMs } = this.#options;
    let isAnswered = false;
    const answer = this.#run(held, work).finally(() => {
      isAnswered = true;
    });
    try {
      return await withinTime(`${server}, ${what}`, limitMs, answer);
    } catch (error) {
      // A call that is reported as failed is not to be carried out afterwards.
      if (!isAnswered) this.#drop(held);
      if (error instanceof StoreError) throw error;
      throw new StoreError('store-unavailable', `${server}: ${messageOf(error)}`);
    }
  }

  close(): void {
    this.#closed = true;
    if (this.#held !== undefined) this.#drop(this.#held);
  }

  #hold(): Held<C> {
    if (this.#closed)
      throw new StoreError('store-unavailable', `the connection to ${this.#options.server} is closed`);
    if (this.#held?.connection.isUsable) return this.#held;
    if (this.#failure !== undefined && performance.now() < this.#failure.untilMs) throw this.#failure.error;
    if (this.#held !== undefined) this.#drop(this.#held);
    const connection = this.#options.create();
    const opened = connection.open();
    this.#held = { connection, opened, isDestroyed: false };
    return this.#held;
  }

  async #run<T>(held: Held<C>, work: (connection: C) => Promise<T>): Promise<T> {
    try {
      await held.opened;
      this.#failure = undefined;
    } catch (error) {
      if (error instanceof StoreError) this.#failure = { error, untilMs: performance.now() + REST_MS };
      this.#drop(held);
      throw error;
    }
    return work(held.connection);
  }

  #drop(held: Held<C>): void {
    if (this.#held === held) this.#held = undefined;
    // Every call that waited for it comes here.
    if (held.isDestroyed) return;
    held.isDestroyed = true;
    held.connection.destroy();
  }
}
