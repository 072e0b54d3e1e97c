// The ids of sources: as configured, else made of the name, else of the address; unique, and the same each time.
import { type ConfigNode, textOf } from './config-node.ts';
import { withoutReferences } from './environment.ts';
import { slug } from './slug.ts';

/** Empty where nothing is left of the name. */
export function idOfName(name: string): string {
  return slug(name, BASE_LENGTH_MAX);
}

/** What an address is called where nothing else names it; empty where nothing is left of it. */
export function idOfAddress(address: string): string {
  return slug(hostAndPath(address), BASE_LENGTH_MAX);
}

/** One id for each source, in their order. What is configured comes first: made-up ids give way to it. */
export function sourceIds(sources: readonly ConfigNode[]): readonly string[] {
  const given = sources.map((source) => textOf(source.children.get('id'))?.trim());
  const taken = new Set(given.map((id) => id?.toLowerCase()));
  const counts = new Map<string, number>();
  return sources.map((source, index) => {
    const configured = given[index];
    if (configured !== undefined) return configured;
    const id = unique(idBase(source), taken, counts);
    taken.add(id);
    return id;
  });
}

function idBase(source: ConfigNode): string {
  const name = textOf(source.children.get('name'));
  const url = source.children.get('url');
  // As written, not as filled in: an id is published, a value from the environment may be a secret.
  const address = typeof url?.value === 'string' ? withoutReferences(url.written ?? '') : '';
  return slug(name ?? '', BASE_LENGTH_MAX) || slug(hostAndPath(address), BASE_LENGTH_MAX) || 'source';
}

function hostAndPath(address: string): string {
  if (/^https?:/i.test(address)) {
    const url = URL.parse(address);
    // An address that is whole only with its variables: nothing between the scheme and an '@' may show.
    return url === null ? '' : `${url.hostname} ${url.pathname}`;
  }
  return address.replace(/^file:/i, '');
}

const BASE_LENGTH_MAX = 56;

/** `counts` remembers how far each base has come, so that a thousand nameless sources cost a thousand steps. */
function unique(base: string, taken: ReadonlySet<string | undefined>, counts: Map<string, number>): string {
  let count = counts.get(base) ?? 1;
  let id = count === 1 ? base : `${base}-${count}`;
  while (taken.has(id)) id = `${base}-${++count}`;
  counts.set(base, count);
  return id;
}
