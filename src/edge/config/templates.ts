// Checks of wording: the note's template with its {placeholders} and [optional parts], and the titles of feeds.
import { NOTE_PLACEHOLDERS } from '../../model/note-template.ts';
import type { Check, Complaint } from './fields.ts';
import { noteHtmlComplaint } from './note-html.ts';
import { didYouMean } from './suggest.ts';

const TEMPLATE_LENGTH_MAX = 10_000;

export const isNoteTemplate: Check = (text) => {
  if (text.length > TEMPLATE_LENGTH_MAX) return `is longer than ${TEMPLATE_LENGTH_MAX} characters`;
  return placeholderComplaint(text, NOTE_PLACEHOLDERS) ?? bracketComplaint(text) ?? htmlComplaint(text);
};

export const isTitleFormat: Check = (text) => {
  const complaint = placeholderComplaint(text, ['title', 'source']);
  if (complaint !== undefined) return complaint;
  return text.includes('{title}') ? undefined : 'leaves out {title}: every item would be called the same';
};

/** What is wrong with the HTML is told by quoting it. */
function htmlComplaint(text: string): Complaint | undefined {
  const message = noteHtmlComplaint(text);
  return message === undefined ? undefined : { message, blind: 'has HTML that may not stand in a note' };
}

/** The first `{…}` of a text that is none of the known ones, or a brace that stands alone. */
export function placeholderComplaint(text: string, known: readonly string[]): Complaint | undefined {
  for (const [piece, name] of text.matchAll(/\{([^{}]*)\}|[{}]/g)) {
    if (name === undefined) return `has a "${piece}" without its partner; braces stand around placeholders`;
    if (known.includes(name)) continue;
    const list = known.map((word) => `{${word}}`).join(' ');
    const meant = didYouMean(name, known).replace(/"(\w+)"/, '{$1}');
    return {
      message: `{${name.slice(0, 40)}} is no placeholder${meant === '' ? `; there are ${list}` : meant}`,
      blind: `has a placeholder that is unknown; there are ${list}`,
    };
  }
  return undefined;
}

function bracketComplaint(text: string): Complaint | undefined {
  let open = false;
  for (const [bracket] of text.matchAll(/[[\]]/g)) {
    if (bracket === '[' && open) return 'has a "[" inside of [ … ]; optional parts cannot be nested';
    if (bracket === ']' && !open) return 'has a "]" without a "[" before it';
    open = bracket === '[';
  }
  return open ? 'has a "[" without its "]"' : undefined;
}
