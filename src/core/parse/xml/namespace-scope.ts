// The prefixes in force at an element (Namespaces in XML 1.0, section 6), and the names that they make canonical.
import { type ElementName, elementNamed } from './element-names.ts';
import { conventionalPrefix, prefixOfUri } from './names.ts';
import type { RootKind } from './roles.ts';

const CACHED_NAMES_MAX = 1000;

export class NamespaceScope {
  private readonly outer: NamespaceScope | undefined;
  private readonly prefixes = new Map<string, string>();
  private readonly elementNames = new Map<string, ElementName>();
  private readonly attributeNames = new Map<string, string>();
  private readonly inner = new Map<string, NamespaceScope>();

  constructor(outer?: NamespaceScope) {
    this.outer = outer;
  }

  /** The scope within an element with these declarations; one object for all its like, so that their names are cached. */
  declare(declarations: readonly (readonly [prefix: string, uri: string])[]): NamespaceScope {
    const key = declarations.length === 1 ? `${declarations[0]?.[0]}=${declarations[0]?.[1]}` : '';
    const known = this.inner.get(key);
    if (known !== undefined) return known;
    const scope = new NamespaceScope(this);
    for (const [prefix, uri] of declarations) scope.prefixes.set(prefix, canonicalPrefix(prefix, uri));
    if (key !== '' && this.inner.size < CACHED_NAMES_MAX) this.inner.set(key, scope);
    return scope;
  }

  /** The scope in which elements without prefix are of this canonical prefix, whatever the document declared. */
  withDefault(prefix: string): NamespaceScope {
    const scope = new NamespaceScope(this);
    scope.prefixes.set('', prefix);
    return scope;
  }

  elementName(tag: string): ElementName {
    const cached = this.elementNames.get(tag);
    if (cached !== undefined) return cached;
    const name = elementNamed(this.canonicalName(tag, true));
    if (this.elementNames.size < CACHED_NAMES_MAX) this.elementNames.set(tag, name);
    return name;
  }

  /** Attributes without prefix have no namespace (section 6.2). */
  attributeName(tag: string): string {
    const cached = this.attributeNames.get(tag);
    if (cached !== undefined) return cached;
    const name = this.canonicalName(tag, false);
    if (this.attributeNames.size < CACHED_NAMES_MAX) this.attributeNames.set(tag, name);
    return name;
  }

  private canonicalName(tag: string, withDefault: boolean): string {
    const colon = tag.indexOf(':');
    const prefix = colon < 0 ? '' : tag.slice(0, colon).toLowerCase();
    const local = tag.slice(colon + 1).toLowerCase();
    const canonical = colon < 0 && !withDefault ? '' : this.prefix(prefix);
    return canonical === '' ? local : `${canonical}:${local}`;
  }

  private prefix(prefix: string): string {
    for (let scope: NamespaceScope | undefined = this; scope !== undefined; scope = scope.outer) {
      const found = scope.prefixes.get(prefix);
      if (found !== undefined) return found;
    }
    return prefix === '' ? '' : conventionalPrefix(prefix);
  }
}

/** A namespace that nobody knows keeps a prefix by which everyone knows it: its URI is then one more misspelling. */
function canonicalPrefix(prefix: string, uri: string): string {
  if (uri === '') return prefix === '' ? '' : conventionalPrefix(prefix);
  const known = prefixOfUri(uri);
  if (known !== undefined) return known;
  return prefix === '' ? `{${uri.slice(0, 200)}}` : conventionalPrefix(prefix);
}

/** Whatever namespace a plain root declares, right or wrong, is the one that its plain descendants are of. */
export function scopeOfRoot(kind: RootKind, isPlain: boolean, scope: NamespaceScope): NamespaceScope {
  if (kind === 'atom' || kind === 'entry') return scope.withDefault('atom');
  const isUnknown = scope.elementName('item').name.startsWith('{');
  return isPlain || isUnknown ? scope.withDefault('') : scope;
}
