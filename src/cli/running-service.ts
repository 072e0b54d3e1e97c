// The service that runs on this machine with the same configuration, asked over HTTP.
import { get } from 'node:http';
import type { Config } from '../model/config.ts';

const TIMEOUT_MS = 3000;
const BODY_CHARS_MAX = 64 * 1024 * 1024;

/** Where it listens. */
export function localUrl({ host, port }: Pick<Config['server'], 'host' | 'port'>): string {
  const name =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

export interface LocalAnswer {
  readonly status: number;
  readonly text: string;
}

/** Rejects where there is no answer within 3 s, or one beyond all bounds. */
export function askLocally(url: URL): Promise<LocalAnswer> {
  return new Promise((resolve, reject) => {
    const request = get(url, { timeout: TIMEOUT_MS, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('error', reject);
      response.on('data', (more: string) => {
        text += more;
        if (text.length > BODY_CHARS_MAX) response.destroy(new Error('the answer does not end'));
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    request.on('error', reject);
  });
}
