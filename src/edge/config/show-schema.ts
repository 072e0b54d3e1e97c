// `content:` of a source and `show:` of a feed: how much of items is shown.
import { z } from 'zod';
import {
  DEFAULT_CONTENT,
  DEFAULT_SHOW,
  RIGHTS_CLASSES,
  type RightsClass,
  SHOWN_LEVELS,
  type Shown,
  type ShownSetting,
  type ShowTable,
} from '../../model/shown.ts';
import { isPublicAddress } from './addresses.ts';
import type { ConfigNode, Finding } from './config-node.ts';
import { oneOf } from './fields.ts';
import { didYouMean } from './suggest.ts';

const level = oneOf(SHOWN_LEVELS);

export const contentSchema = level
  .optional()
  .describe(
    'The most that is published of an item: full (the default), excerpt, title (no text), or link (title, link and credit only)',
  );

export const EXCERPT_CHARS_MIN = 20;
export const EXCERPT_CHARS_MAX = 10_000;

export const excerptLengthSchema = z
  .int()
  .min(EXCERPT_CHARS_MIN)
  .max(EXCERPT_CHARS_MAX)
  .optional()
  .describe('At most so many characters of text are in an excerpt (default: 300)');

const DESCRIPTIONS: Readonly<Record<RightsClass, string>> = {
  unknown: 'Items whose rights nobody states, or in words that are not known (default: full)',
  'all-rights-reserved': 'Items with all rights reserved, or claimed without a licence (default: full)',
  cc: 'Items under a Creative Commons licence (default: full)',
  'public-domain': 'Items under CC0 or in the public domain (default: full)',
  'reserved-tdm': 'Items whose publisher reserves text and data mining (default: excerpt)',
  rsl: 'Items whose publisher declares RSL terms that reserve something (default: excerpt)',
};

const classes = Object.fromEntries(
  RIGHTS_CLASSES.map((name) => [name, level.optional().describe(DESCRIPTIONS[name])]),
) as Record<RightsClass, z.ZodOptional<typeof level>>;

const LICENSES_MAX = 200;

/** Keys that are no class are licences: `showFindings` looks at them, so that these mistakes are told with all others. */
export const showSchema = z.object(classes).catchall(level);

export function showFindings(feeds: readonly ConfigNode[]): readonly Finding[] {
  return feeds.flatMap((feed, index) => {
    const table = feed.children.get('show');
    const licenses = [...(table?.children ?? [])].filter(([key]) => !isClass(String(key)));
    const path = ['feeds', index, 'show'];
    const tooMany: Finding[] =
      table === undefined || licenses.length <= LICENSES_MAX
        ? []
        : [{ offset: table.offset, path, message: `has too many licences; at most ${LICENSES_MAX}` }];
    const wrong = licenses.flatMap(([key, node]) => {
      const message = Array.isArray(table?.value) ? undefined : complaintAbout(String(key));
      return message === undefined ? [] : [{ offset: node.keyOffset, path: [...path, key], message }];
    });
    return [...tooMany, ...wrong];
  });
}

function isClass(key: string): key is RightsClass {
  return (RIGHTS_CLASSES as readonly string[]).includes(key);
}

function complaintAbout(key: string): string | undefined {
  if (/^https?:/i.test(key)) {
    const complaint = isPublicAddress(key);
    return complaint === undefined ? undefined : 'is not the address of a licence; write it in full';
  }
  const meant = didYouMean(key, RIGHTS_CLASSES);
  return `is no class of rights and no address of a licence${meant === '' ? `; the classes are ${RIGHTS_CLASSES.join(', ')}` : meant}`;
}

/** A table as the schema lets it through. */
export type ShowInput = { readonly [key: string]: Shown | undefined };

type LineAt = (offset: number) => number;

/** The defaults with what the file says laid over them; each entry remembers its line. */
export function buildShow(
  input: ShowInput | undefined,
  node: ConfigNode | undefined,
  lineAt: LineAt,
): ShowTable {
  const entries = Object.entries(input ?? {}).flatMap(([key, shown]) =>
    shown === undefined ? [] : [{ key, shown, line: lineAt(node?.children.get(key)?.keyOffset ?? 0) }],
  );
  const told = entries.filter(({ key }) => isClass(key));
  return {
    classes: {
      ...DEFAULT_SHOW.classes,
      ...Object.fromEntries(told.map(({ key, shown, line }) => [key, { shown, line }])),
    },
    licenses: entries
      .filter(({ key }) => !isClass(key))
      .map(({ key, shown, line }) => ({ url: new URL(key.trim()).href, shown, line })),
  };
}

export function buildContent(
  input: Shown | undefined,
  node: ConfigNode | undefined,
  lineAt: LineAt,
): ShownSetting {
  if (input === undefined) return DEFAULT_CONTENT;
  return { shown: input, line: lineAt(node?.keyOffset ?? 0) };
}
