// Retry-After (RFC 9110, section 10.2.3): delay in seconds or a date.

const SECONDS = /^\d{1,10}$/;
const HTTP_DATE = /^[A-Z][a-z]{2},? /;

/** Milliseconds from `nowMs` on that the server asks us to wait; undefined where the value is neither of both or lies in the past. */
export function retryAfterMs(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  if (SECONDS.test(text)) return Number(text) * 1000;
  if (!HTTP_DATE.test(text)) return undefined;
  const at = Date.parse(text);
  return at > nowMs ? at - nowMs : undefined;
}
