// What the schema's fields are made of: zod strings with checks whose messages are for people.
import { z } from 'zod';

export const NOT_AVAILABLE = 'not available in this version';

/** Stands in a message for the value as the file has it. Checks never see that text, and never quote what they see. */
export const WRITTEN = '%written';

/**
 * What is wrong with a text. `blind` is said in place of `message` where the value came from the environment: a
 * message that quotes a part of the value needs one.
 */
export type Complaint = string | { readonly message: string; readonly blind: string };

/** Undefined where nothing is wrong. */
export type Check = (text: string) => Complaint | undefined;

/** A string that passes the checks, white space around it aside; the first complaint is the one that counts. */
export function checkedText(...checks: readonly Check[]) {
  return withChecks(z.string(), checks);
}

/** The same, with a message of its own for what is no text at all. */
export function checkedTextOr(otherwise: string, ...checks: readonly Check[]) {
  return withChecks(z.string({ error: otherwise }), checks);
}

function withChecks(text: z.ZodString, checks: readonly Check[]) {
  return text.superRefine((value, context) => {
    for (const check of checks) {
      const complaint = check(value.trim());
      if (complaint === undefined) continue;
      const said = typeof complaint === 'string' ? { message: complaint, blind: complaint } : complaint;
      context.addIssue({ code: 'custom', message: said.message, params: { blind: said.blind } });
      return;
    }
  });
}

/** A text on one line that says something. */
export function lineOfText(...checks: readonly Check[]) {
  return checkedText(isNotBlank, ...checks);
}

export function isNotBlank(text: string): Complaint | undefined {
  return text.trim() === '' ? 'is empty' : undefined;
}

/** A key that the contract names and this version refuses. */
export function notYet(what: string) {
  return z.never().optional().describe(`${what} (${NOT_AVAILABLE})`);
}

/** One of a few words; `later` are those that the contract names and this version refuses. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
  later: readonly string[] = [],
) {
  return z.enum(words, {
    error: ({ input }) => (typeof input === 'string' && later.includes(input) ? NOT_AVAILABLE : undefined),
  });
}

/** White space as one space each: YAML's block scalars end in a line break. */
export function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
