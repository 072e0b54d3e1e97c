// Reads every import and every use of a global in src and judges it by the layer table (docs/ARCHITECTURE.md).
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Text by path, relative to src, with '/'. */
export type SourceTree = ReadonlyMap<string, string>;

export async function readTree(root: string): Promise<SourceTree> {
  const names = await readdir(root, { recursive: true });
  const files = names.filter((name) => name.endsWith('.ts')).sort();
  return new Map(
    await Promise.all(
      files.map(
        async (name) => [name.replaceAll('\\', '/'), await readFile(path.join(root, name), 'utf8')] as const,
      ),
    ),
  );
}

/** From the top down: a file may import from its own layer's folder and from every layer below it. */
const LAYERS = [
  'main.ts',
  'cli/',
  'service.ts',
  'reload.ts',
  'web-servers.ts',
  'app.ts',
  'index.ts',
  'pipeline/',
  'edge/',
  'core/',
  'model/',
] as const;

/** Which folder may use which package. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  yaml: ['edge/config/'],
  zod: ['edge/config/'],
  'node-cron': ['edge/schedule/'],
  tldts: ['edge/schedule/'],
  undici: ['edge/fetch/'],
  'ipaddr.js': ['edge/fetch/', 'core/sanitize/'],
  keyv: ['edge/store/'],
  ioredis: ['edge/store/redis'],
  pg: ['edge/store/postgres'],
  pino: ['edge/ops/'],
  'pino-pretty': ['edge/ops/'],
  'prom-client': ['edge/metrics/'],
  'rss-parser': ['core/parse/'],
  htmlparser2: ['core/parse/', 'core/normalize/', 'core/sanitize/'],
  entities: ['core/parse/', 'core/normalize/', 'core/sanitize/'],
  'sanitize-html': ['core/sanitize/'],
  eld: ['core/filter/'],
  // Rules are compiled twice: where they are checked, and where they are applied.
  re2js: ['edge/config/', 'core/filter/'],
  feed: ['core/render/'],
  saxes: ['core/render/'],
};

const CRYPTO_ALLOWED = new Set(['createHash', 'hash', 'type Hash']);
const PURE_MODULES = new Set(['node:crypto', 'node:buffer']);

/**
 * What can open a connection, by the one file that may use it: every connection to what others name goes past the guard of
 * edge/fetch. A store's server is named by the operator alone, and no document of anybody's can name another. A name that is not listed is nobody's. Types are everybody's.
 */
const NETWORK: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'node:net': { connect: ['edge/fetch/connector.ts'], isIP: ['edge/'] },
  'node:tls': { connect: ['edge/fetch/connector.ts'] },
  'node:dns/promises': { lookup: ['edge/fetch/connector.ts'] },
  'node:dns': {},
  // `get`: of our own service.
  'node:http': { createServer: ['edge/serve/web-server.ts'], get: ['cli/running-service.ts'] },
  'node:https': {},
  'node:http2': {},
  'node:dgram': {},
  'node:quic': {},
  'node:inspector': {},
  undici: { Client: ['edge/fetch/connections.ts'] },
  ioredis: { Redis: ['edge/store/redis-connection.ts'] },
  pg: { Client: ['edge/store/postgres-connection.ts'] },
};
/** Ways around the table. */
const LOADERS = new Set(['node:module', 'node:vm', 'module', 'vm']);

const IMPORT =
  /(?:^|[;\n])\s*(?:import|export)\s+(?<what>(?:type\s+)?[\w*{}\s,$]*?)\s*(?:from\s*)?(?<q>['"])(?<from>[^'"]+)\k<q>|(?:\bimport|\brequire)\s*\(\s*(?<q2>['"])(?<dynamic>[^'"]+)\k<q2>/g;

const GLOBALS_OF_CORE: readonly (readonly [RegExp, string])[] = [
  [
    /\bDate\.now\b|\bnew\s+Date\s*\(\s*\)|\bperformance\b|\bset(?:Timeout|Interval|Immediate)\b|(?<!new )\bDate\s*\(\s*\)/,
    'uses the clock',
  ],
  [/\bMath\.random\b|(?<![\w.])crypto\./, 'uses randomness'],
  [/(?<![\w.'-])process\b(?!\s*[:(=])|globalThis\.process/, 'uses process'],
  [/(?<![\w.])console\b/, 'does I/O'],
];
/** What reaches the network, or a module, without an import that the rules can read. */
const UNGUARDED: readonly (readonly [RegExp, string, readonly string[]])[] = [
  [/(?<![\w.#])(?:WebSocket|EventSource|XMLHttpRequest|RTCPeerConnection)\b/, 'opens a connection', []],
  [/(?<![\w.#])fetch\b(?!\s*[(:?])|(?<![\w.])globalThis\b(?!\.process)/, 'takes a global by another way', []],
  [
    /\bgetBuiltinModule\b|\bprocess\.(?:binding|dlopen)\b|\bcreateRequire\b/,
    'loads a module past the rules',
    [],
  ],
  [
    /\b(?:import|require)\s*\((?!\s*'')/,
    'imports what no rule can read',
    ['edge/isolation/isolated-process.ts'],
  ],
  [/(?<![\w.])eval\s*\(|\bnew\s+Function\b/, 'makes code of text', []],
];
const GLOBAL_FETCH = /(?<![\w.#])fetch\s*\((?![^()]*\)\s*[:{])|globalThis\.fetch/;

/** Every breach as one line: file, what it does, what is wrong with it. */
export function breachesIn(tree: SourceTree): readonly string[] {
  return [...[...tree].flatMap(([file, text]) => breachesOf(file, text)), ...cyclesIn(tree)];
}

function breachesOf(file: string, text: string): readonly string[] {
  const imports = importsOf(text).flatMap(({ from, what }) => importBreach(file, from, what) ?? []);
  return [...imports, ...globalBreaches(file, withoutCommentsAndStrings(text))].map(
    (breach) => `${file}: ${breach}`,
  );
}

interface Import {
  readonly from: string;
  readonly what: string;
}

function importsOf(text: string): readonly Import[] {
  return [...withoutComments(text).matchAll(IMPORT)].map(({ groups }) => ({
    from: groups?.['from'] ?? groups?.['dynamic'] ?? '',
    what: groups?.['what'] ?? '*',
  }));
}

function importBreach(file: string, from: string, what: string): string | undefined {
  return layerBreach(file, from, what) ?? networkBreach(file, from, what);
}

function networkBreach(file: string, from: string, what: string): string | undefined {
  if (LOADERS.has(from)) return `may not load modules by '${from}'`;
  const table = NETWORK[from] ?? NETWORK[`node:${from}`];
  if (table === undefined) return undefined;
  const refused = namesOf(what).find((name) => !(table[name] ?? []).some((owner) => file.startsWith(owner)));
  return refused === undefined ? undefined : `may not use '${refused}' of ${from}, which opens connections`;
}

/** The values that an import takes, by the names that they have there; `*` for all of them. */
function namesOf(what: string): readonly string[] {
  if (/^type\s/.test(what)) return [];
  if (!what.includes('{')) return ['*'];
  const names = what.replace(/^.*\{|\}.*$/gs, '').split(',');
  const values = names.map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type '));
  const others = what
    .replace(/\{.*\}/s, '')
    .replaceAll(',', '')
    .trim();
  return [...values.map((name) => name.split(/\s/)[0] ?? ''), ...(others === '' ? [] : ['*'])];
}

function layerBreach(file: string, from: string, what: string): string | undefined {
  if (from.startsWith('.')) return pathBreach(file, resolved(file, from));
  if (from.startsWith('node:')) return nodeBreach(file, from, what);
  const name = from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
  const owners = PACKAGES[name] ?? [];
  return owners.some((owner) => file.startsWith(owner)) ? undefined : `may not use the package '${name}'`;
}

function pathBreach(file: string, target: string): string | undefined {
  const [from, to] = [folderOf(file), folderOf(target)];
  if (from === to) return undefined;
  const [fromLayer, toLayer] = [layerOf(file), layerOf(target)];
  const sideways = fromLayer === toLayer && !(fromLayer === 'edge/' && to === 'edge/ops/');
  const acrossWings = fromLayer === 'edge/' && toLayer === 'core/';
  const upwards = LAYERS.indexOf(toLayer) < LAYERS.indexOf(fromLayer);
  return sideways || acrossWings || upwards ? `may not import ${to}` : undefined;
}

function nodeBreach(file: string, module: string, what: string): string | undefined {
  if (!isPure(file)) return undefined;
  if (!PURE_MODULES.has(module)) return `may not use '${module}'`;
  if (module !== 'node:crypto') return undefined;
  const names = what
    .replace(/[{}]/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const refused = names.find((name) => !CRYPTO_ALLOWED.has(name));
  return refused === undefined ? undefined : `may not use '${refused}' of node:crypto`;
}

function globalBreaches(file: string, text: string): readonly string[] {
  const breaches: string[] = [];
  if (isPure(file))
    for (const [pattern, message] of GLOBALS_OF_CORE) if (pattern.test(text)) breaches.push(message);
  if (file !== 'main.ts' && /\bprocess\.exit\b/.test(text)) breaches.push('ends the process');
  if (GLOBAL_FETCH.test(text)) breaches.push('uses the global fetch');
  else
    for (const [pattern, message, owners] of UNGUARDED)
      if (pattern.test(text) && !owners.includes(file)) breaches.push(message);
  return breaches;
}

function isPure(file: string): boolean {
  return file.startsWith('core/') || file.startsWith('model/');
}

/** `core/merge/` and `edge/store/`: the stage; `pipeline/`, `model/`, `cli/`: the layer; a file at the top: itself. */
function folderOf(file: string): string {
  const parts = file.split('/');
  if (parts.length === 1) return file;
  return parts[0] === 'core' || parts[0] === 'edge' ? `${parts[0]}/${parts[1]}/` : `${parts[0]}/`;
}

function layerOf(file: string): (typeof LAYERS)[number] {
  const layer = LAYERS.find((each) => (each.endsWith('/') ? file.startsWith(each) : file === each));
  if (layer === undefined) throw new Error(`${file} is in no layer of the table`);
  return layer;
}

function resolved(file: string, from: string): string {
  return path.posix.join(path.posix.dirname(file), from);
}

/** One line for each cycle found, named by its first file. */
function cyclesIn(tree: SourceTree): readonly string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) {
      cycles.push(`${file}: imports itself by way of ${trail.slice(trail.indexOf(file) + 1).join(', ')}`);
      return;
    }
    if (done.has(file)) return;
    for (const target of targetsOf(file, tree)) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of tree.keys()) visit(file, []);
  return cycles;
}

/** Types do not count: they are gone when the program runs. */
function targetsOf(file: string, tree: SourceTree): readonly string[] {
  return importsOf(tree.get(file) ?? '')
    .filter(({ from, what }) => from.startsWith('.') && !what.startsWith('type '))
    .map(({ from }) => resolved(file, from))
    .filter((target) => tree.has(target));
}

const COMMENT_OR_STRING =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

function withoutComments(text: string): string {
  return text.replace(COMMENT_OR_STRING, (found) => (found.startsWith('/') ? ' ' : found));
}

/** Of a template, what stands in its `${…}` stays. */
function withoutCommentsAndStrings(text: string): string {
  return text.replace(COMMENT_OR_STRING, (found) => {
    if (found.startsWith('/')) return ' ';
    if (!found.startsWith('`')) return "''";
    return `(${[...found.matchAll(/\$\{([^{}]*)\}/g)].map((match) => match[1]).join(';')})`;
  });
}
