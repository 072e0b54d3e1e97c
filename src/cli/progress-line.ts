// How far something has got, as a bar on one line of a terminal; nothing anywhere else.

const BAR_CHARS = 24;

export interface ProgressLine {
  /** So many more are done, one unless said otherwise; their lines are written above the bar. */
  step(count?: number): void;
  /** Takes the bar away while something else is written, and puts it back. */
  above(write: () => void): void;
  end(): void;
}

export function createProgressLine(stream: NodeJS.WriteStream, total: number, what: string): ProgressLine {
  const isShown = stream.isTTY === true && total > 1;
  let done = 0;
  const draw = () => {
    if (isShown) stream.write(barOf(done, total, what).slice(0, Math.max(0, (stream.columns ?? 80) - 1)));
  };
  const wipe = () => {
    if (!isShown) return;
    stream.cursorTo(0);
    stream.clearLine(0);
  };
  draw();
  return {
    step(count = 1) {
      done += count;
      wipe();
      draw();
    },
    above(write) {
      wipe();
      write();
      draw();
    },
    end: wipe,
  };
}

/** As in `[######------] 12 of 24 sources`. */
export function barOf(done: number, total: number, what: string): string {
  const filled = total === 0 ? BAR_CHARS : Math.floor((Math.min(done, total) / total) * BAR_CHARS);
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR_CHARS - filled)}] ${done} of ${total} ${what}`;
}
