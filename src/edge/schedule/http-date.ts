// Dates in HTTP headers (RFC 9110, section 5.6.7). Pure.

const HTTP_DATE = /^[A-Z][a-z]{2,8},? .*\d:\d\d:\d\d/;
const ZONE = /(?:[A-Z]|[+-]\d{4})$/;

/** Milliseconds since 1970; undefined for anything but a date. */
export function httpDateMs(value: string | undefined): number | undefined {
  const text = value?.trim() ?? '';
  if (!HTTP_DATE.test(text)) return undefined;
  // The oldest form has no zone, and is in GMT as the others are.
  const ms = Date.parse(ZONE.test(text) ? text : `${text} GMT`);
  return Number.isNaN(ms) ? undefined : ms;
}
