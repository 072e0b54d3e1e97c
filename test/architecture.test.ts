// The house rules, read from the imports themselves: docs/ARCHITECTURE.md has the table in words.
import { describe, expect, it } from 'vitest';
import { breachesIn, readTree, type SourceTree } from './architecture/rules.ts';

const tree = await readTree('src');

/** A tree with one file more, at `file`. */
function planted(file: string, text: string): SourceTree {
  return new Map([[file, text]]);
}

describe('the tree', () => {
  it('has files in every layer', () => {
    for (const layer of [
      'core/parse/',
      'core/merge/',
      'edge/fetch/',
      'edge/store/',
      'pipeline/',
      'model/',
      'cli/',
    ]) {
      expect([...tree.keys()].some((file) => file.startsWith(layer))).toBe(true);
    }
  });

  it('keeps every rule', () => {
    expect(breachesIn(tree)).toEqual([]);
  });
});

describe('each kind of breach is caught', () => {
  it.each([
    [
      'an import upwards',
      'core/merge/a.ts',
      "import { x } from '../../pipeline/y.ts';",
      'may not import pipeline/',
    ],
    [
      'a type import upwards',
      'model/a.ts',
      "import type { X } from '../core/merge/y.ts';",
      'may not import core/merge/',
    ],
    [
      'an import between stages',
      'core/merge/a.ts',
      "export * from '../identify/y.ts';",
      'may not import core/identify/',
    ],
    [
      'core that imports an edge',
      'core/merge/a.ts',
      "import '../../edge/store/y.ts';",
      'may not import edge/store/',
    ],
    [
      'an edge that imports core',
      'edge/store/a.ts',
      "import { x } from '../../core/merge/y.ts';",
      'may not import core/merge/',
    ],
    [
      'an import between edges',
      'edge/fetch/a.ts',
      "import { x } from '../store/y.ts';",
      'may not import edge/store/',
    ],
    [
      'a pipeline that imports the command line',
      'pipeline/a.ts',
      "import { x } from '../cli/y.ts';",
      'may not import cli/',
    ],
    [
      'a dynamic import',
      'core/merge/a.ts',
      "const x = await import('../../edge/fetch/y.ts');",
      'may not import edge/fetch/',
    ],
    ['a re-export', 'core/merge/a.ts', "export { x } from '../../app.ts';", 'may not import app.ts'],
    [
      'a package outside its folder',
      'core/merge/a.ts',
      "import { Feed } from 'feed';",
      "may not use the package 'feed'",
    ],
    [
      'a package in the wrong edge',
      'edge/serve/a.ts',
      "import { Agent } from 'undici';",
      "may not use the package 'undici'",
    ],
    [
      'a package nobody owns',
      'edge/serve/a.ts',
      "import x from 'left-pad';",
      "may not use the package 'left-pad'",
    ],
    [
      'a part of a package',
      'edge/serve/a.ts',
      "import x from 'undici/types';",
      "may not use the package 'undici'",
    ],
    [
      'a module required',
      'edge/serve/a.ts',
      "const x = require('left-pad');",
      "may not use the package 'left-pad'",
    ],
    [
      'I/O in core',
      'core/merge/a.ts',
      "import { readFile } from 'node:fs/promises';",
      "may not use 'node:fs/promises'",
    ],
    ['I/O in the model', 'model/a.ts', "import { readFileSync } from 'node:fs';", "may not use 'node:fs'"],
    [
      'randomness by import',
      'core/merge/a.ts',
      "import { randomUUID } from 'node:crypto';",
      "'randomUUID' of node:crypto",
    ],
    [
      'the whole of node:crypto',
      'core/merge/a.ts',
      "import * as crypto from 'node:crypto';",
      'of node:crypto',
    ],
    ['the clock', 'core/merge/a.ts', 'const now = Date.now();', 'uses the clock'],
    ['the clock as a date', 'core/merge/a.ts', 'const now = new Date();', 'uses the clock'],
    ['the monotonic clock', 'core/merge/a.ts', 'const t = performance.now();', 'uses the clock'],
    ['a timer', 'core/merge/a.ts', 'setTimeout(() => {}, 10);', 'uses the clock'],
    ['the clock in a template', 'core/merge/a.ts', 'const x = `at ${Date.now()}`;', 'uses the clock'],
    ['randomness', 'core/merge/a.ts', 'const x = Math.random();', 'uses randomness'],
    ['the global crypto', 'core/merge/a.ts', 'const x = crypto.randomUUID();', 'uses randomness'],
    ['the process', 'core/merge/a.ts', 'const x = process.env.HOME;', 'uses process'],
    ['the process by its long name', 'core/merge/a.ts', 'const x = globalThis.process;', 'uses process'],
    ['the console', 'core/merge/a.ts', "console.log('x');", 'does I/O'],
    ['the global fetch', 'core/merge/a.ts', "await fetch('http://x/');", 'uses the global fetch'],
    ['the global fetch in an edge', 'edge/fetch/a.ts', "await fetch('http://x/');", 'uses the global fetch'],
    [
      'the global fetch by its long name',
      'edge/fetch/a.ts',
      "await globalThis.fetch('http://x/');",
      'uses the global fetch',
    ],
    ['fetch under another name', 'edge/fetch/a.ts', 'const get = fetch;', 'takes a global by another way'],
    ['fetch handed on', 'cli/a.ts', 'start({ fetch });', 'takes a global by another way'],
    ['fetch taken apart', 'cli/a.ts', 'const { fetch: get } = globalThis;', 'takes a global by another way'],
    ['fetch by its index', 'cli/a.ts', "globalThis['fetch'](x);", 'takes a global by another way'],
    ['a web socket', 'edge/fetch/a.ts', "new WebSocket('ws://x/');", 'opens a connection'],
    ['an event source', 'edge/fetch/a.ts', "new EventSource('http://x/');", 'opens a connection'],
    ["undici's request", 'edge/fetch/a.ts', "import { request } from 'undici';", "'request' of undici"],
    ["undici's stream", 'edge/fetch/a.ts', "import { stream } from 'undici';", "'stream' of undici"],
    [
      'another agent',
      'edge/fetch/connections.ts',
      "import { Agent, Client } from 'undici';",
      "'Agent' of undici",
    ],
    ['a dispatcher for all', 'edge/fetch/a.ts', "import { setGlobalDispatcher } from 'undici';", 'of undici'],
    [
      'the whole of undici',
      'edge/fetch/connections.ts',
      "import * as undici from 'undici';",
      "'*' of undici",
    ],
    ['undici when it is needed', 'edge/fetch/a.ts', "await import('undici');", "'*' of undici"],
    ['a client elsewhere', 'edge/fetch/a.ts', "import { Client } from 'undici';", "'Client' of undici"],
    ['a request of node:http', 'edge/fetch/a.ts', "import { get } from 'node:http';", "'get' of node:http"],
    [
      'the same under another name',
      'edge/fetch/a.ts',
      "import { get as x } from 'http';",
      "the package 'http'",
    ],
    ['a request of node:https', 'cli/health.ts', "import { request } from 'node:https';", 'of node:https'],
    [
      'the whole of node:https',
      'edge/fetch/connector.ts',
      "import https from 'node:https';",
      'of node:https',
    ],
    ['HTTP/2', 'edge/fetch/a.ts', "import { connect } from 'node:http2';", 'of node:http2'],
    ['a raw connection', 'edge/fetch/a.ts', "import { connect } from 'node:net';", "'connect' of node:net"],
    [
      'a raw socket',
      'edge/fetch/connector.ts',
      "import { connect, Socket } from 'node:net';",
      "'Socket' of node:net",
    ],
    ['TLS elsewhere', 'edge/store/a.ts', "import { connect } from 'node:tls';", "'connect' of node:tls"],
    ['datagrams', 'edge/store/a.ts', "import dgram from 'node:dgram';", 'of node:dgram'],
    [
      'a second look-up',
      'edge/fetch/a.ts',
      "import { lookup } from 'node:dns/promises';",
      "'lookup' of node:dns",
    ],
    ['another loader', 'edge/ops/a.ts', "import { register } from 'node:module';", 'may not load modules'],
    ['a module of Node by its name', 'cli/a.ts', 'process.getBuiltinModule(x).get(y);', 'loads a module'],
    [
      'an import of what is computed',
      'pipeline/a.ts',
      'await import(name);',
      'imports what no rule can read',
    ],
    ['code made of text', 'edge/ops/a.ts', "new Function('x');", 'makes code of text'],
    ['another end of the process', 'cli/a.ts', 'process.exit(1);', 'ends the process'],
  ])('%s', (_kind, file, text, message) => {
    const breaches = breachesIn(planted(file, text));
    expect(breaches).toHaveLength(1);
    expect(breaches[0]).toContain(message);
    expect(breaches[0]).toContain(file);
  });

  it('a cycle of imports', () => {
    const cycle: SourceTree = new Map([
      ['core/merge/a.ts', "import { b } from './b.ts';"],
      ['core/merge/b.ts', "import { c } from './c.ts';"],
      ['core/merge/c.ts', "import { a } from './a.ts';"],
    ]);
    expect(breachesIn(cycle)).toEqual([expect.stringContaining('imports itself')]);
  });
});

describe('what is allowed passes', () => {
  it.each([
    ['an import of the model', 'core/merge/a.ts', "import type { X } from '../../model/y.ts';"],
    ['an import within a stage', 'core/merge/a.ts', "import { x } from './deep/y.ts';"],
    ['ops from an edge', 'edge/fetch/a.ts', "import { x } from '../ops/y.ts';"],
    [
      'both wings in the pipeline',
      'pipeline/a.ts',
      "import '../core/merge/y.ts';\nimport '../edge/store/y.ts';",
    ],
    ['the client of the pool', 'edge/fetch/connections.ts', "import { Client } from 'undici';"],
    ['types of the network', 'edge/serve/a.ts', "import type { Socket } from 'node:net';"],
    [
      'one of several names',
      'edge/fetch/connector.ts',
      "import { connect, isIP, type Socket } from 'node:net';",
    ],
    ['our own server', 'edge/serve/web-server.ts', "import { createServer, type Server } from 'node:http';"],
    ['a package in its folder', 'edge/store/a.ts', "import { Keyv } from 'keyv';"],
    ['digests in core', 'core/merge/a.ts', "import { createHash } from 'node:crypto';"],
    ['a date from an argument', 'core/merge/a.ts', 'const x = new Date(ms).toISOString();'],
    ['forbidden words in comments', 'core/merge/a.ts', '// Date.now() and process.env\n/* Math.random() */'],
    ['forbidden words in strings', 'core/merge/a.ts', "const x = 'fetch( new Date() process.env';"],
    ['a method called fetch', 'edge/store/a.ts', 'const x = await fetcher.fetch(request);'],
    ['the one end of the process', 'main.ts', 'process.exit(0);'],
  ])('%s', (_kind, file, text) => {
    expect(breachesIn(planted(file, text))).toEqual([]);
  });
});
