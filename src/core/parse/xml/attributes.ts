// Attributes as a flat list, names and values in turn: they are few, and no name from a document becomes an object's key.
import type { NamespaceScope } from './namespace-scope.ts';

export type AttributeList = readonly string[];

export function attributeNamed(attributes: AttributeList, name: string): string | undefined {
  for (let index = 0; index < attributes.length; index += 2) {
    if (attributes[index] === name) return attributes[index + 1];
  }
  return undefined;
}

type Declaration = readonly [prefix: string, uri: string];
const NONE: readonly Declaration[] = [];

/** The namespace declarations among attributes as written. */
export function declarationsIn(attributes: AttributeList): readonly Declaration[] {
  let found: Declaration[] | undefined;
  for (let index = 0; index < attributes.length; index += 2) {
    const name = attributes[index] ?? '';
    if (!isDeclaration(name)) continue;
    found ??= [];
    found.push([name.slice(6).toLowerCase(), (attributes[index + 1] ?? '').trim()]);
  }
  return found ?? NONE;
}

/** With canonical names, without the namespace declarations, which have done their work. */
export function canonicalAttributes(attributes: AttributeList, scope: NamespaceScope): AttributeList {
  if (attributes.length === 0) return attributes;
  const canonical: string[] = [];
  for (let index = 0; index < attributes.length; index += 2) {
    const name = attributes[index] ?? '';
    if (!isDeclaration(name)) canonical.push(scope.attributeName(name), attributes[index + 1] ?? '');
  }
  return canonical;
}

export function isDeclaration(name: string): boolean {
  return name.charCodeAt(0) === 0x78 && name.startsWith('xmlns') && (name.length === 5 || name[5] === ':');
}
