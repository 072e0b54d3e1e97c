// Regular expressions of rules: `/…/flags` as people write them, in the syntax of RE2, whose time is bounded. What RE2 leaves
// out is refused with what to write in its place.
import { RE2JS } from 're2js';
import { messageOf } from '../../model/errors.ts';
import { type Check, type Complaint, WRITTEN } from './fields.ts';

const PATTERN_CHARS_MAX = 1_000;
/** What the engine's time for each character is bounded by. */
const INSTRUCTIONS_MAX = 2_500;

interface WrittenPattern {
  readonly source: string;
  readonly flags: string;
}

/** Undefined for text that is no regular expression: one stands between two slashes, flags after the second. */
export function writtenPattern(text: string): WrittenPattern | undefined {
  const { source, flags } = /^\/(?<source>.+)\/(?<flags>[dgimsuvy]*)$/is.exec(text.trim())?.groups ?? {};
  return source === undefined || flags === undefined ? undefined : { source, flags };
}

export const isPattern: Check = (text) => {
  const written = writtenPattern(text);
  return written && (flagsComplaint(written.flags) ?? sourceComplaint(written));
};

/** In RE2's syntax, its flags in it. `u` says nothing: text is always read by code points. */
export function re2Pattern({ source, flags }: WrittenPattern): string {
  const kept = [...new Set(flags)].filter((flag) => 'ims'.includes(flag)).join('');
  const translated = RE2JS.translateRegExp(source.normalize('NFC'));
  return kept === '' ? translated : `(?${kept})${translated}`;
}

function flagsComplaint(flags: string): Complaint | undefined {
  const unknown = [...flags].find((flag) => !'imsu'.includes(flag));
  if (unknown === undefined) return undefined;
  const meant = 'ims'.includes(unknown.toLowerCase())
    ? `did you mean ${unknown.toLowerCase()}?`
    : 'leave it out';
  return `has the flag ${unknown}, which means nothing here; ${meant} (i: letters' case aside, m: ^ and $ at each line, s: . also finds line breaks)`;
}

function sourceComplaint(written: WrittenPattern): Complaint | undefined {
  if (written.source.length > PATTERN_CHARS_MAX)
    return `is longer than ${PATTERN_CHARS_MAX} characters; write several rules`;
  const syntax = withoutLiterals(written.source);
  const missing = MISSING.find(({ found }) => found.test(syntax));
  if (missing !== undefined) return `${WRITTEN} has ${missing.what}; ${missing.instead}`;
  try {
    return RE2JS.compile(re2Pattern(written)).programSize() > INSTRUCTIONS_MAX
      ? `${WRITTEN} is too large when its repetitions are written out; write smaller ones, such as + for {1,900}`
      : undefined;
  } catch (error) {
    return engineComplaint(messageOf(error));
  }
}

/** What RE2 has none of, since nothing bounds the time of it. */
const MISSING: readonly { readonly found: RegExp; readonly what: string; readonly instead: string }[] = [
  {
    found: /\(\?[=!]/,
    what: 'a look-ahead, (?=…) or (?!…), which is not supported',
    instead: 'write one rule in include and another in exclude',
  },
  {
    found: /\(\?<[=!]/,
    what: 'a look-behind, (?<=…) or (?<!…), which is not supported',
    instead: 'write one rule in include and another in exclude',
  },
  {
    found: /\\[1-9]|\\k[<{']|\(\?P=/,
    what: 'a back-reference (\\1, \\k<name>), which is not supported',
    instead: 'write out what may stand there: (a|b)',
  },
  {
    found: /\(\?>|[*+?}]\+/,
    what: 'a group or repetition that never gives back, (?>…) or a++, which is not supported',
    instead: 'write a+: matching takes no longer for it',
  },
  {
    found: /\\(?![dDsSwWbBAzpPnrtfvxucQE0])[A-Za-z]/,
    what: 'an escape that is unknown',
    instead: 'write the letter alone (the end of the text is $ or \\z)',
  },
  {
    found: /\\u\{?d[89a-f]/i,
    what: 'half a character, \\uD83D',
    instead: 'write the character itself, or \\u{1F600}',
  },
];

/** Escaped signs, and what is no escape in character classes: nothing of it is syntax. */
function withoutLiterals(source: string): string {
  return source
    .replace(/\\[^a-z0-9]/gi, '_')
    .replace(/\[\^?\]?[^\]]*\]/g, (set) => (set.match(/\\\w{1,2}/g) ?? []).join('') || '_');
}

const ENGINE_COMPLAINTS: readonly (readonly [RegExp, string])[] = [
  [
    /repeat count/,
    'a repetition of more than 1,000 (one within another multiplies); write + or * or a smaller one',
  ],
  [/nested repetition/, 'two repetitions in a row; keep one, or put the first in (?:…)'],
  [
    /missing argument to repetition/,
    'a repetition of nothing; write \\*, \\+ or \\? where the sign is meant',
  ],
  [/missing closing \]/, 'a "[" without its "]"; write \\[ where the sign is meant'],
  [/missing closing \)/, 'a "(" without its ")"; write \\( where the sign is meant'],
  [/unexpected \)/, 'a ")" without its "("; write \\) where the sign is meant'],
  [
    /`\\[pP]/,
    'a class of characters that is unknown; write for example \\p{L} (letters), \\p{Lu} (capitals) or \\p{Greek}',
  ],
  [/escape sequence/, 'an escape that is unknown; only signs need a backslash'],
  [/class range/, 'a range of characters that is none; write the lesser one first: [a-z]'],
  [/named capture/, 'a group whose name is none; write (?:…)'],
  [/Perl syntax/, 'a kind of group that is unknown; write (?:…)'],
  [/too large/, 'too much in it; write several rules'],
];

function engineComplaint(message: string): Complaint {
  const known = ENGINE_COMPLAINTS.find(([found]) => found.test(message))?.[1];
  const at = / (`[^`]{1,40}`)$/.exec(message)?.[1];
  const blind = `${WRITTEN} has ${known ?? 'a mistake in its regular expression (the syntax is that of RE2)'}`;
  return { message: at === undefined ? blind : `${blind}: ${at.replaceAll('`', '"')}`, blind };
}
