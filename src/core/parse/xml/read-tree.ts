// A document's text to its tree: characters cleaned, prolog passed, then scanner and tree builder.
import type { ParseLimits } from '../limits.ts';
import { readProlog } from './prolog.ts';
import { cleanCharacters } from './references.ts';
import { Scanner } from './scanner.ts';
import { TreeBuilder, type XmlTree } from './tree-builder.ts';

/** Never fails for what the document is like; throws ReadError `too-deep`. */
export function readTree(document: string, limits: ParseLimits): XmlTree {
  let isDamaged = document.trimStart()[0] !== '<';
  const text = cleanCharacters(document, () => {
    isDamaged = true;
  });
  const { end, entities } = readProlog(text);
  const source = text.slice(end);
  const builder = new TreeBuilder(source, entities, limits);
  if (isDamaged) builder.damage();
  new Scanner(source, builder, limits).run();
  return builder.end();
}
