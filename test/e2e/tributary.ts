// The program as people run it: a process of its own, asked over HTTP, stopped by signals.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
export const ROOT = path.dirname(path.dirname(MAIN));
/** Begins every secret that a test gives to the program. None is ever in what it prints, whatever the test is about. */
export const PLANTED = 'pl4nted-';
const PATIENCE_MS = 30_000;

export interface Folder extends AsyncDisposable {
  readonly path: string;
  file(name: string): string;
  write(name: string, text: string): Promise<string>;
}

/** A folder of its own that is gone afterwards. */
export async function temporaryFolder(): Promise<Folder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tributary-'));
  const file = (name: string) => path.join(folder, name);
  return {
    path: folder,
    file,
    async write(name, text) {
      await writeFile(file(name), text);
      return file(name);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** Runs a command to its end. */
export async function run(args: readonly string[], env: Environment = {}, cwd = ROOT): Promise<Ended> {
  return start(args, env, cwd).ended;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Everything on stdout so far. */
  readonly stdout: () => string;
}

/** `launcher`: what it is started by, as a command and its arguments. */
export function start(
  args: readonly string[],
  env: Environment = {},
  cwd = ROOT,
  launcher: readonly string[] = [],
): Running {
  return startProcess([...launcher, process.execPath, MAIN, ...args], env, cwd);
}

/** `words`: a command and its arguments. */
export function startProcess(words: readonly string[], env: Environment, cwd: string): Running {
  const [command = '', ...args] = words;
  const child = spawn(command, args, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('close', (code, signal) => {
      const end = { code, signal, stdout, stderr };
      if (`${stdout}${stderr}`.includes(PLANTED)) reject(new Error(`a secret was told: ${stdout}${stderr}`));
      else resolve(end);
    });
  });
  return { child, ended, stdout: () => stdout };
}

export interface LogLine {
  readonly event: string;
  readonly level: string;
  readonly [field: string]: unknown;
}

export interface Service extends AsyncDisposable {
  readonly url: string;
  readonly log: () => readonly LogLine[];
  /** The lines of polls of a source. */
  readonly polls: (source: string) => readonly LogLine[];
  get(path: string, headers?: Environment): Promise<Response>;
  send(signal: NodeJS.Signals): void;
  kill(signal: NodeJS.Signals): Promise<Ended>;
}

/** Starts `serve` with a configuration on a free port and waits until it answers. */
export async function serve(
  configFile: string,
  env: Environment,
  launcher: readonly string[] = [],
): Promise<Service> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = start(['serve', '--config', configFile], { ...env, PORT: String(port) }, ROOT, launcher);
  let ended: Ended | undefined;
  void running.ended.then((end) => {
    ended = end;
  });
  await until(async () => {
    if (ended !== undefined)
      throw new Error(`serve ended with ${ended.code}: ${ended.stdout}${ended.stderr}`);
    return (await fetch(`${url}/healthz`).catch(() => undefined))?.ok === true;
  }, 'serve to answer');
  const log = () => linesOf(running.stdout());
  const kill = async (signal: NodeJS.Signals) => {
    running.child.kill(signal);
    return running.ended;
  };
  return {
    url,
    log,
    polls: (source) => log().filter((line) => line.event === 'poll' && line['source'] === source),
    get: (target, headers = {}) => fetch(`${url}${target}`, { headers, redirect: 'manual' }),
    send: (signal) => void running.child.kill(signal),
    kill,
    async [Symbol.asyncDispose]() {
      await kill('SIGKILL');
    },
  };
}

function linesOf(stdout: string): readonly LogLine[] {
  const whole = stdout.slice(0, stdout.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Waits until `isSo` gives true, asking twenty times a second. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
