// Work on what strangers sent, in processes of its own: one that takes too long or too much memory is killed and replaced, and
// nothing else notices (docs/adr/0006 has why not in threads). A process costs a start, memory and a copy of what goes in and out,
// so that it is for what may be costly, not for everything.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface IsolationOptions {
  /** The module whose exported functions are called; it must not do anything by itself. */
  readonly module: URL;
  /** Processes at once, so many calls at once; further ones wait, and their time does not run yet. */
  readonly processesMax: number;
  /** For one call, the start of a process included. */
  readonly timeoutMs: number;
  /** Of the heap of one process, in MiB. */
  readonly heapMiB: number;
}

export type Isolated<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  /** `time`: it took too long; `death`: the process ended by itself, as it does of too much memory; `closed`: by our own stop. */
  | { readonly kind: 'ended'; readonly why: 'time' | 'death' | 'closed' };

export interface Isolation {
  /** Rejects with what the function throws. */
  call<Value>(name: string, argument: unknown): Promise<Isolated<Value>>;
  /** Kills what is under way. */
  close(): void;
}

/** What goes to a process and comes back, beside `name` and `argument`. */
export type CallResult = { readonly value: unknown } | { readonly thrown: unknown };

type CallEnd = CallResult | 'time' | 'death';

const IDLE_MS = 30_000;
const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
const ENTRY = fileURLToPath(new URL(`./isolated-process${ENDING}`, import.meta.url));

export function createIsolation(options: IsolationOptions): Isolation {
  const idle: IsolatedProcess[] = [];
  const busy = new Set<IsolatedProcess>();
  const slots = createSlots(options.processesMax);
  let isClosed = false;

  async function callIn(one: IsolatedProcess, name: string, argument: unknown): Promise<CallEnd> {
    busy.add(one);
    const result = await one.call(name, argument, options.timeoutMs);
    busy.delete(one);
    if (one.isAlive && !isClosed) idle.push(one);
    else one.kill();
    return result;
  }

  return {
    async call(name, argument) {
      await slots.take();
      try {
        if (isClosed) return { kind: 'ended', why: 'closed' };
        let one = idle.pop();
        while (one !== undefined && !one.isAlive) one = idle.pop();
        const result = await callIn(one ?? new IsolatedProcess(options), name, argument);
        if (isClosed) return { kind: 'ended', why: 'closed' };
        if (result === 'time' || result === 'death') return { kind: 'ended', why: result };
        if ('thrown' in result) throw result.thrown;
        return { kind: 'done', value: result.value as never };
      } finally {
        slots.give();
      }
    },
    close() {
      isClosed = true;
      slots.giveAll();
      for (const one of [...idle, ...busy]) one.kill();
    },
  };
}

/** Serves one call at a time, and ends when it had none for a while. */
class IsolatedProcess {
  isAlive = true;
  readonly #child: ChildProcess;
  #idle: NodeJS.Timeout | undefined;

  constructor({ module, heapMiB }: IsolationOptions) {
    this.#child = fork(ENTRY, [module.href, String(process.pid)], {
      serialization: 'advanced',
      // Nothing of ours is in its environment, and what it prints when its memory is used up is nobody's log.
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [`--max-old-space-size=${heapMiB}`, '--no-warnings'],
    });
    const ended = () => {
      this.isAlive = false;
    };
    this.#child.once('exit', ended);
    this.#child.once('error', ended);
  }

  async call(name: string, argument: unknown, timeoutMs: number): Promise<CallEnd> {
    clearTimeout(this.#idle);
    const child = this.#child;
    child.ref();
    child.channel?.ref();
    const { promise, resolve } = Promise.withResolvers<CallEnd>();
    const timer = setTimeout(() => {
      this.kill();
      resolve('time');
    }, timeoutMs);
    const died = () => resolve('death');
    child.once('message', (result) => resolve(result as CallResult));
    child.once('exit', died);
    child.once('error', died);
    child.send({ name, argument }, (error) => error !== null && died());
    const result = await promise;
    clearTimeout(timer);
    child.removeAllListeners('message');
    child.off('exit', died);
    child.off('error', died);
    this.#rest();
    return result;
  }

  kill(): void {
    clearTimeout(this.#idle);
    this.isAlive = false;
    this.#child.kill('SIGKILL');
  }

  #rest(): void {
    this.#idle = setTimeout(() => this.kill(), IDLE_MS);
    this.#idle.unref();
    this.#child.unref();
    this.#child.channel?.unref();
  }
}

interface Slots {
  take(): Promise<void>;
  give(): void;
  giveAll(): void;
}

function createSlots(free: number): Slots {
  const waiting: (() => void)[] = [];
  let left = free;
  return {
    take() {
      if (left === 0) return new Promise((resolve) => waiting.push(resolve));
      left -= 1;
      return Promise.resolve();
    },
    give() {
      const next = waiting.shift();
      if (next === undefined) left += 1;
      else next();
    },
    giveAll() {
      for (const next of waiting.splice(0)) next();
    },
  };
}
