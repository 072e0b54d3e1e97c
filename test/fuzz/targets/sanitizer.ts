// HTML of strangers: safe after one round and two, the same when it is made safe again, and well-formed.
import { parseFragment, serialize } from 'parse5';
import { excerptHtml } from '../../../src/core/sanitize/excerpt.ts';
import { plainText } from '../../../src/core/sanitize/plain-text.ts';
import { sanitizeHtml } from '../../../src/core/sanitize/sanitize.ts';
import { dangersIn } from '../../core/sanitize/dangers.ts';
import { PAYLOADS } from '../../core/sanitize/payloads.ts';
import { readXml } from '../../oracles/readers.ts';
import { mutate, pick, upTo } from '../mutate.ts';
import { HTML_TOKENS } from '../seeds.ts';
import { holds, type Target } from '../target.ts';

const HTML = PAYLOADS.map(({ html }) => html);

export const sanitizer: Target = {
  name: 'sanitizer',
  make(random) {
    const tokens = Array.from({ length: upTo(random, 24) }, () => pick(random, HTML_TOKENS)).join('');
    return {
      html: mutate(
        random.next() < 0.5 ? pick(random, HTML) : tokens,
        random,
        HTML_TOKENS,
        pick(random, HTML),
      ),
    };
  },
  check({ html = '' }) {
    const safe = sanitizeHtml(html);
    holds(sanitizeHtml(safe) === safe, 'safe HTML is safe as it is');
    harmless(safe);
    readXml(`<div>${safe}</div>`);
    holds(safe.isWellFormed() && plainText(safe).isWellFormed(), 'no text has halves of pairs');
    harmless(excerptHtml(safe, { charsMax: 40, language: 'en', permalink: 'https://h.example/' }).html);
  },
};

function harmless(html: string): void {
  const once = parseFragment(html);
  holds(dangersIn(once.childNodes).length === 0, `harmless: ${dangersIn(once.childNodes)}`);
  const twice = parseFragment(serialize(once)).childNodes;
  holds(dangersIn(twice).length === 0, `harmless when written again: ${dangersIn(twice)}`);
}
