// A canonical name with the parts that elements of that name play while the tree is built.

import type { ExtensionName } from '../../../model/vocabularies.ts';
import {
  isContainer,
  isEmptyAnywhere,
  isField,
  isItemName,
  isTextField,
  isValue,
  NAMES_WITH_ROLES,
} from './roles.ts';

interface Roles {
  readonly isItem: boolean;
  readonly isContainer: boolean;
  readonly isTextField: boolean;
  readonly isValue: boolean;
  readonly isField: boolean;
  readonly isEmpty: boolean;
}

export interface ElementName extends Roles {
  /** Canonical: `title`, `atom:link`, `dc:creator`. */
  readonly name: string;
  /** Of a vocabulary beside those that feeds are written in: whoever has it keeps it as an extension. */
  readonly isExtension: boolean;
  /** The name under which it is kept. */
  readonly extension: () => ExtensionName;
}

/** Vocabularies that are read into fields, or that are markup. */
const OWN_PREFIXES: ReadonlySet<string> = new Set([
  ...['', 'atom', 'xhtml', 'svg', 'mathml', 'rdf', 'xml', 'xlink', 'content', 'at', 'tributary'],
]);

/** `prefix` is the canonical one, which `name` has. `extension` is asked once, and only for elements that are kept as such. */
export function elementNamed(name: string, prefix: string, extension: () => ExtensionName): ElementName {
  let known: ExtensionName | undefined;
  return {
    ...(ROLES.get(name) ?? rolesOf(name)),
    name,
    isExtension: !OWN_PREFIXES.has(prefix),
    extension: () => {
      known ??= extension();
      return known;
    },
  };
}

const ROLES: ReadonlyMap<string, Roles> = new Map(
  Array.from(NAMES_WITH_ROLES, (name) => [name, rolesOf(name)]),
);

function rolesOf(name: string): Roles {
  return {
    isItem: isItemName(name),
    isContainer: isContainer(name),
    isTextField: isTextField(name),
    isValue: isValue(name),
    isField: isField(name),
    isEmpty: isEmptyAnywhere(name),
  };
}
