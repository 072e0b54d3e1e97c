// zod's issues in words for people: what is wrong with a value, where, and what would be right.
import type { z } from 'zod';
import { type ConfigNode, type Finding, nearestNode, nodeAt, type Path, shown } from './config-node.ts';
import { NOT_AVAILABLE, WRITTEN } from './fields.ts';
import { descriptionAt, keysAt, placesOfKeys } from './schema-keys.ts';
import { didYouMean } from './suggest.ts';

type Issue = z.core.$ZodIssue;

/** Keys that belong to one source alone. */
const NOT_FOR_DEFAULTS = new Set(['id', 'url', 'name', 'opml']);

/** Unknown keys of one mapping for which a better one is looked for: more of them are no slips. */
const SUGGESTIONS_MAX = 100;

/** Everything about the tree that its schema does not allow. */
export function schemaFindings(schema: z.ZodType, root: ConfigNode): readonly Finding[] {
  const { error } = schema.safeParse(root.value);
  const findings = error?.issues.flatMap((issue) => toFindings(schema, root, issue, [])) ?? [];
  return findings.filter((finding) => nodeAt(root, finding.path)?.broken !== true);
}

function toFindings(schema: z.ZodType, root: ConfigNode, issue: Issue, above: Path): readonly Finding[] {
  const path = [...above, ...(issue.path as Path)];
  if (issue.code === 'unrecognized_keys') return unknownKeys(schema, root, path, issue.keys);
  if (issue.code === 'invalid_union') return unionFindings(schema, root, issue, path);
  const node = nodeAt(root, path);
  if (node === undefined) return missingKey(schema, root, path);
  if (issue.code === 'invalid_key') {
    return issue.issues.map((inner) => ({ offset: node.keyOffset, path, message: inner.message }));
  }
  const isKeyRefused = issue.code === 'invalid_type' && issue.expected === 'never';
  return [
    { offset: isKeyRefused ? node.keyOffset : node.offset, path, message: messageFor(issue, node, path) },
  ];
}

function unknownKeys(
  schema: z.ZodType,
  root: ConfigNode,
  above: Path,
  keys: readonly string[],
): readonly Finding[] {
  const known = keysAt(schema, above);
  const places = placesOfKeys(schema);
  const children = nodeAt(root, above)?.children;
  return keys.map((key, index) => {
    const offset = children?.get(key)?.keyOffset ?? nearestNode(root, above).offset;
    const hint = index < SUGGESTIONS_MAX ? hintFor(key, known, places) : '';
    const isForOneSource = above.length === 1 && above[0] === 'defaults' && NOT_FOR_DEFAULTS.has(key);
    const message = isForOneSource ? 'belongs to one source; it cannot be a default' : `unknown key${hint}`;
    return { offset, path: [...above, key], message };
  });
}

function hintFor(
  key: string,
  known: readonly string[],
  places: ReadonlyMap<string, readonly string[]>,
): string {
  if (key.includes(':')) return '; a space is missing after ":"';
  return didYouMean(key, known) || elsewhere(places.get(key));
}

/** `; it belongs in server`, for a key that stands in the wrong mapping. */
function elsewhere(places: readonly string[] | undefined): string {
  if (places === undefined) return '';
  return places.includes('')
    ? '; it belongs at the top level of the file'
    : `; it belongs in ${places.slice(0, 3).join(' or ')}`;
}

function missingKey(schema: z.ZodType, root: ConfigNode, path: Path): readonly Finding[] {
  const parent = nearestNode(root, path);
  const purpose = descriptionAt(schema, path);
  return [
    {
      offset: parent.offset,
      path,
      message: purpose === undefined ? 'is missing' : `is missing (${decapitalized(purpose)})`,
    },
  ];
}

function decapitalized(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** What the alternative that was meant says: the one whose kind is right; else what the union itself says. */
function unionFindings(
  schema: z.ZodType,
  root: ConfigNode,
  issue: z.core.$ZodIssueInvalidUnion,
  path: Path,
): readonly Finding[] {
  const meant = issue.errors.find(
    (issues) => issues.length > 0 && issues.every((inner) => !isOfAnotherKind(inner)),
  );
  if (meant !== undefined) return meant.flatMap((inner) => toFindings(schema, root, inner, path));
  const node = nodeAt(root, path);
  if (node === undefined) return missingKey(schema, root, path);
  return [
    {
      offset: node.offset,
      path,
      message: node.value === null ? NO_VALUE : filled(issue.message, node, path),
    },
  ];
}

function isOfAnotherKind(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

const NO_VALUE = 'has no value; write one, or take the key out';

function messageFor(issue: Issue, node: ConfigNode, path: Path): string {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue, node, path);
    case 'invalid_value':
      return wrongWord(issue, node, path);
    case 'too_small':
      if (issue.origin === 'array') return 'is empty; it needs at least one';
      return filled(`${WRITTEN} is too small; at least ${issue.minimum}`, node, path);
    case 'too_big':
      if (issue.origin === 'array') return `has too many; at most ${issue.maximum}`;
      return filled(`${WRITTEN} is too large; at most ${issue.maximum}`, node, path);
    case 'custom': {
      const blind: unknown = issue.params?.['blind'];
      return filled(node.fromEnvironment && typeof blind === 'string' ? blind : issue.message, node, path);
    }
    default:
      return issue.message;
  }
}

/** How zod's own messages begin: any other is ours. */
const ZOD_DEFAULT = 'Invalid input';

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping (key: value)',
  record: 'a mapping (key: value)',
};

function wrongType({ expected, message }: z.core.$ZodIssueInvalidType, node: ConfigNode, path: Path): string {
  if (expected === 'never') return NOT_AVAILABLE;
  if (node.value === null) return NO_VALUE;
  if (!message.startsWith(ZOD_DEFAULT)) return filled(message, node, path);
  const is = filled(WRITTEN, node, path);
  if (path.length === 0) return `${is} stands here; the file needs keys, at least "sources:" and "feeds:"`;
  const wanted = EXPECTED[expected] ?? expected;
  if (expected === 'string' && node.written !== undefined) {
    return `${is} is ${typeof node.value === 'number' ? 'a number' : 'true or false'}, not text; put it in quotes`;
  }
  if (typeof node.value === 'string' && /^(?:number|int)$/.test(expected) && /^\d+$/.test(node.value)) {
    return `${is} is text, not a number; write it without quotes${node.fromEnvironment ? ' and not as a variable' : ''}`;
  }
  const example =
    expected === 'array' && node.written !== undefined && is !== HIDDEN ? `; write [${is}]` : '';
  return `${is} is not ${wanted}${example}`;
}

function wrongWord(issue: z.core.$ZodIssueInvalidValue, node: ConfigNode, path: Path): string {
  if (issue.message === NOT_AVAILABLE) return NOT_AVAILABLE;
  if (node.value === null) return NO_VALUE;
  const words = issue.values.map(String);
  const right = words.length === 1 ? `is not known; write ${words[0]}` : `is not one of ${words.join(', ')}`;
  return filled(
    `${WRITTEN} ${right}${words.length === 1 ? '' : didYouMean(node.written ?? '', words)}`,
    node,
    path,
  );
}

const HIDDEN = 'the value';

/** The message with the value as the file has it; headers and what opens private feeds are secret wherever they come from. */
function filled(message: string, node: ConfigNode, path: Path): string {
  const text = path.includes('headers') || path.includes('access') ? HIDDEN : shown(node);
  const origin = node.fromEnvironment ? `${text} (with its value from the environment)` : text;
  return message.replace(WRITTEN, () => origin);
}
