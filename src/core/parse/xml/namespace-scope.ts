// The prefixes in force at an element (Namespaces in XML 1.0, section 6), and the names that they make canonical.

import { extensionName } from '../../../model/vocabularies.ts';
import { type ElementName, elementNamed } from './element-names.ts';
import { conventionalPrefix, prefixOfUnknown, prefixOfUri } from './names.ts';
import type { RootKind } from './roles.ts';

const CACHED_NAMES_MAX = 1000;
/** Of a namespace; longer ones are cut. */
const URI_CHARS_MAX = 200;

export class NamespaceScope {
  private readonly outer: NamespaceScope | undefined;
  private readonly prefixes = new Map<string, string>();
  /** As declared. */
  private readonly uris = new Map<string, string>();
  /** Caches, made when they are needed: many a document has scopes for one element each. */
  private elementNames: Map<string, ElementName> | undefined;
  private attributeNames: Map<string, string> | undefined;
  private inner: Map<string, NamespaceScope> | undefined;

  constructor(outer?: NamespaceScope) {
    this.outer = outer;
  }

  /** The scope within an element with these declarations; one object for all its like, so that their names are cached. */
  declare(declarations: readonly (readonly [prefix: string, uri: string])[]): NamespaceScope {
    const key = declarations.length === 1 ? `${declarations[0]?.[0]}=${declarations[0]?.[1]}` : '';
    const known = this.inner?.get(key);
    if (known !== undefined) return known;
    const scope = new NamespaceScope(this);
    for (const [prefix, uri] of declarations) {
      scope.prefixes.set(prefix, canonicalPrefix(prefix, uri));
      scope.uris.set(prefix, uri.slice(0, URI_CHARS_MAX));
    }
    if (key === '') return scope;
    this.inner ??= new Map();
    if (this.inner.size < CACHED_NAMES_MAX) this.inner.set(key, scope);
    return scope;
  }

  /** The scope in which elements without prefix are of this canonical prefix, whatever the document declared. */
  withDefault(prefix: string): NamespaceScope {
    const scope = new NamespaceScope(this);
    scope.prefixes.set('', prefix);
    return scope;
  }

  elementName(tag: string): ElementName {
    const cached = this.elementNames?.get(tag);
    if (cached !== undefined) return cached;
    const name = this.named(tag);
    this.elementNames ??= new Map();
    if (this.elementNames.size < CACHED_NAMES_MAX) this.elementNames.set(tag, name);
    return name;
  }

  /** Attributes without prefix have no namespace (section 6.2). */
  attributeName(tag: string): string {
    const cached = this.attributeNames?.get(tag);
    if (cached !== undefined) return cached;
    const local = localIn(tag).toLowerCase();
    const canonical = local.length === tag.length ? '' : this.prefix(prefixIn(tag));
    const name = canonical === '' ? local : `${canonical}:${local}`;
    this.attributeNames ??= new Map();
    if (this.attributeNames.size < CACHED_NAMES_MAX) this.attributeNames.set(tag, name);
    return name;
  }

  private named(tag: string): ElementName {
    const prefix = prefixIn(tag);
    const local = localIn(tag);
    const canonical = this.prefix(prefix);
    const name = canonical === '' ? local.toLowerCase() : `${canonical}:${local.toLowerCase()}`;
    return elementNamed(name, canonical, () =>
      extensionName(canonical, local, { prefix, namespace: this.uri(prefix) }),
    );
  }

  private prefix(prefix: string): string {
    for (let scope: NamespaceScope | undefined = this; scope !== undefined; scope = scope.outer) {
      const found = scope.prefixes.get(prefix);
      if (found !== undefined) return found;
    }
    return prefix === '' ? '' : conventionalPrefix(prefix);
  }

  /** The namespace that a prefix is bound to; empty where it is to none. */
  private uri(prefix: string): string {
    for (let scope: NamespaceScope | undefined = this; scope !== undefined; scope = scope.outer) {
      const found = scope.uris.get(prefix);
      if (found !== undefined) return found;
    }
    return '';
  }
}

function prefixIn(tag: string): string {
  const colon = tag.indexOf(':');
  return colon < 0 ? '' : tag.slice(0, colon).toLowerCase();
}

function localIn(tag: string): string {
  return tag.slice(tag.indexOf(':') + 1);
}

/** A namespace that nobody knows keeps a prefix by which everyone knows it: its URI is then one more misspelling. */
function canonicalPrefix(prefix: string, uri: string): string {
  if (uri === '') return prefix === '' ? '' : conventionalPrefix(prefix);
  const known = prefixOfUri(uri);
  return known ?? prefixOfUnknown(prefix, uri);
}

/** Whatever namespace a plain root declares, right or wrong, is the one that its plain descendants are of. */
export function scopeOfRoot(kind: RootKind, isPlain: boolean, scope: NamespaceScope): NamespaceScope {
  if (kind === 'atom' || kind === 'entry') return scope.withDefault('atom');
  const isUnknown = scope.elementName('item').name.startsWith('{');
  return isPlain || isUnknown ? scope.withDefault('') : scope;
}
