// YAML 1.2 (core schema) to a tree of ConfigNodes: one document, no tags of its own, aliases bounded, every problem
// with its place. Compares nothing pairwise and follows no alias by searching: hostile input costs linear time.
import {
  type Alias,
  type ErrorCode,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type Scalar,
  type YAMLError,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { ConfigNode, Finding, Path } from './config-node.ts';
import { type Environment, substitute } from './environment.ts';

const DEPTH_MAX = 32;
/** Values that aliases may bring along: more than any hand writes, few enough to hold. */
const ALIASED_NODES_MAX = 10_000;
/** One slip makes the parser stumble again and again: the first few say it. */
const SYNTAX_FINDINGS_MAX = 10;

/** NUL and its like: no text of a configuration needs them. Tab, line feed and carriage return are white space. */
const CONTROL_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

export interface ReadDocument {
  /** Undefined where the YAML is broken: then `findings` has only what is wrong with it. */
  readonly root: ConfigNode | undefined;
  readonly findings: readonly Finding[];
  readonly lineCounter: LineCounter;
}

/** Reads a text without a byte order mark. */
export function readYamlDocument(text: string, env: Environment): ReadDocument {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    version: '1.2',
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    // The library's own check compares all keys with each other; the walk below uses a set.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const control = text.search(CONTROL_CHARACTER);
  if (control >= 0) {
    const message = 'a control character; the file must be plain text in UTF-8';
    return { root: undefined, findings: [{ offset: control, path: [], message }], lineCounter };
  }
  if (document.errors.length > 0) {
    const tooDeep = document.errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
    const errors = tooDeep === undefined ? document.errors.slice(0, SYNTAX_FINDINGS_MAX) : [tooDeep];
    return { root: undefined, findings: distinct(errors.map(syntaxFinding)), lineCounter };
  }
  const walk: Walk = { env, anchors: new Map(), findings: [], aliasedNodes: 0, aliasOffset: undefined };
  if (document.contents === null) {
    return { root: undefined, findings: [{ offset: 0, path: [], message: EMPTY_FILE }], lineCounter };
  }
  const root = toConfigNode(document.contents, [], document.contents.range[0], walk);
  return { root, findings: walk.findings, lineCounter };
}

const EMPTY_FILE = 'the file is empty; it needs at least "sources:" and "feeds:"';

interface Walk {
  readonly env: Environment;
  /** The nodes that aliases stand for, as they are met: an anchor may be given anew further down. */
  readonly anchors: Map<string, ParsedNode>;
  readonly findings: Finding[];
  aliasedNodes: number;
  /** Where the outermost alias stands that is being followed. */
  aliasOffset: number | undefined;
}

function toConfigNode(node: ParsedNode | null, path: Path, keyOffset: number, walk: Walk): ConfigNode {
  if (node === null) return leaf(null, keyOffset, keyOffset);
  if (walk.aliasOffset !== undefined && ++walk.aliasedNodes > ALIASED_NODES_MAX) {
    const isFirst = walk.aliasedNodes === ALIASED_NODES_MAX + 1;
    return broken(node, path, keyOffset, walk, isFirst ? TOO_MANY_ALIASED : undefined);
  }
  if (isAlias(node)) return aliased(node, path, keyOffset, walk);
  if (path.length > DEPTH_MAX) {
    return broken(node, path, keyOffset, walk, `nested more than ${DEPTH_MAX} deep`);
  }
  if (node.tag !== undefined && !PLAIN_TAG.test(node.tag)) {
    return broken(node, path, keyOffset, walk, 'tags ("!…") have no meaning here; take the tag away');
  }
  const made = isMap(node)
    ? mapping(node, path, keyOffset, walk)
    : isSeq(node)
      ? list(node, path, keyOffset, walk)
      : scalar(node, path, keyOffset, walk);
  // Only now, so that an alias inside of its own anchor finds nothing; what is left of circles ends at DEPTH_MAX.
  if (node.anchor !== undefined) walk.anchors.set(node.anchor, node);
  return made;
}

const TOO_MANY_ALIASED = 'aliases bring in too many values; write them out';

const CONTROL_IN_VALUE =
  'has a control character in it; in double quotes a backslash begins an escape, in single quotes it does not';

const NO_MERGING = 'mappings are not merged in YAML 1.2; what holds for each source goes into "defaults"';

const PLAIN_TAG = /^(?:!|tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq))$/;

function mapping(node: YAMLMap.Parsed, path: Path, keyOffset: number, walk: Walk): ConfigNode {
  const value: Record<string, unknown> = Object.create(null);
  const children = new Map<string | number, ConfigNode>();
  for (const { key, value: member } of node.items) {
    const offset = key?.range?.[0] ?? node.range[0];
    if (!isScalar(key) || typeof (key.source ?? key.value) !== 'string') {
      walk.findings.push({ offset, path, message: 'a key must be plain text' });
      continue;
    }
    const name = key.source ?? String(key.value);
    const memberPath = [...path, name];
    const earlier = children.get(name);
    if (earlier !== undefined) {
      walk.findings.push({ offset, path: memberPath, message: 'given twice; only one can count' });
      continue;
    }
    if (name === '<<') {
      walk.findings.push({ offset, path: memberPath, message: NO_MERGING });
      continue;
    }
    const child = toConfigNode(member, memberPath, offset, walk);
    children.set(name, child);
    value[name] = child.value;
  }
  return { ...leaf(value, node.range[0], keyOffset), written: undefined, children };
}

function list(node: YAMLSeq.Parsed, path: Path, keyOffset: number, walk: Walk): ConfigNode {
  const children = new Map<string | number, ConfigNode>();
  node.items.forEach((item, index) => {
    children.set(index, toConfigNode(item, [...path, index], item?.range?.[0] ?? node.range[0], walk));
  });
  const value = [...children.values()].map((child) => child.value);
  return { ...leaf(value, node.range[0], keyOffset), written: undefined, children };
}

function scalar(node: Scalar.Parsed, path: Path, keyOffset: number, walk: Walk): ConfigNode {
  const [start, end] = node.range;
  const offset = start === end ? keyOffset : start;
  const written = node.source ?? String(node.value ?? '');
  if (typeof node.value !== 'string') return { ...leaf(node.value, offset, keyOffset), written };
  const { text, used, values, complaints } = substitute(node.value, walk.env);
  const found = CONTROL_CHARACTER.test(text) ? [...complaints, CONTROL_IN_VALUE] : complaints;
  for (const message of found) walk.findings.push({ offset, path, message });
  return {
    ...leaf(text, offset, keyOffset),
    written,
    fromEnvironment: used,
    environmentValues: values,
    broken: found.length > 0,
  };
}

function aliased(alias: Alias.Parsed, path: Path, keyOffset: number, walk: Walk): ConfigNode {
  const target = walk.anchors.get(alias.source);
  if (target === undefined) {
    return broken(
      alias,
      path,
      keyOffset,
      walk,
      `no anchor "&${alias.source.slice(0, 40)}" stands before this alias`,
    );
  }
  const outer = walk.aliasOffset;
  walk.aliasOffset ??= alias.range[0];
  const node = toConfigNode(target, path, keyOffset, walk);
  walk.aliasOffset = outer;
  return { ...node, keyOffset };
}

function broken(
  node: ParsedNode,
  path: Path,
  keyOffset: number,
  walk: Walk,
  message: string | undefined,
): ConfigNode {
  const offset = walk.aliasOffset ?? node.range[0];
  if (message !== undefined) walk.findings.push({ offset, path, message });
  return { ...leaf(undefined, offset, keyOffset), broken: true };
}

const NO_CHILDREN: ReadonlyMap<string | number, ConfigNode> = new Map();

function leaf(value: unknown, offset: number, keyOffset: number): ConfigNode {
  return {
    value,
    offset,
    keyOffset,
    written: '',
    fromEnvironment: false,
    environmentValues: [],
    broken: false,
    children: NO_CHILDREN,
  };
}

/** The parser may stumble over one place in two ways that are one mistake to people. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const byPlace = new Map(findings.map((finding) => [`${finding.offset} ${finding.message}`, finding]));
  return [...byPlace.values()];
}

function syntaxFinding(error: YAMLError): Finding {
  return { offset: error.pos[0], path: [], message: syntaxMessage(error) };
}

function syntaxMessage({ code, message }: YAMLError): string {
  if (message.startsWith('Missing closing')) return 'a quote that was opened further up is never closed';
  if (message.includes('without - indicator')) return 'wrongly indented, or a "-" is missing';
  return SYNTAX_MESSAGES[code] ?? UNREADABLE;
}

const UNREADABLE =
  'this is not YAML; look at the indentation, quotes and brackets here and in the line above';

/** Our own words: the library's are about its tokens, and some of them quote the file, which may hold secrets. */
const SYNTAX_MESSAGES: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab; YAML is indented with spaces',
  MULTIPLE_DOCS: 'a second document begins here ("---"); a configuration is one document',
  BAD_INDENT: 'wrongly indented, or a bracket is not closed; keys of one mapping start in one column',
  BAD_SCALAR_START: 'a value cannot start with this character; put it in quotes',
  BAD_DQ_ESCAPE: 'no such escape in double quotes; write \\\\ for a backslash, or use single quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second "key:" in one line; put a value that has ": " in it in quotes',
  MULTILINE_IMPLICIT_KEY: 'a key without its ":", or a line that is wrongly indented',
  MISSING_CHAR: 'something is missing here: a bracket, a comma, or a space after ":" or "-"',
  RESOURCE_EXHAUSTION: 'nested far too deep',
  KEY_OVER_1024_CHARS: 'a key of more than 1,024 characters; a quote before it may not be closed',
  BLOCK_IN_FLOW: 'inside of [ ] and { } only [ ] and { } can be used',
};
