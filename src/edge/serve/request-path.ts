// From a request's target to the path that it means: RFC 9112, section 3.2; RFC 3986, section 2. Pure.

/** `http://any.host` before the path: servers must take it, and whose name it says does not matter. */
const ORIGIN = /^https?:\/\/[^/?#]*/i;

/** The decoded path, with its leading '/'; undefined where the target is none. The query is not part of it. */
export function requestPath(target: string): string | undefined {
  const path = target.replace(ORIGIN, '').replace(/[?#].*$/s, '') || '/';
  if (!path.startsWith('/')) return undefined;
  try {
    const decoded = decodeURIComponent(path);
    return /[\x00-\x1f\x7f\\]/.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}
