// Patterns of rules, on RE2's engine: time in the length of pattern times text, whatever either says (ADR 18).
import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS>();

/** `pattern` in RE2's syntax, as the configuration has found it right. Throws where it is not. */
export function matchesPattern(pattern: string, text: string): boolean {
  let engine = compiled.get(pattern);
  if (engine === undefined) {
    engine = RE2JS.compile(pattern);
    compiled.set(pattern, engine);
  }
  return engine.test(text);
}

/** What the engine has learnt of each pattern, up to 8 MB: to be forgotten when a feed's items are judged. */
export function forgetPatterns(): void {
  compiled.clear();
}
