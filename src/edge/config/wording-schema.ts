// `attribution:`, which stands at the top, in a source and in a feed.
import { z } from 'zod';
import type { AttributionWording } from '../../model/config.ts';
import { checkedText, isNotBlank, lineOfText, oneOf, onOneLine } from './fields.ts';
import { isTimeZone } from './languages-and-zones.ts';
import { isNoteTemplate } from './templates.ts';

export const wordingSchema = z
  .strictObject({
    position: oneOf(['before', 'after', 'both', 'none'])
      .optional()
      .describe('Where the note stands: before the content, after it (the default), both, or none'),
    template: checkedText(isNotBlank, isNoteTemplate)
      .optional()
      .describe(
        'HTML with {placeholders}; parts in [ … ] go when a value in them is missing (default: in the language of the feed)',
      ),
    copyright: z
      .string()
      .optional()
      .describe('The text of {copyright} (default: a sentence in the language of the feed); empty for none'),
    timezone: lineOfText(isTimeZone)
      .optional()
      .describe('The time zone of the dates in notes, for example Europe/Berlin (default: UTC)'),
  })
  .meta({ id: 'Attribution', title: 'Attribution', description: 'How items are credited' });

export type WordingInput = z.infer<typeof wordingSchema>;

/** Only the keys that are given, so that laying it over another wording changes nothing else. */
export function buildWording(input: WordingInput | undefined): Partial<AttributionWording> {
  const { position, template, copyright, timezone } = input ?? {};
  return {
    ...(position !== undefined && { position }),
    ...(template !== undefined && { template: template.trim() }),
    ...(copyright !== undefined && { copyright: onOneLine(copyright) }),
    ...(timezone !== undefined && { timezone: timezone.trim() }),
  };
}
