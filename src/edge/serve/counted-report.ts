// What may happen a thousand times a second is reported once a minute, with how often it happened.

const INTERVAL_MS = 60_000;

/** To be called at each occurrence; calls `report` for the first, and later with the count since and the latest. */
export function countedReport<T>(report: (count: number, latest: T) => void): (latest: T) => void {
  let count = 0;
  let reportedAt = Number.NEGATIVE_INFINITY;
  return (latest) => {
    count += 1;
    const now = performance.now();
    if (now - reportedAt < INTERVAL_MS) return;
    report(count, latest);
    count = 0;
    reportedAt = now;
  };
}
