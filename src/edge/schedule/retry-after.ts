// Retry-After (RFC 9110, section 10.2.3): delay in seconds or a date.
import { httpDateMs } from './http-date.ts';

const SECONDS = /^\d{1,10}$/;

/** Milliseconds from `nowMs` on that the server asks us to wait; undefined where the value is neither of both, or asks for no wait at all. */
export function retryAfterMs(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  const waitMs = SECONDS.test(text) ? Number(text) * 1000 : (httpDateMs(text) ?? nowMs) - nowMs;
  return waitMs > 0 ? waitMs : undefined;
}
