// What commands that ask publishers without a store work with.
import { createFetcher, type Fetcher } from '../edge/fetch/fetcher.ts';
import { userAgent } from '../edge/fetch/user-agent.ts';
import { systemClock } from '../edge/ops/clock.ts';
import type { Config, NetworkConfig } from '../model/config.ts';
import { VERSION } from '../model/version.ts';
import { createMoveWorld } from '../pipeline/move-world.ts';
import type { MoveWorld } from '../pipeline/source-address.ts';
import { createUntrustedWork, type UntrustedWork } from '../pipeline/untrusted-work.ts';

export interface NetworkParts {
  readonly fetcher: Fetcher;
  readonly work: UntrustedWork;
  readonly network: NetworkConfig;
  readonly moves: MoveWorld;
  readonly now: () => number;
  readonly signal: AbortSignal;
  close(): Promise<void>;
}

export function openNetworkParts(config: Config): NetworkParts {
  const { network, feeds } = config;
  const abort = new AbortController();
  const fetcher = createFetcher(network, { userAgent: userAgent(VERSION, network.contact, feeds.length) });
  const work = createUntrustedWork({
    nowMs: systemClock.now,
    inner: network.allow.length > 0 ? 'allowed' : 'refused',
  });
  return {
    fetcher,
    work,
    network,
    moves: createMoveWorld(() => config),
    now: systemClock.now,
    signal: abort.signal,
    async close() {
      abort.abort();
      work.close();
      await fetcher.close();
    },
  };
}
