// `include` and `exclude`, as sources and feeds have them.
import { z } from 'zod';
import type { Filter, FilterRule, RuleField } from '../../model/config.ts';
import { type ConfigNode, listed } from './config-node.ts';
import { type Check, lineOfText, NOT_AVAILABLE, onOneLine, WRITTEN } from './fields.ts';

const RULE_FIELDS = [
  'title',
  'author',
  'category',
  'link',
  'content',
] as const satisfies readonly RuleField[];

const isPlainRule: Check = (text) =>
  /^\/.+\/[dgimsuvy]*$/s.test(text.trim())
    ? `a regular expression ("/…/") is ${NOT_AVAILABLE}; write the text that is looked for`
    : undefined;

const ruleText = lineOfText(isPlainRule);

const ruleByField = z
  .strictObject(
    Object.fromEntries(RULE_FIELDS.map((field) => [field, ruleText.optional()])) as Record<
      RuleField,
      z.ZodOptional<typeof ruleText>
    >,
  )
  .refine((rule) => Object.keys(rule).length === 1, {
    error: 'a rule looks at one field; write one of them, or several rules',
    // An unknown field has been complained about already.
    when: ({ issues }) => issues.length === 0,
  });

const ruleSchema = z
  .union([ruleText, ruleByField], {
    error: `${WRITTEN} is neither a text nor {FIELD: text}; the fields are ${RULE_FIELDS.join(', ')}`,
  })
  .meta({
    id: 'Rule',
    description: 'A text to look for anywhere, or in one field: {title: ferry}. Case does not matter.',
  });

export const filterKeys = {
  include: z
    .array(ruleSchema)
    .max(1_000)
    .optional()
    .describe('Keep only items that match one of these rules'),
  exclude: z.array(ruleSchema).max(1_000).optional().describe('Drop items that match one of these rules'),
};

/** What the schema makes of a rule. */
export type RuleInput = string | { readonly [Field in RuleField]?: string | undefined };

export interface RuleList {
  readonly rules: readonly RuleInput[];
  /** The list in the file: each rule remembers its line. */
  readonly node: ConfigNode | undefined;
}

export function buildFilter(
  include: RuleList,
  exclude: RuleList,
  lineAt: (offset: number) => number,
): Filter {
  return { include: buildRules(include, lineAt), exclude: buildRules(exclude, lineAt) };
}

function buildRules({ rules, node }: RuleList, lineAt: (offset: number) => number): readonly FilterRule[] {
  const nodes = listed(node);
  return rules.map((rule, index) => {
    const line = lineAt(nodes[index]?.offset ?? 0);
    if (typeof rule === 'string') return { field: undefined, text: onOneLine(rule), line };
    const field = RULE_FIELDS.find((name) => rule[name] !== undefined);
    return { field, text: onOneLine(field === undefined ? '' : (rule[field] ?? '')), line };
  });
}
