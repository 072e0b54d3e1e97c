// Hosts that asked us to come less often (RFC 6585, section 4; RFC 9110, section 15.6.4). What one source was told holds for
// the others of its host, and on 429 of its registrable domain: for a while only, since one broken page speaks for all of them.
// Pure but for its own state: the time is an argument.
import type { SourceId } from '../../model/ids.ts';
import { isOneDomain, registrableDomain } from './host.ts';

/** A server's wish, as one source met it. */
export interface Refusal {
  readonly sourceId: SourceId;
  /** Host and port that answered, after redirects. */
  readonly host: string;
  /** 429 or 503. */
  readonly status: number;
  readonly atMs: number;
  readonly untilMs: number;
}

/** A host or domain that rests, and why. A host may be secret where an address is. */
export interface Pause extends Refusal {
  readonly scope: 'host' | 'domain';
  readonly name: string;
  /** From then on one of its other sources may ask whether it still holds. */
  readonly probeAtMs: number;
  readonly probes: number;
}

const MINUTE_MS = 60_000;
/** Until one other source may try; doubled with each that tried in vain. */
const FIRST_PROBE_MS = 15 * MINUTE_MS;
const PAUSE_MAX_MS = 24 * 60 * MINUTE_MS;

export class Pauses {
  readonly #hosts = new Map<string, Pause>();
  readonly #domains = new Map<string, Pause>();

  /**
   * `polledHost`: that of the source's own address. Where a redirect led elsewhere, the source alone waits: nobody's redirect
   * is to stop the polls of another's domain.
   */
  refuse(refusal: Refusal, polledHost: string): void {
    if (!isOneDomain(refusal.host, polledHost)) return;
    this.#forgetPast(refusal.atMs);
    hold(this.#hosts, 'host', refusal.host, refusal);
    const domain = refusal.status === 429 ? registrableDomain(refusal.host) : undefined;
    if (domain !== undefined) hold(this.#domains, 'domain', domain, refusal);
  }

  /**
   * A source of the host was answered. That ends the pause of the domain; that of the host itself only where the poll began
   * after it. True where something ended.
   */
  welcome(host: string, startedMs: number): boolean {
    const endsHost = (this.#hosts.get(host)?.atMs ?? Number.POSITIVE_INFINITY) <= startedMs;
    if (endsHost) this.#hosts.delete(host);
    const hasHeld = this.#hosts.has(host);
    const endsDomain = !hasHeld && this.#domains.delete(registrableDomain(host) ?? '');
    return endsHost || endsDomain;
  }

  /** When a source of the host may be polled again; past where nothing holds. */
  opensAtMs(host: string): number {
    return Math.max(...this.#over(host).map(opens), Number.NEGATIVE_INFINITY);
  }

  /** A poll of the host begins: where it is paused, it is the one that tries. */
  begin(host: string, nowMs: number): void {
    for (const pause of this.#over(host)) {
      if (pause.untilMs <= nowMs) continue;
      const probes = pause.probes + 1;
      const probeAtMs = nowMs + FIRST_PROBE_MS * 2 ** Math.min(probes, 10);
      this.#mapOf(pause).set(pause.name, { ...pause, probes, probeAtMs });
    }
  }

  /** Those that hold. */
  list(nowMs: number): readonly Pause[] {
    this.#forgetPast(nowMs);
    return [...this.#hosts.values(), ...this.#domains.values()];
  }

  shift(ms: number): void {
    for (const pauses of [this.#hosts, this.#domains]) {
      for (const [name, pause] of pauses) {
        const { atMs, untilMs, probeAtMs } = pause;
        pauses.set(name, { ...pause, atMs: atMs + ms, untilMs: untilMs + ms, probeAtMs: probeAtMs + ms });
      }
    }
  }

  #over(host: string): readonly Pause[] {
    if (this.#hosts.size + this.#domains.size === 0) return [];
    const [own, domain] = [this.#hosts.get(host), this.#domains.get(registrableDomain(host) ?? '')];
    return [own, domain].filter((pause) => pause !== undefined);
  }

  #mapOf({ scope }: Pause): Map<string, Pause> {
    return scope === 'host' ? this.#hosts : this.#domains;
  }

  #forgetPast(nowMs: number): void {
    for (const pauses of [this.#hosts, this.#domains])
      for (const [name, { untilMs }] of pauses) if (untilMs <= nowMs) pauses.delete(name);
  }
}

/** One that holds already is only ever made longer, and who may try has to wait as before. */
function hold(pauses: Map<string, Pause>, scope: Pause['scope'], name: string, refusal: Refusal): void {
  const before = pauses.get(name);
  pauses.set(name, {
    ...refusal,
    scope,
    name,
    untilMs: Math.min(Math.max(refusal.untilMs, before?.untilMs ?? 0), refusal.atMs + PAUSE_MAX_MS),
    probes: before?.probes ?? 0,
    probeAtMs: before?.probeAtMs ?? refusal.atMs + FIRST_PROBE_MS,
  });
}

function opens({ untilMs, probeAtMs }: Pause): number {
  return Math.min(untilMs, probeAtMs);
}
