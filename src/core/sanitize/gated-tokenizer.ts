// A gate between htmlparser2's Tokenizer and its Parser: opening tags that are not admitted never reach the parser, as if
// they did not stand there. So depth is bounded (the parser is linear but for its stack, which it shifts and searches with
// every tag), and an element that is taken out has no say in where others end.
import { Tokenizer } from 'htmlparser2';
import { DEPTH_MAX } from './limits.ts';

type Options = ConstructorParameters<typeof Tokenizer>[0];
type Callbacks = ConstructorParameters<typeof Tokenizer>[1];

/** What the gate reads of htmlparser2's Parser, which says so in no type; a test holds it to that. */
interface OpenElements {
  /** Names of open elements, innermost first. */
  readonly stack: readonly string[];
  readTagName(start: number, end: number): string;
}

/** May an element `name` open within `open` (innermost first)? */
export type Admission = (name: string, open: readonly string[]) => boolean;

/** For the `Tokenizer` option of htmlparser2's Parser. Closing tags pass: the parser drops those without an open element. */
export function gatedTokenizer(admits: Admission): typeof Tokenizer {
  return class extends Tokenizer {
    constructor(options: Options, parser: Callbacks) {
      super(options, gate(parser as Callbacks & OpenElements, admits));
    }
  };
}

function gate(parser: Callbacks & OpenElements, admits: Admission): Callbacks {
  let dropping = false;
  /** In an iframe: its text is for browsers that know none, and runs to its end tag whatever is in it. */
  let isInFrame = false;
  return {
    onopentagname(start, end) {
      const { stack } = parser;
      const name = parser.readTagName(start, end);
      dropping = stack.length >= DEPTH_MAX || !admits(name, stack);
      isInFrame = name === 'iframe';
      if (!dropping) parser.onopentagname(start, end);
    },
    onattribname(start, end) {
      if (!dropping) parser.onattribname(start, end);
    },
    onattribdata(start, end) {
      if (!dropping) parser.onattribdata(start, end);
    },
    onattribentity(codepoint) {
      if (!dropping) parser.onattribentity(codepoint);
    },
    onattribend(quote, end) {
      if (!dropping) parser.onattribend(quote, end);
    },
    onopentagend(end) {
      if (!dropping) parser.onopentagend(end);
      dropping = false;
    },
    onselfclosingtag(end) {
      if (!dropping) parser.onselfclosingtag(end);
      dropping = false;
    },
    onclosetag(start, end) {
      // A closing tag may have attributes of a kind.
      dropping = false;
      isInFrame = false;
      const name = parser.readTagName(start, end);
      // `</p>` alone would make an empty paragraph, and of a text of them one nearly twice as long.
      if (name === 'p' && !parser.stack.includes('p')) return;
      // `</br>` makes a line end: not where `<br>` would not.
      if (name === 'br' && parser.stack.length >= DEPTH_MAX) return;
      parser.onclosetag(start, end);
    },
    ontext(start, end) {
      if (!isInFrame) parser.ontext(start, end);
    },
    ontextentity(codepoint, end) {
      if (!isInFrame) parser.ontextentity(codepoint, end);
    },
    oncdata: (start, end, offset) => parser.oncdata(start, end, offset),
    oncomment: (start, end, offset) => parser.oncomment(start, end, offset),
    ondeclaration: (start, end) => parser.ondeclaration(start, end),
    onprocessinginstruction: (start, end) => parser.onprocessinginstruction(start, end),
    onend: () => parser.onend(),
    isInForeignContext: () => parser.isInForeignContext?.() ?? false,
  };
}
