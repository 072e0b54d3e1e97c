// `tributary health`: is a running service ready? The image's HEALTHCHECK.
import { get } from 'node:http';
import { loadConfig } from '../edge/config/load-config.ts';
import { type Command, EXIT, UsageError } from './command.ts';

const TIMEOUT_MS = 3000;

export const healthCommand: Command = {
  name: 'health',
  usage: 'health [--url URL]',
  summary: 'exit code 0 if the running service is ready',
  options: { url: { type: 'string' } },
  operandsMax: 0,
  async run({ configFile, options, terminal }) {
    const url = readyUrl(options['url'] ?? (await localUrl(configFile, terminal.env, terminal.cwd())));
    const answer = await ask(url);
    (answer.ready ? terminal.stdout : terminal.stderr).write(`${url.origin}: ${answer.text}\n`);
    return answer.ready ? EXIT.done : EXIT.failed;
  },
};

function readyUrl(base: string | boolean): URL {
  const url = URL.parse('readyz', `${String(base).replace(/\/*$/, '')}/`);
  if (url?.protocol !== 'http:')
    throw new UsageError('--url: give the http address of the service, as in http://localhost:8080');
  return url;
}

/** Where a service with this configuration listens on this machine. */
async function localUrl(file: string, env: Parameters<typeof loadConfig>[1], cwd: string): Promise<string> {
  const { host, port } = (await loadConfig(file, env, cwd)).server;
  const name =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function ask(url: URL): Promise<{ readonly ready: boolean; readonly text: string }> {
  return new Promise((resolve) => {
    const request = get(url, { timeout: TIMEOUT_MS, agent: false }, (response) => {
      response.resume();
      const ready = response.statusCode === 200;
      resolve({ ready, text: ready ? 'ready' : `not ready (HTTP ${response.statusCode})` });
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    request.on('error', (error) => resolve({ ready: false, text: `not ready (${error.message})` }));
  });
}
