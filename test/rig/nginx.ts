// nginx from Debian on a loopback port, with a configuration and files of its own: a publisher's server as there are millions.
// Must be there where CI=true; elsewhere its tests are skipped by name without it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { temporaryFolder, until } from '../e2e/tributary.ts';
import { isSkipped } from '../oracles/command.ts';

export const hasNoNginx = isSkipped('nginx', ['-v']);

export interface Nginx extends AsyncDisposable {
  readonly port: number;
  /** Writes a file of its root; `modified`: in seconds since 1970. */
  publish(name: string, text: string, modified: number): Promise<void>;
}

/** `main`, `http`, `server`: further directives in those blocks. */
export async function startNginx(
  said: { readonly main?: string; readonly http?: string; readonly server?: string } = {},
): Promise<Nginx> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const conf = path.join(folder.path, 'nginx.conf');
  await writeFile(
    conf,
    `${said.main ?? ''}${configuration(folder.path, port, said.http ?? '', said.server ?? '')}`,
  );
  const child = spawn('nginx', ['-c', conf, '-p', folder.path, '-e', 'stderr'], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  await until(() => answers(port), 'nginx');
  return {
    port,
    async publish(name, text, modified) {
      const file = path.join(folder.path, name);
      await writeFile(file, text);
      await utimes(file, modified, modified);
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
      await folder[Symbol.asyncDispose]();
    },
  };
}

function configuration(folder: string, port: number, http: string, server: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join('\n');
  return `
daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events { worker_connections 256; }
http {
  ${temporary}
  access_log off; port_in_redirect off; default_type application/rss+xml; etag on;
  gzip on; gzip_types application/rss+xml; gzip_min_length 1;
  ${http}
  server { listen 127.0.0.1:${port}; root ${folder}; ${server} }
}
`;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(port: number): Promise<boolean> {
  try {
    await (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
