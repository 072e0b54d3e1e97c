// The configuration file to a Config: YAML with positions, then the schema, then what only the whole can tell. Either
// everything is right, or every mistake is reported at once, in the order of the file.
import { resolve } from 'node:path';
import type { LineCounter } from 'yaml';
import type { Config } from '../../model/config.ts';
import { ConfigError, type ConfigProblem } from '../../model/errors.ts';
import { buildConfig } from './build-config.ts';
import { type ConfigNode, type Finding, keyOf, nearestNode } from './config-node.ts';
import { crossFindings } from './cross-checks.ts';
import type { Environment } from './environment.ts';
import type { RefusedFeed } from './expand-feeds.ts';
import { overrideProblems, readOverrides } from './overrides.ts';
import { type ConfigInput, configSchema } from './schema.ts';
import { schemaFindings } from './schema-findings.ts';
import { readStyleSheet } from './style-sheet-file.ts';
import { readTextFile } from './text-file.ts';
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

/** A configuration with the places of its keys. */
export interface ParsedConfig {
  readonly config: Config;
  readonly problemAt: (path: readonly string[], message: string) => ConfigProblem;
}

/** Reads and checks a configuration file of at most 1 MB, and the files that it names. Throws a ConfigError with every mistake. */
export async function loadConfig(file: string, env: Environment, cwd: string): Promise<Config> {
  return withStyleSheet(await readConfig(file, env, cwd));
}

/** Without what stands in other files. */
export async function readConfig(file: string, env: Environment, cwd: string): Promise<ParsedConfig> {
  return parse(await readText(file, cwd), { file, env, cwd });
}

export async function withStyleSheet({ config, problemAt }: ParsedConfig): Promise<Config> {
  const { stylesheetFile } = config.server;
  if (stylesheetFile === undefined) return config;
  const read = await readStyleSheet(stylesheetFile);
  if ('complaint' in read) throw new ConfigError([problemAt(['server', 'stylesheet'], read.complaint)]);
  return { ...config, server: { ...config.server, stylesheet: read.text } };
}

/** The same for a text: no I/O, and no other file is looked at. */
export function parseConfig(text: string, options: ParseOptions): Config {
  return parse(text, options).config;
}

function parse(text: string, options: ParseOptions): ParsedConfig {
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
  if (refused.length > 0)
    throw new ConfigError(toProblems(refusedFindings(refused, root), lineCounter, file));
  const problemAt = (path: readonly string[], message: string) =>
    toProblem({ offset: nearestNode(root, path).offset, path, message }, lineCounter, file);
  return { config, problemAt };
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
  const read = await readTextFile(resolve(cwd, file), FILE_BYTES_MAX);
  if (read === 'missing') throw wholeFile(file, 'there is no such file; name one with --config FILE');
  if (read === 'too-large') throw wholeFile(file, TOO_LARGE);
  if ('complaint' in read) throw wholeFile(file, read.complaint);
  return read.text;
}

function toProblems(
  findings: readonly Finding[],
  lineCounter: LineCounter,
  file: string,
): readonly ConfigProblem[] {
  const inOrder = findings.toSorted((one, other) => one.offset - other.offset);
  const problems = inOrder.slice(0, PROBLEMS_MAX).map((finding) => toProblem(finding, lineCounter, file));
  const more = inOrder.length - problems.length;
  return more === 0
    ? problems
    : [...problems, { file, line: 0, column: 0, key: '', message: `and ${more} more mistakes` }];
}

function toProblem(
  { offset, path, message }: Finding,
  lineCounter: LineCounter,
  file: string,
): ConfigProblem {
  const { line, col } = lineCounter.linePos(offset);
  return { file, line, column: col, key: keyOf(path), message };
}
