// What the configuration may say about a source, key by key. Checks only: source.ts makes a Source of it.
import { z } from 'zod';
import { isConfigId } from '../../model/ids.ts';
import { isPublicAddress, isSourceAddress, isWebAddress } from './addresses.ts';
import { categoryMapSchema } from './category-map.ts';
import { isCronExpression } from './cron-expression.ts';
import { type Check, lineOfText, WRITTEN } from './fields.ts';
import { headersSchema } from './headers.ts';
import { isTimeZone } from './languages-and-zones.ts';
import { interval } from './quantity-checks.ts';
import { filterKeys } from './rule-schema.ts';
import { contentSchema, excerptLengthSchema } from './show-schema.ts';
import { wordingSchema } from './wording-schema.ts';

export const isId: Check = (text) =>
  isConfigId(text)
    ? undefined
    : `${WRITTEN} cannot be an id; write 1 to 64 letters (a to z), digits and inner "-"`;

const categories = z
  .array(lineOfText())
  .max(50)
  .optional()
  .describe('Categories that are added to every item');

/** A value, or `{force: value}` to say it over what the publisher's own feed says. */
function forcible(text: z.ZodType<string, string>, what: string) {
  const forced = z.strictObject({ force: text.describe(`${what}, whatever the publisher's own feed says`) });
  return z.union([text, forced], { error: `${WRITTEN} is neither a text nor {force: …}` });
}

/** Each may stand under `defaults:` too. */
const sharedKeys = {
  every: interval('1s', '30d')
    .optional()
    .describe(
      'How often it is polled, for example 30m (default: 1h); 15m..24h follows how often it publishes, between the two',
    )
    .meta({ examples: ['30m', '1h', '1d', '15m..24h'] }),
  schedule: lineOfText(isCronExpression)
    .optional()
    .describe('When it is polled, as a cron expression of five fields, in place of every')
    .meta({ examples: ['*/15 6-22 * * *'] }),
  timezone: lineOfText(isTimeZone)
    .optional()
    .describe('The time zone of schedule, for example Europe/Berlin (default: the one of the machine)'),
  categories,
  categoryMap: categoryMapSchema,
  content: contentSchema,
  excerptLength: excerptLengthSchema,
  rights: forcible(lineOfText(), 'The rights')
    .optional()
    .describe(
      "A statement of rights, for items whose publisher makes none; {force: …} also over the publisher's own",
    ),
  license: forcible(lineOfText(isWebAddress), 'The licence')
    .optional()
    .describe("The address of a licence, for items that have none; {force: …} also over the publisher's own"),
  items: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('At most so many of its newest items are kept (default: 500)'),
  join: z
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .describe('How many of its newest items it brings along when it is first polled (default: all of them)'),
  publicUrl: lineOfText(isPublicAddress)
    .optional()
    .describe('What is published as its address where url carries a secret'),
  ...filterKeys,
  headers: headersSchema
    .optional()
    .describe(
      `Request headers, sent to the origin of url only, for example {Authorization: "Bearer \${TOKEN}"}`,
    ),
  weight: z
    .number()
    .min(0)
    .max(1_000)
    .optional()
    .describe('Which copy leads when two sources carry one story: the greater (default: 1)'),
  enabled: z.boolean().optional().describe('Whether it is polled and published (default: true)'),
  attribution: wordingSchema
    .optional()
    .describe('How its items are credited, over what the feed and the site say'),
};

export const ITS_FEED =
  'Its feed: an http or https address, a file: address, or a path relative to this file';

export const sourceSchema = z
  .strictObject({
    id: lineOfText(isId)
      .optional()
      .describe("Its id: letters, digits and '-' (default: made of the name, else of the address)"),
    url: lineOfText(isSourceAddress).optional().describe(ITS_FEED),
    name: lineOfText().optional().describe("What notes and pages call it (default: the source's own title)"),
    opml: lineOfText(isSourceAddress)
      .optional()
      .describe(
        'In place of url: an OPML list, an address or a path as for url, whose feeds are all sources; it is followed as it changes, and the other keys hold for each of its feeds',
      ),
    ...sharedKeys,
  })
  .meta({
    id: 'Source',
    title: 'Source',
    description: 'A feed that is read, or a list of them',
    anyOf: [{ required: ['url'] }, { required: ['opml'] }],
  });

export const defaultsSchema = z.strictObject(sharedKeys).meta({
  id: 'SourceDefaults',
  title: 'Defaults',
  description: 'What holds for every source that does not say otherwise',
});

export type SourceInput = z.infer<typeof sourceSchema>;
export type SourceDefaults = z.infer<typeof defaultsSchema>;
