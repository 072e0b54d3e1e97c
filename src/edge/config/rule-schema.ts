// `include` and `exclude`, as sources and feeds have them.
import { z } from 'zod';
import type { Filter, FilterRule, RuleTest, TextField } from '../../model/config.ts';
import { type ConfigNode, listed } from './config-node.ts';
import { type Check, lineOfText, onOneLine, WRITTEN } from './fields.ts';
import { isLanguageTag } from './languages-and-zones.ts';
import { durationMs, parseDuration } from './quantities.ts';
import { isPattern, re2Pattern, writtenPattern } from './rule-pattern.ts';

const TEXT_FIELDS = [
  'title',
  'author',
  'category',
  'link',
  'content',
] as const satisfies readonly TextField[];
const RULE_FIELDS = [...TEXT_FIELDS, 'language', 'age', 'enclosure'] as const;

const FAMILIES = ['audio', 'video', 'image', 'text', 'application', 'font', 'model'];

const isMediaType: Check = (text) => {
  const [family = '', subtype] = text.toLowerCase().split('/', 2);
  const isType = FAMILIES.includes(family) && (subtype === undefined || /^[\w.+-]+$/.test(subtype));
  return isType ? undefined : `${WRITTEN} is no media type; write for example audio, image or audio/mpeg`;
};

const AGE = /^(?<sign>[<>])\s*(?<duration>\S+)$/;
const AGE_MAX = '36500d';

const isAge: Check = (text) => {
  const ms = parseDuration(AGE.exec(text)?.groups?.['duration'] ?? '');
  if (ms === undefined)
    return `${WRITTEN} is no age; write ">30d" (older than that) or "<12h" (younger), in quotes`;
  return ms <= durationMs(AGE_MAX) ? undefined : `${WRITTEN} is too large; at most ${AGE_MAX}`;
};

/** A tag whose language is a code of ISO 639: `german` is a tag too, as RFC 5646 has it, and says nothing. */
const isLanguageRange: Check = (text) =>
  isLanguageTag(text) ??
  (/^[a-z]{4}/i.test(text)
    ? `${WRITTEN} is no code of a language; write for example de or de-CH`
    : undefined);

const ruleText = lineOfText(isPattern);
const inField = (field: TextField) =>
  ruleText.optional().describe(`A text, or a regular expression between slashes, that its ${field} has`);

const ruleByField = z
  .strictObject({
    title: inField('title'),
    author: inField('author'),
    category: inField('category'),
    link: inField('link'),
    content: inField('content'),
    language: lineOfText(isLanguageRange)
      .optional()
      .describe('The language that it is in: en finds en-GB too. Guessed where nothing says it'),
    age: lineOfText(isAge)
      .optional()
      .describe('How old it is: ">30d" (its date lies further back) or "<12h" (not so far)'),
    enclosure: lineOfText(isMediaType)
      .optional()
      .describe('The media type of something enclosed: audio, image, audio/mpeg'),
  })
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
    description:
      'A text to look for anywhere, or in one field: {title: ferry}; case does not matter. /tram|bus/i is a regular expression',
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
export type RuleInput = z.infer<typeof ruleSchema>;

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
  return rules.map((rule, index) => ({ ...testOf(rule), line: lineAt(nodes[index]?.offset ?? 0) }));
}

function testOf(rule: RuleInput): RuleTest {
  if (typeof rule === 'string') return textTest(rule, undefined);
  if (rule.language !== undefined) return { kind: 'language', range: rule.language.trim() };
  if (rule.age !== undefined) return ageTest(rule.age);
  if (rule.enclosure !== undefined)
    return { kind: 'enclosure', mediaType: rule.enclosure.trim().toLowerCase() };
  const field = TEXT_FIELDS.find((name) => rule[name] !== undefined);
  return textTest(field === undefined ? '' : (rule[field] ?? ''), field);
}

function textTest(text: string, field: TextField | undefined): RuleTest {
  const written = writtenPattern(text);
  if (written === undefined) return { kind: 'words', field, text: onOneLine(text) };
  return { kind: 'pattern', field, pattern: re2Pattern(written), written: text.trim() };
}

function ageTest(age: string): RuleTest {
  const { sign, duration } = AGE.exec(age.trim())?.groups ?? {};
  return { kind: 'age', than: sign === '>' ? 'older' : 'younger', ms: durationMs(duration ?? '') };
}
