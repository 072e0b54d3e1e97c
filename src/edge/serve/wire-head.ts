// The head of an answer as it goes over the wire: RFC 9112, sections 4 and 5. Made once for each answer; only the date is added.
import type { Answer } from './answer.ts';

/** Of documents; no client needs the words. */
const REASONS: Readonly<Record<number, string>> = { 200: 'OK', 304: 'Not Modified' };

const heads = new WeakMap<Answer, string>();

/** Begins with the status line; without the empty line at its end. */
function headOf(answer: Answer): string {
  const known = heads.get(answer);
  if (known !== undefined) return known;
  const { status, headers } = answer;
  if (headers.some((text) => /[^\t\x20-\x7e\x80-\xff]/.test(text)))
    throw new TypeError(`a header of an answer has a character that no header may have`);
  let head = `HTTP/1.1 ${status} ${REASONS[status] ?? ''}\r\n`;
  for (let place = 0; place < headers.length; place += 2)
    head += `${headers[place]}: ${headers[place + 1]}\r\n`;
  heads.set(answer, head);
  return head;
}

export type HeadWriter = (answer: Answer) => string;

/** For answers after which the connection stays; `now`: milliseconds since 1970. */
export function createHeadWriter(keepAliveTimeoutMs: number, now: () => number): HeadWriter {
  const keeps = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveTimeoutMs / 1000)}\r\n`;
  let second = Number.NaN;
  let tail = '';
  return (answer) => {
    const nowSecond = Math.floor(now() / 1000);
    if (nowSecond !== second) {
      second = nowSecond;
      tail = `Date: ${new Date(nowSecond * 1000).toUTCString()}\r\n${keeps}\r\n`;
    }
    return headOf(answer) + tail;
  };
}
