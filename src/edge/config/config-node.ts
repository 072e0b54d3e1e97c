// The configuration as a tree that remembers, for each value, where it stands in the file and how it is written there.

export type Path = readonly (string | number)[];

export interface ConfigNode {
  /** The plain value, with the environment's values put in. Mappings have no prototype. */
  readonly value: unknown;
  /** Where the value starts, in UTF-16 units of the text; the key where the value is empty. */
  readonly offset: number;
  /** Where its key starts; the value itself in a list. */
  readonly keyOffset: number;
  /** The scalar as the file has it: what messages may show. Undefined for lists and mappings. */
  readonly written: string | undefined;
  readonly fromEnvironment: boolean;
  /** The values that came from the environment, without what the file has around them. */
  readonly environmentValues: readonly string[];
  /** A problem with this very value has been found already: another one about it would be noise. */
  readonly broken: boolean;
  readonly children: ReadonlyMap<string | number, ConfigNode>;
}

/** Something wrong, before its offset has become a line and a column. */
export interface Finding {
  readonly offset: number;
  readonly path: Path;
  readonly message: string;
}

export function nodeAt(root: ConfigNode, path: Path): ConfigNode | undefined {
  let node: ConfigNode | undefined = root;
  for (const step of path) node = node?.children.get(step);
  return node;
}

/** The node itself, or the nearest one above it that is there. */
export function nearestNode(root: ConfigNode, path: Path): ConfigNode {
  let node = root;
  for (const step of path) node = node.children.get(step) ?? node;
  return node;
}

/** The members of a list; none for anything else. */
export function listed(node: ConfigNode | undefined): readonly ConfigNode[] {
  return Array.isArray(node?.value) ? [...node.children.values()] : [];
}

/** The values from the environment in a node and in everything below it; empty ones left out. */
export function environmentValuesIn(node: ConfigNode | undefined): readonly string[] {
  if (node === undefined) return [];
  const below = [...node.children.values()].flatMap(environmentValuesIn);
  return [...node.environmentValues, ...below].filter((value) => value.trim() !== '');
}

/** The text of a scalar that is a string. */
export function textOf(node: ConfigNode | undefined): string | undefined {
  return typeof node?.value === 'string' && !node.broken ? node.value : undefined;
}

const SHOWN_LENGTH_MAX = 60;

/** A value for messages, as it is written in the file: short, on one line, and without the secrets of an address. */
export function shown(node: ConfigNode): string {
  if (node.written === undefined) return Array.isArray(node.value) ? 'a list' : 'a mapping';
  if (node.value === null) return 'nothing';
  const text = withoutSecrets(node.written.replace(/\s+/g, ' ').trim());
  const short = text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX).toWellFormed()}…` : text;
  return typeof node.value === 'string' ? `"${short}"` : short;
}

/** Userinfo and query of anything that looks like a URL; greedy, since a password may hold '/', '@' and '?'. */
function withoutSecrets(text: string): string {
  if (!text.includes('//')) return text;
  return text.replace(/\/\/.*@/, '//…@').replace(/\?.*/, '?…');
}

/** `sources[2].every`. A key that is no plain name may be a value by a slip ("Authorization:Bearer …"): no secrets of it. */
export function keyOf(path: Path): string {
  return path.reduce<string>((key, step, index) => {
    if (typeof step === 'number') return `${key}[${step}]`;
    if (/^[\w-]{1,60}$/.test(step)) return key === '' ? step : `${key}.${step}`;
    const name = path[index - 1] === 'headers' ? `${/^[\w-]*/.exec(step)?.[0]}…` : withoutSecrets(step);
    return `${key}[${JSON.stringify(name.slice(0, 60).toWellFormed())}]`;
  }, '');
}
