// A canonical name with the parts that elements of that name play while the tree is built.
import { isContainer, isEmptyAnywhere, isField, isItemName, isTextField, isValue } from './roles.ts';

export interface ElementName {
  /** Canonical: `title`, `atom:link`, `dc:creator`. */
  readonly name: string;
  readonly isItem: boolean;
  readonly isContainer: boolean;
  readonly isTextField: boolean;
  readonly isValue: boolean;
  readonly isField: boolean;
  readonly isEmpty: boolean;
}

export function elementNamed(name: string): ElementName {
  return {
    name,
    isItem: isItemName(name),
    isContainer: isContainer(name),
    isTextField: isTextField(name),
    isValue: isValue(name),
    isField: isField(name),
    isEmpty: isEmptyAnywhere(name),
  };
}
