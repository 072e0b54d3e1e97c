// Runs a script on Node 24 or newer, whatever `node` on the PATH is:
//   node scripts/node24.mjs SCRIPT [ARGUMENT …]
// On Node 24 or newer it goes on in place, in this process. On an older one it has npm bring the registry's
// own build of Node 24 (no install script; cached after the first time) and hands everything on to it.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const MAJOR_MIN = 24;
const [script, ...args] = process.argv.slice(2);

if (script === undefined) {
  fail('usage: node scripts/node24.mjs SCRIPT [ARGUMENT …]');
} else if (Number.parseInt(process.versions.node, 10) >= MAJOR_MIN) {
  process.argv.splice(1, 2, path.resolve(script));
  await import(pathToFileURL(path.resolve(script)).href);
} else {
  handOn(findNode24(), [script, ...args]);
}

/** The path of a Node 24 that npm keeps in its cache, fetched where it is not there yet. */
function findNode24() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}@${MAJOR_MIN}`;
  const found = spawnSync(
    'npm',
    ['exec', '--yes', '--loglevel=error', `--package=${name}`, '--', 'node', '-p', 'process.execPath'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], shell: process.platform === 'win32' },
  );
  const file = found.stdout?.trim().split('\n').at(-1);
  if (found.status !== 0 || !file) {
    fail(
      `Tributary needs Node ${MAJOR_MIN} or newer; this is ${process.version}, and npm could not bring ${name}. Install Node ${MAJOR_MIN} from https://nodejs.org/ and run this again.`,
    );
  }
  return file;
}

/** Runs `node` with our standard streams; signals go on to it, and its end is ours. */
function handOn(node, argv) {
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(node, argv, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`Node ${MAJOR_MIN} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === 'SIGINT' ? 2 : 15);
  });
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
