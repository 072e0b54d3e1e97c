// Whose turn it is: each host has its own queue, and hosts take turns, so that one with thousands of sources keeps nobody waiting.
import { Timeline } from './timeline.ts';

export interface HostLimits {
  /** Polls of one host at once. */
  readonly concurrency: number;
  /** From the start of one poll to the start of the next. */
  readonly gapMs: number;
}

/** What keeps hosts from being asked beside their limits. */
export interface Gate {
  /** When the host may be asked again, milliseconds since 1970; past where nothing holds. */
  opensAtMs(host: string): number;
  /** Something of the host begins. */
  begin(host: string, nowMs: number): void;
}

interface Host<T> {
  readonly name: string | undefined;
  readonly limits: HostLimits;
  /** Longest due first, so that nobody waits for ever behind others. */
  readonly waiting: Timeline<T>;
  running: number;
  restsUntilMs: number;
}

/** What is not asked of a host (a file) waits for none. */
const NO_LIMITS: HostLimits = { concurrency: Number.POSITIVE_INFINITY, gapMs: 0 };

/** Things that wait for their host. A host is named by a string; undefined stands for what needs none. */
export class HostQueue<T> {
  readonly #limits: HostLimits;
  readonly #gate: Gate;
  readonly #hosts = new Map<string | undefined, Host<T>>();
  /** Hosts with something waiting that may be asked now, in turn. */
  readonly #ready = new Set<Host<T>>();
  readonly #resting = new Timeline<Host<T>>();
  #size = 0;
  #stepsOfGone = 0;

  constructor(limits: HostLimits, gate: Gate) {
    this.#limits = limits;
    this.#gate = gate;
  }

  /** How many things wait. */
  get size(): number {
    return this.#size;
  }

  get hosts(): number {
    return this.#hosts.size;
  }

  /** Comparisons made so far. */
  get steps(): number {
    let steps = this.#stepsOfGone + this.#resting.steps;
    for (const { waiting } of this.#hosts.values()) steps += waiting.steps;
    return steps;
  }

  add(name: string | undefined, thing: T, dueMs: number, nowMs: number): void {
    const host = this.#hosts.get(name) ?? this.#meet(name);
    this.#size += host.waiting.timeOf(thing) === undefined ? 1 : 0;
    host.waiting.set(thing, dueMs);
    this.#place(host, nowMs);
  }

  /** Takes it back; gives when it was due. */
  remove(name: string | undefined, thing: T, nowMs: number): number | undefined {
    const host = this.#hosts.get(name);
    const dueMs = host?.waiting.timeOf(thing);
    if (host === undefined || dueMs === undefined) return undefined;
    host.waiting.delete(thing);
    this.#size -= 1;
    this.#place(host, nowMs);
    return dueMs;
  }

  /** The thing whose turn it is; it counts as running until `ended`. Undefined where no host may be asked now. */
  take(nowMs: number): T | undefined {
    for (let host = this.#resting.takeDue(nowMs); host; host = this.#resting.takeDue(nowMs))
      this.#place(host, nowMs);
    const host = this.#firstReady(nowMs);
    const thing = host?.waiting.takeDue(Number.POSITIVE_INFINITY);
    if (host === undefined || thing === undefined) return undefined;
    this.#size -= 1;
    host.running += 1;
    host.restsUntilMs = nowMs + host.limits.gapMs;
    if (host.name !== undefined) this.#gate.begin(host.name, nowMs);
    this.#ready.delete(host);
    this.#place(host, nowMs);
    return thing;
  }

  ended(name: string | undefined, nowMs: number): void {
    const host = this.#hosts.get(name);
    if (host === undefined) return;
    host.running -= 1;
    this.#place(host, nowMs);
  }

  /** The gate has opened earlier than it said. */
  gateOpened(nowMs: number): void {
    for (const host of [...this.#hosts.values()]) this.#place(host, nowMs);
  }

  /** When the next host has had its rest; undefined where none rests. */
  nextAtMs(): number | undefined {
    return this.#resting.nextAtMs();
  }

  /** The clock was set: every time is so much later, or earlier. */
  shift(ms: number): void {
    this.#resting.shift(ms);
    for (const host of this.#hosts.values()) {
      host.restsUntilMs += ms;
      host.waiting.shift(ms);
    }
  }

  /** Takes out all that waits. */
  drain(nowMs: number): readonly T[] {
    const drained = [...this.#hosts.values()].flatMap((host) => {
      const things = host.waiting.things();
      for (const thing of things) host.waiting.delete(thing);
      this.#place(host, nowMs);
      return things;
    });
    this.#size = 0;
    return drained;
  }

  #meet(name: string | undefined): Host<T> {
    const limits = name === undefined ? NO_LIMITS : this.#limits;
    const host: Host<T> = {
      name,
      limits,
      waiting: new Timeline(),
      running: 0,
      restsUntilMs: Number.NEGATIVE_INFINITY,
    };
    this.#hosts.set(name, host);
    return host;
  }

  /** In turn; one whose gate was closed meanwhile goes to rest. */
  #firstReady(nowMs: number): Host<T> | undefined {
    for (const host of this.#ready) {
      if (this.#opensAtMs(host) <= nowMs) return host;
      this.#place(host, nowMs);
    }
    return undefined;
  }

  #opensAtMs({ name, restsUntilMs }: Host<T>): number {
    return name === undefined ? restsUntilMs : Math.max(restsUntilMs, this.#gate.opensAtMs(name));
  }

  /** A host is ready, rests, is busy, or is forgotten. One that stays ready keeps its turn. */
  #place(host: Host<T>, nowMs: number): void {
    const isFull = host.running >= host.limits.concurrency;
    const isWanted = host.waiting.size > 0;
    const opensAtMs = isWanted ? this.#opensAtMs(host) : host.restsUntilMs;
    const rests = opensAtMs > nowMs;
    if (isWanted && !isFull && !rests) this.#ready.add(host);
    else this.#ready.delete(host);
    if (rests && !isFull) this.#resting.set(host, opensAtMs);
    else this.#resting.delete(host);
    if (!isWanted && !rests && host.running === 0) this.#forget(host);
  }

  #forget(host: Host<T>): void {
    this.#hosts.delete(host.name);
    this.#stepsOfGone += host.waiting.steps;
  }
}
