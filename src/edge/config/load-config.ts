// The configuration file to a Config: YAML with positions, then the schema, then what only the whole can tell. Either
// everything is right, or every mistake is reported at once, in the order of the file.
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { LineCounter } from 'yaml';
import type { Config } from '../../model/config.ts';
import { ConfigError, type ConfigProblem, messageOf } from '../../model/errors.ts';
import { buildConfig } from './build-config.ts';
import { type ConfigNode, type Finding, keyOf, nearestNode } from './config-node.ts';
import { crossFindings } from './cross-checks.ts';
import type { Environment } from './environment.ts';
import type { RefusedFeed } from './expand-feeds.ts';
import { overrideProblems, readOverrides } from './overrides.ts';
import { type ConfigInput, configSchema } from './schema.ts';
import { schemaFindings } from './schema-findings.ts';
import { readYamlDocument } from './yaml-document.ts';

export const FILE_BYTES_MAX = 1_000_000;
const PROBLEMS_MAX = 1_000;

export interface ParseOptions {
  /** As the user named it; messages name it so. */
  readonly file: string;
  readonly env: Environment;
  /** Absolute; `file`, `dataDir` and `store` are relative to it. */
  readonly cwd: string;
}

/** Reads and checks a configuration file of at most 1 MB. Throws a ConfigError with every mistake. */
export async function loadConfig(file: string, env: Environment, cwd: string): Promise<Config> {
  return parseConfig(await readText(file, cwd), { file, env, cwd });
}

/** The same for a text: no I/O. */
export function parseConfig(text: string, options: ParseOptions): Config {
  const { file, env, cwd } = options;
  if (Buffer.byteLength(text) > FILE_BYTES_MAX) throw wholeFile(file, TOO_LARGE);
  const { root, findings, lineCounter } = readYamlDocument(text.replace(/^\uFEFF/, ''), env);
  const found = root === undefined ? [] : [...schemaFindings(configSchema, root), ...crossFindings(root)];
  const problems = [
    ...overrideProblems(env, file),
    ...toProblems([...findings, ...found], lineCounter, file),
  ];
  if (root === undefined || problems.length > 0) throw new ConfigError(problems);
  // The schema has just been found to hold, and changes nothing.
  const { config, refused } = buildConfig(root.value as ConfigInput, root, {
    configFile: resolve(cwd, file),
    overrides: readOverrides(env),
    cwd,
    lineAt: (offset) => lineCounter.linePos(offset).line,
  });
  if (refused.length === 0) return config;
  throw new ConfigError(toProblems(refusedFindings(refused, root), lineCounter, file));
}

function refusedFindings(refused: readonly RefusedFeed[], root: ConfigNode): readonly Finding[] {
  return refused.map(({ place, message }) => {
    const path = ['feeds', place, 'id'];
    return { offset: nearestNode(root, path).offset, path, message };
  });
}

const TOO_LARGE = 'larger than 1 MB, the most that a configuration may have';

function wholeFile(file: string, message: string): ConfigError {
  return new ConfigError([{ file, line: 0, column: 0, key: '', message }]);
}

async function readText(file: string, cwd: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readBounded(resolve(cwd, file));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = isMissing
      ? 'there is no such file; name one with --config FILE'
      : `cannot be read: ${messageOf(error)}`;
    throw wholeFile(file, why);
  }
  if (bytes.length > FILE_BYTES_MAX) throw wholeFile(file, TOO_LARGE);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw wholeFile(file, 'is not text in UTF-8');
  }
}

/** At most one byte more than is allowed: enough to tell that it is too large, also of a device without an end. */
async function readBounded(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(FILE_BYTES_MAX + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    await handle.close();
  }
}

function toProblems(
  findings: readonly Finding[],
  lineCounter: LineCounter,
  file: string,
): readonly ConfigProblem[] {
  const inOrder = findings.toSorted((one, other) => one.offset - other.offset);
  const problems = inOrder.slice(0, PROBLEMS_MAX).map(({ offset, path, message }): ConfigProblem => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line, column: col, key: keyOf(path), message };
  });
  const more = inOrder.length - problems.length;
  return more === 0
    ? problems
    : [...problems, { file, line: 0, column: 0, key: '', message: `and ${more} more mistakes` }];
}
