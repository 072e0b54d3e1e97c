// Forty sources of one service, every other of them hostile in its own way: what they send, and the service over them.
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import { systemClock } from '../../src/edge/ops/clock.ts';
import { createLog } from '../../src/edge/ops/log.ts';
import { startService } from '../../src/service.ts';
import { temporaryFolder, until } from '../e2e/tributary.ts';
import {
  answer,
  type Behaviour,
  type EvilSource,
  endless,
  flood,
  raw,
  redirect,
  silence,
  startEvilSource,
} from './evil-source.ts';
import { feedAnswer, rss } from './feed-answers.ts';
import { collector, type LogLine } from './log-lines.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n';
const item = (inner: string, id: number | string) =>
  `<item><guid>https://hostile.test/${id}</guid>${inner}</item>`;
const bomb = () => Buffer.alloc(40_000_000, ' ');

/** Twenty ways, by name. */
export const HOSTILE: Readonly<Record<string, () => Behaviour>> = {
  'drip-of-a-body': () => endless(`${OK}Content-Length: 100000\r\n\r\n`, 'x', 50),
  'drip-of-headers': () => endless('HTTP/1.1 200 OK\r\nX: ', 'x', 50),
  silence: () => silence,
  'gzip-bomb': () => feedAnswer(gzipSync(bomb()), { 'Content-Encoding': 'gzip' }),
  'brotli-bomb': () =>
    feedAnswer(brotliCompressSync(bomb(), { params: { 0: 0 } }), { 'Content-Encoding': 'br' }),
  'bomb-in-a-bomb': () => feedAnswer(gzipSync(gzipSync(bomb())), { 'Content-Encoding': 'gzip, gzip' }),
  'body-without-end': () => flood(`${OK}\r\n`, Buffer.alloc(65_536, 'x'), 3_200),
  'html-page': () => feedAnswer('<!doctype html><html><body>Log in</body></html>'),
  'many-items': () =>
    feedAnswer(rss(Array.from({ length: 100_000 }, (_, n) => item('<title>t</title>', n)).join(''))),
  'deep-channel': () => feedAnswer(rss(`${'<x>'.repeat(100_000)}${'</x>'.repeat(100_000)}`)),
  'deep-html': () =>
    feedAnswer(rss(item(`<description><![CDATA[${'<p><b><i>'.repeat(28_000)}]]></description>`, 1))),
  'redirects-without-end': () => (socket, request) => redirect(302, `${request.path}x`)(socket, request),
  'redirect-inwards': () => redirect(302, 'http://169.254.169.254/latest/'),
  'reset-at-once': () => (socket) => void socket.resetAndDestroy(),
  'not-http': () => raw('SSH-2.0-OpenSSH_9.6\r\n\r\n', { close: true }),
  'huge-fields': () =>
    feedAnswer(
      rss(
        item(
          `<title>${'🎈'.repeat(250_000)}</title><description>${'&lt;'.repeat(200_000)}</description>` +
            Array.from({ length: 20_000 }, (_, n) => `<category>c${n}</category>`).join(''),
          1,
        ),
      ),
    ),
  'truncated-body': () => raw(`${OK}Content-Length: 5000\r\n\r\n<rss><channel>`, { close: true }),
  'huge-headers': () => answer({ headers: { ETag: `"${'x'.repeat(17_000)}"` }, body: rss('') }),
  'billion-laughs': () =>
    feedAnswer(
      `<!DOCTYPE rss [<!ENTITY l0 "ha">${Array.from({ length: 30 }, (_, n) => `<!ENTITY l${n + 1} "&l${n};&l${n};">`).join('')}]><rss><channel>${item('<title>&l30;</title>', 1)}</channel></rss>`,
    ),
  'early-hints': () => flood('', Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'), 50_000),
};

export interface FortySources extends AsyncDisposable {
  readonly evil: EvilSource;
  readonly names: { readonly hostile: readonly string[]; readonly sane: readonly string[] };
  readonly polls: (source: string) => readonly LogLine[];
  /** Names of sources in the order in which their polls ended. */
  readonly ended: () => readonly string[];
  /** Waits for the first poll of each sane source, and of the hostile ones too where `all`. */
  polled(all: boolean): Promise<void>;
  get(path: string): Promise<string>;
}

/** `isHostile`: with the hostile half; without it, the same service over the same twenty sane sources alone. */
export async function fortySources({ isHostile = true } = {}): Promise<FortySources> {
  const evil = await startEvilSource();
  const folder = await temporaryFolder();
  const hostile = isHostile ? Object.keys(HOSTILE) : [];
  const sane = Object.keys(HOSTILE).map((_, place) => `sane-${place + 1}`);
  for (const name of hostile) evil.on(`/${name}`, HOSTILE[name]?.() ?? silence);
  evil.on('*', (socket, request) => {
    const known = hostile.find((name) => request.path.startsWith(`/${name}`));
    (known === undefined ? saneAnswer(request.path.slice(1)) : (HOSTILE[known]?.() ?? silence))(
      socket,
      request,
    );
  });
  // One after the other, so that a sane one stands behind a hostile one in every queue.
  const sources = sane.flatMap((name, place) => [...hostile.slice(place, place + 1), name]);
  const config = parseConfig(
    `server: { host: 127.0.0.1, port: 0, publicUrl: 'https://feeds.example/' }
dataDir: ${folder.path}/data
store: sqlite:${folder.path}/store.db
network: { timeout: 6s, maxBytes: 8MB, perHost: { gap: 0s } }
sources:
${sources.map((name) => `  - { id: ${name}, url: 'http://${name}.test/${name}' }`).join('\n')}
feeds: [{ id: all, title: All, sources: [${sane.join(', ')}], limit: 1000 }, { id: everything, title: Everything, limit: 1000 }]
`,
    { file: 'tributary.yaml', env: {}, cwd: folder.path },
  );
  const lines: LogLine[] = [];
  const log = createLog({ level: 'debug', pretty: false, secrets: [], destination: collector(lines) });
  const service = await startService(config, {
    clock: systemClock,
    log,
    network: { resolve: evil.resolve, dial: evil.dial },
  });
  const polls = (source: string) => lines.filter((line) => line.event === 'poll' && line.source === source);
  return {
    evil,
    names: { hostile, sane },
    polls,
    ended: () => lines.flatMap((line) => (line.event === 'poll' ? (line.source ?? []) : [])),
    polled: (all) =>
      until(() => (all ? [...sane, ...hostile] : sane).every((name) => polls(name).length > 0), 'the polls'),
    get: async (path) => (await fetch(`http://127.0.0.1:${service.port}${path}`)).text(),
    async [Symbol.asyncDispose]() {
      await service.stop(1000);
      await evil.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

function saneAnswer(name: string): Behaviour {
  const items = `<item><guid>https://${name}.test/1</guid><title>${name}</title><description>sane</description></item>`;
  return feedAnswer(rss(items, name));
}
