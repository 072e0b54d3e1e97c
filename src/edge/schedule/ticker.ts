// The tick: once a second node-cron asks what is due. All times are decided by the clock that is handed in, not by the tick's.
import { schedule } from 'node-cron';

const silent = (): void => undefined;

export interface Ticker {
  stop(): Promise<void>;
}

/** Calls `tick` once a second, never while the last call still runs; `failed` gets what it throws. */
export function startTicker(tick: () => void | Promise<void>, failed: (error: unknown) => void): Ticker {
  const run = async () => {
    try {
      await tick();
    } catch (error) {
      failed(error);
    }
  };
  const task = schedule('* * * * * *', run, {
    name: 'tick',
    noOverlap: true,
    // A tick that a busy machine misses or skips is made up for by the next: nothing to tell, least of all beside our log.
    suppressMissedWarning: true,
    logger: { info: silent, warn: silent, error: silent, debug: silent },
  });
  return {
    async stop() {
      await task.destroy();
    },
  };
}
