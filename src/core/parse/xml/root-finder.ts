// Which element of a document is the root of its feed: mostly the first, but there may be junk before it, a second root
// behind it, or a page around it.
import type { NamespaceScope } from './namespace-scope.ts';
import { scopeOfRoot } from './namespace-scope.ts';
import { type RootKind, rootKindOf } from './roles.ts';
import type { Tag } from './tags.ts';

export class RootFinder {
  /** Of the first root, as is `scope`. */
  kind: RootKind | undefined;
  scope: NamespaceScope | undefined;
  /** Lower-case name of the first element in the document, whatever it is. */
  private firstKey: string | undefined;

  see(tag: Tag): void {
    this.firstKey ??= tag.key;
  }

  /** The scope of a feed's root; undefined for any other element, which is passed over with what is junk around it. */
  enter(tag: Tag, scope: NamespaceScope): NamespaceScope | undefined {
    const { name } = tag.nameIn(scope);
    const isPlain = !tag.key.includes(':');
    let kind = rootKindOf(name) ?? (isPlain ? rootKindOf(tag.key) : undefined);
    if (kind === 'channel' && this.firstKey !== tag.key) kind = undefined;
    // A page may have a feed in it by mistake of its maker: then only what is Atom's by its namespace counts.
    if (this.firstKey === 'html' && !name.startsWith('atom:')) kind = undefined;
    if (kind === undefined) return undefined;
    const rooted = scopeOfRoot(kind, isPlain, scope);
    this.kind ??= kind;
    this.scope ??= rooted;
    return rooted;
  }
}
