// A document's text to its tree: read as XML has it, and where it is not XML, mended.
import type { ParseLimits } from '../limits.ts';
import { cleanerFor, wordsMended } from './characters.ts';
import { MendingBuilder } from './mending-builder.ts';
import { MendingScanner } from './mending-scanner.ts';
import { type Prolog, readProlog } from './prolog.ts';
import { StrictScanner } from './strict-scanner.ts';
import { TreeBuilder, type TreeSource, type XmlTree } from './tree-builder.ts';

/** Never fails for what the document is like; throws ReadError `too-deep`. `document` has no lone surrogates. */
export function readTree(document: string, limits: ParseLimits): XmlTree {
  let isDamaged = !document.startsWith('<');
  const cleaner = cleanerFor(document, () => {
    isDamaged = true;
  });
  const behind = (text: string, { end, entities }: Prolog): TreeSource => ({
    source: text.slice(end),
    entities,
    cleaner,
    limits,
  });
  const prolog = readProlog(document, limits, false);
  if (prolog !== undefined) {
    const from = behind(document, prolog);
    const builder = new TreeBuilder(from);
    if (isDamaged) builder.damage();
    if (new StrictScanner(from.source, builder).run()) return builder.end();
  }
  const text = cleaner === undefined ? document : wordsMended(document);
  const from = behind(text, readProlog(text, limits, true));
  const builder = new MendingBuilder(from);
  builder.damage();
  new MendingScanner(from.source, builder).run();
  return builder.end();
}
