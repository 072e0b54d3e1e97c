// `categoryMap`: what categories are called in our feeds, and which are left out.
import { z } from 'zod';
import type { CategoryMapping } from '../../model/config.ts';
import { type ConfigNode, type Finding, listed, type Path } from './config-node.ts';
import { type Check, checkedText, isNotBlank, lineOfText, onOneLine, WRITTEN } from './fields.ts';

const ENTRIES_MAX = 1_000;

const isNamed: Check = (text) => isNotBlank(text) && 'has an empty name; write the category that is meant';

export const categoryMapSchema = z
  .record(
    checkedText(isNamed),
    z.union([lineOfText(), z.null()], {
      error: `${WRITTEN} is no name of a category; write a text, or null to leave the category out`,
    }),
  )
  .refine((map) => Object.keys(map).length <= ENTRIES_MAX, `has too many; at most ${ENTRIES_MAX}`)
  .optional()
  .describe(
    'What categories are called: {Politik: Politics}; several may become one, null leaves one out. Case does not matter',
  );

export type CategoryMapInput = z.infer<typeof categoryMapSchema>;

/** What `own` says of a category stands in place of what `defaults` say of it. */
export function buildCategoryMap(
  own: CategoryMapInput,
  defaults?: CategoryMapInput,
): readonly CategoryMapping[] | undefined {
  if (own === undefined && defaults === undefined) return undefined;
  const byName = new Map(
    [...Object.entries(defaults ?? {}), ...Object.entries(own ?? {})].map(([from, to]) => {
      const name = onOneLine(from);
      return [name.toLowerCase(), { from: name, to: to === null ? undefined : onOneLine(to) }];
    }),
  );
  return [...byName.values()];
}

/** Names that differ in case alone are one. */
export function categoryMapFindings(root: ConfigNode): readonly Finding[] {
  const defaults = root.children.get('defaults');
  return [
    ...repeatedNames(defaults, ['defaults']),
    ...listed(root.children.get('sources')).flatMap((node, index) => repeatedNames(node, ['sources', index])),
    ...listed(root.children.get('feeds')).flatMap((node, index) => repeatedNames(node, ['feeds', index])),
  ];
}

function repeatedNames(node: ConfigNode | undefined, path: Path): readonly Finding[] {
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const [name, entry] of node?.children.get('categoryMap')?.children ?? []) {
    const folded = onOneLine(String(name)).toLowerCase();
    if (seen.has(folded)) {
      const message = 'given twice; the case of categories does not count';
      findings.push({ offset: entry.keyOffset, path: [...path, 'categoryMap', name], message });
    }
    seen.add(folded);
  }
  return findings;
}
