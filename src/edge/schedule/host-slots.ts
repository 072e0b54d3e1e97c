// How many polls of one host run at once, and how long it rests between two.

export interface HostSlots {
  /** Takes a slot of the host; false where it has none free or rests. */
  take(host: string, nowMs: number): boolean;
  free(host: string): void;
  /** When the host that rests longest may be asked again; undefined where none rests. */
  nextFreeAtMs(nowMs: number): number | undefined;
}

export function createHostSlots(limits: { readonly concurrency: number; readonly gapMs: number }): HostSlots {
  const hosts = new Map<string, { running: number; startedAtMs: number }>();
  const restsUntil = (host: { startedAtMs: number }) => host.startedAtMs + limits.gapMs;
  return {
    take(name, nowMs) {
      const host = hosts.get(name) ?? { running: 0, startedAtMs: Number.NEGATIVE_INFINITY };
      if (host.running >= limits.concurrency || restsUntil(host) > nowMs) return false;
      hosts.set(name, { running: host.running + 1, startedAtMs: nowMs });
      return true;
    },
    free(name) {
      const host = hosts.get(name);
      if (host !== undefined) host.running -= 1;
    },
    nextFreeAtMs(nowMs) {
      let next: number | undefined;
      for (const [name, host] of hosts) {
        if (host.running > 0) continue;
        if (restsUntil(host) <= nowMs) hosts.delete(name);
        else next = Math.min(next ?? Number.POSITIVE_INFINITY, restsUntil(host));
      }
      return next;
    },
  };
}
