// Makes the golden store of a version, test/fixtures/golden-stores/VERSION/: what that version leaves behind after it has polled and
// published two states of the same sources. The second argument is its main.ts; without it the present code is taken.
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [name, main = fileURLToPath(new URL('../src/main.ts', import.meta.url))] = process.argv.slice(2);
if (name === undefined || !/^[\w.-]+$/.test(name))
  throw new Error('usage: make-golden-store.ts VERSION [PATH/src/main.ts]');

const golden = fileURLToPath(new URL('../test/fixtures/golden-stores/', import.meta.url));
/** Stands in the records: the same in each golden store. */
const PORT = 48_123;
const folder = await mkdtemp(path.join(tmpdir(), 'golden-'));
const config = path.join(folder, 'tributary.yaml');
await writeFile(
  config,
  `server: { publicUrl: 'https://feeds.example/' }
dataDir: ${folder}/data
store: sqlite:${folder}/data/tributary.db
network: { allow: [127.0.0.1], perHost: { gap: 0s } }
sources:
  - { id: harbour, url: 'http://127.0.0.1:${PORT}/harbour.xml', name: Harbour News }
  - { id: trams, url: 'http://127.0.0.1:${PORT}/trams.atom', name: Tram Notes }
feeds: [{ id: city, title: City, limit: 20 }]
`,
);

for (const state of ['first', 'second']) {
  const server = createServer(async (request, response) => {
    const file = path.join(golden, 'sources', state, path.basename(request.url ?? ''));
    const text = await readFile(file).catch(() => undefined);
    response.writeHead(text === undefined ? 404 : 200, { etag: `"${state}"` }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(PORT, '127.0.0.1', resolve));
  await tributary('once', '--out', path.join(folder, 'site'));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
// Not every version has these.
await tributary('retract', 'https://harbour.example/berth', '--reason', 'Asked for').catch(() => undefined);
await tributary('store', 'export', path.join(folder, 'store.jsonl')).catch(() => undefined);

const target = path.join(golden, name);
await mkdir(target); // an older one is never written over
await cp(path.join(folder, 'data'), path.join(target, 'data'), { recursive: true });
for (const rest of ['-wal', '-shm'])
  await rm(path.join(target, 'data', `tributary.db${rest}`), { force: true });
await rename(path.join(folder, 'store.jsonl'), path.join(target, 'store.jsonl')).catch(() => undefined);
await rm(folder, { recursive: true });

function tributary(...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [main, ...args, '--config', config], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${args[0]} ended with ${code}`)),
    );
  });
}
