// Servers that a test has for itself, since what it does to them no other may meet: full, read-only, with TLS.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CERTIFICATES = fileURLToPath(new URL('./certificates/', import.meta.url));
/** Ids that are nobody's: PostgreSQL does not run as root. */
const ACCOUNT = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

export interface PrivateServer extends AsyncDisposable {
  readonly port: number;
}

/** `redis-server`, or what TRIBUTARY_TEST_REDIS_SERVER names, as Valkey's. */
export const REDIS_SERVER = process.env['TRIBUTARY_TEST_REDIS_SERVER'] ?? 'redis-server';

export async function startRedis(args: readonly string[] = []): Promise<PrivateServer> {
  const port = await freePort();
  const folder = await mkdtemp(path.join(tmpdir(), 'tributary-redis-'));
  const plain = args.includes('--tls-port') ? '0' : String(port);
  const given = args.map((arg) => (arg === 'PORT' ? String(port) : arg));
  const server = spawn(REDIS_SERVER, ['--port', plain, '--bind', '127.0.0.1', '--save', '', ...given], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await says(server, 'Ready to accept', server.stdout);
  return { port, [Symbol.asyncDispose]: () => end(server, folder) };
}

/** It watches a server that is not there. */
export async function startSentinel(): Promise<PrivateServer> {
  const port = await freePort();
  const folder = await mkdtemp(path.join(tmpdir(), 'tributary-sentinel-'));
  const file = path.join(folder, 'sentinel.conf');
  await writeFile(file, `port ${port}\nbind 127.0.0.1\nsentinel monitor ours 127.0.0.1 1 1\n`);
  const server = spawn(REDIS_SERVER, [file, '--sentinel'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await says(server, 'Sentinel ID is', server.stdout);
  return { port, [Symbol.asyncDispose]: () => end(server, folder) };
}

export const withTls = (certificate: string): readonly string[] => [
  '--tls-port',
  'PORT',
  '--tls-auth-clients',
  'no',
  '--tls-cert-file',
  path.join(CERTIFICATES, `${certificate}.pem`),
  '--tls-key-file',
  path.join(CERTIFICATES, `${certificate}.key`),
  '--tls-ca-cert-file',
  path.join(CERTIFICATES, 'authority.pem'),
];

/** Where PostgreSQL's own programs are; undefined where only its client is. */
export const POSTGRES_PROGRAMS = [
  ...(existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`)
    : []),
  ...(process.env['PATH'] ?? '').split(':'),
].find((folder) => existsSync(path.join(folder, 'initdb')));

/** A new cluster, whose only account is `postgres` without a password; with TLS where a certificate of the rig is named. */
export async function startPostgres(certificate: string | undefined): Promise<PrivateServer> {
  const port = await freePort();
  const folder = await mkdtemp(path.join(tmpdir(), 'tributary-postgres-'));
  const own = async (file: string) =>
    ACCOUNT.uid !== undefined && (await chown(file, ACCOUNT.uid, ACCOUNT.gid));
  await own(folder);
  const data = path.join(folder, 'data');
  const program = (name: string) => path.join(POSTGRES_PROGRAMS ?? '', name);
  const args = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  await promisify(execFile)(program('initdb'), args, { ...ACCOUNT, cwd: folder });
  for (const kind of certificate === undefined ? [] : ['pem', 'key']) {
    const file = path.join(data, `server.${kind}`);
    await copyFile(path.join(CERTIFICATES, `${certificate}.${kind}`), file);
    await chmod(file, 0o600);
    await own(file);
  }
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: 'off',
    ...(certificate && { ssl: 'on', ssl_cert_file: 'server.pem', ssl_key_file: 'server.key' }),
  };
  const server = spawn(
    program('postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...ACCOUNT, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await says(server, 'ready to accept connections', server.stderr);
  return { port, [Symbol.asyncDispose]: () => end(server, folder, 'SIGINT') };
}

/** Rejects where it ends before. */
function says(server: ChildProcess, words: string, output: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    output.on('data', (text: Buffer) => {
      said = `${said}${text}`.slice(-10_000);
      if (said.includes(words)) resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
}

async function end(server: ChildProcess, folder: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
