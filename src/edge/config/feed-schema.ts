// What the configuration may say about a merged feed, key by key. Checks only: feed.ts makes a MergedFeed of it.
import { z } from 'zod';
import { accessSchema } from './access.ts';
import { isPublicAddress } from './addresses.ts';
import { categoryMapSchema } from './category-map.ts';
import { hasPlaceholder } from './feed-placeholders.ts';
import { type Check, lineOfText, oneOf, WRITTEN } from './fields.ts';
import { isLanguageTag } from './languages-and-zones.ts';
import { duration } from './quantity-checks.ts';
import { filterKeys } from './rule-schema.ts';
import { showSchema } from './show-schema.ts';
import { isId } from './source-schema.ts';
import { isTitleFormat } from './templates.ts';
import { wordingSchema } from './wording-schema.ts';

/** Each is told of each change, in each format. */
const HUBS_MAX = 10;

const selectionSchema = z.union(
  [
    z.literal('all'),
    z.array(lineOfText()).min(1),
    z.strictObject({
      categories: z.array(lineOfText()).min(1).describe('Sources that have one of these categories'),
    }),
  ],
  {
    error: `${WRITTEN} selects no sources; write all, a list of ids such as [harbour, council], or {categories: [News]}`,
  },
);

const deduplicateSchema = z.strictObject({
  by: z
    .array(oneOf(['id', 'url', 'similar']))
    .optional()
    .describe('By what two items are one: [id, url] is the default, [] never; similar compares their texts'),
  window: duration('1h', '90d')
    .optional()
    .describe('How far apart two items may be published to be one by similar (default: 14d)'),
});

/** Placeholders are looked at where it is known what they stand for. */
const isFeedId: Check = (text) => (hasPlaceholder(text) ? undefined : isId(text));

const count = z.int().min(1).max(10_000).optional();

const perSourceSchema = z
  .strictObject({
    limit: count.describe('At most so many of its newest items'),
    perDay: count.describe('At most so many of its newest items of one day (UTC)'),
  })
  .refine((said) => Object.keys(said).length > 0, {
    error: 'says nothing; write limit, perDay or both',
    when: ({ issues }) => issues.length === 0,
  });

export const feedSchema = z
  .strictObject({
    forEach: oneOf(['source', 'category'])
      .optional()
      .describe(
        'Makes a feed for each of the sources, or for each of their categories, of these very keys; {id} and {name} in id, title and description say which',
      ),
    id: lineOfText(isFeedId)
      .optional()
      .describe(
        "Its id, part of its address: letters, digits and '-'; with forEach a template (default: by-{id})",
      ),
    title: lineOfText().optional().describe('Its title; with forEach a template (default: "{name}")'),
    description: lineOfText().optional().describe('What it is about'),
    language: lineOfText(isLanguageTag)
      .optional()
      .describe('Its language tag (RFC 5646), for example en or de-CH'),
    sources: selectionSchema
      .optional()
      .describe('Which sources: all (the default), a list of ids, or {categories: […]}'),
    limit: z.int().min(1).max(10_000).optional().describe('At most so many items (default: 100)'),
    maxAge: duration('1m', '36500d')
      .optional()
      .describe('Items older than that leave the feed, for example 90d'),
    perSource: perSourceSchema.optional().describe('How many items one source may have in it'),
    deduplicate: deduplicateSchema.optional().describe('When two items are one'),
    titleFormat: lineOfText(isTitleFormat)
      .optional()
      .describe('How item titles are written (default: "{title}"), for example "{title} – {source}"'),
    show: showSchema
      .optional()
      .describe(
        'The most that is shown of an item, by its declared rights: a class or the address of a licence',
      ),
    categoryMap: categoryMapSchema,
    ...filterKeys,
    hubs: z
      .array(lineOfText(isPublicAddress))
      .max(HUBS_MAX)
      .optional()
      .describe('WebSub hubs that are told of every change, for example [https://hub.example/]'),
    archive: z
      .boolean()
      .optional()
      .describe('Whether items that leave it stay to be read in archives, RFC 5005 (default: false)'),
    image: lineOfText(isPublicAddress).optional().describe('The address of its picture'),
    author: z
      .strictObject({
        name: lineOfText().describe('The name of a person or an organization'),
        url: lineOfText(isPublicAddress).optional().describe('Their page'),
      })
      .optional()
      .describe('Who publishes this feed; never taken for the author of an item'),
    access: accessSchema
      .optional()
      .describe(
        'Makes it private: read with a token or a password alone, told of on no page and in no list (default: everybody may read it); not with hubs',
      ),
    noindex: z
      .boolean()
      .optional()
      .describe('Whether search engines are asked to stay away (default: false; always of a private feed)'),
    attribution: wordingSchema
      .optional()
      .describe('How items are credited in this feed, over what the site says'),
  })
  .meta({
    id: 'Feed',
    title: 'Feed',
    description: 'A feed that is published',
    // Of the JSON Schema alone: feed-template.ts says it in words.
    anyOf: [{ required: ['id', 'title'] }, { required: ['forEach'] }],
  });

export type FeedInput = z.infer<typeof feedSchema>;
