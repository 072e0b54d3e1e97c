// What is written onto a connection that carries no readable request: RFC 9110, section 15.5; RFC 6585. Pure.

export interface RefusedInput {
  /** Of the error of node:http's parser. */
  readonly code: string | undefined;
  /** The bytes that it stopped in. */
  readonly packet: Uint8Array | undefined;
  /** All that this connection has received. */
  readonly bytesReceived: number;
}

const TEXTS = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  414: 'URI Too Long',
  431: 'Request Header Fields Too Large',
} as const;

type RefusedStatus = keyof typeof TEXTS;

export function refusedStatus({ code, packet, bytesReceived }: RefusedInput): RefusedStatus {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  if (code !== 'HPE_HEADER_OVERFLOW') return 400;
  // Too much, and not one line of it ended yet: it is the address that is too long.
  const isFirstLine = packet?.byteLength === bytesReceived && !packet.includes(0x0a);
  return isFirstLine ? 414 : 431;
}

/** A whole response as text, after which the connection ends. */
export function refusal(status: RefusedStatus, now: Date): string {
  const reason = TEXTS[status];
  return [
    `HTTP/1.1 ${status} ${reason}`,
    `Date: ${now.toUTCString()}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    ...(status === 405 ? ['Allow: GET, HEAD, OPTIONS'] : []),
    `Content-Length: ${reason.length + 2}`,
    '',
    `${reason}.\n`,
  ].join('\r\n');
}
