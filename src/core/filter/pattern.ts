// Patterns of rules, on RE2's engine: time in the length of pattern times text, whatever either says (ADR 18). A pattern looks at
// the less of a text the larger it is, so that no text holds up everything else.
import { RE2JS } from 're2js';

/** Characters times instructions, of what counted repetitions are written out to: about a tenth of a second at the worst. */
const REPEATED_WORK_MAX = 1_000_000;
/** The same of whole patterns: words that may stand there keep few states alive. */
const WORK_MAX = 20_000_000;

interface Engine {
  readonly re2: RE2JS;
  readonly charsMax: number;
}

const compiled = new Map<string, Engine>();

/**
 * Whether `pattern`, in RE2's syntax as the configuration has found it right, is found in the beginning of `text`: in as much of
 * it as a pattern of its size looks at, as if that were all. Throws where the pattern is not right.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  let engine = compiled.get(pattern);
  if (engine === undefined) {
    engine = engineOf(pattern);
    compiled.set(pattern, engine);
  }
  return engine.re2.test(text.slice(0, engine.charsMax));
}

/** What the engine has learnt of each pattern, up to 8 MB: to be forgotten when a feed's items are judged. */
export function forgetPatterns(): void {
  compiled.clear();
}

function engineOf(pattern: string): Engine {
  const re2 = RE2JS.compile(pattern);
  const size = re2.programSize();
  const repeated = Math.max(1, size - sizeWithoutCounts(pattern));
  return { re2, charsMax: Math.floor(Math.min(WORK_MAX / size, REPEATED_WORK_MAX / repeated)) };
}

/** With `a+` for `a{3,900}`; 0 where that is no pattern, as in a class of characters. */
function sizeWithoutCounts(pattern: string): number {
  const bare = pattern.replace(/\\x\{[^}]*\}|\\.|\{\d+(?:,\d*)?\}/gs, (found) =>
    found.startsWith('{') ? '+' : found,
  );
  try {
    return RE2JS.compile(bare).programSize();
  } catch {
    return 0;
  }
}
