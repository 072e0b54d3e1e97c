// `tributary health`: is a running service ready? The image's HEALTHCHECK.
import { loadConfig } from '../edge/config/load-config.ts';
import { messageOf } from '../model/errors.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { askLocally, localUrl } from './running-service.ts';

export const healthCommand: Command = {
  name: 'health',
  usage: 'health [--url URL]',
  summary: 'exit code 0 if the running service is ready',
  details: `Asks /readyz on this machine: ready means a document for every feed.

  --url URL  another address than that of the configuration`,
  examples: ['tributary health', 'tributary health --url http://localhost:9090'],
  options: { url: { type: 'string' } },
  operandsMax: 0,
  async run({ configFile, options, terminal }) {
    const url = readyUrl(
      options['url'] ?? localUrl((await loadConfig(configFile, terminal.env, terminal.cwd())).server),
    );
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

async function ask(url: URL): Promise<{ readonly ready: boolean; readonly text: string }> {
  try {
    const { status } = await askLocally(url);
    return { ready: status === 200, text: status === 200 ? 'ready' : `not ready (HTTP ${status})` };
  } catch (error) {
    return { ready: false, text: `not ready (${messageOf(error)})` };
  }
}
