// What the tree builder and the writer of markup know of HTML.

/** HTML elements without content and end tag (HTML, section 13.1.2). */
export const VOID_ELEMENTS: ReadonlySet<string> = new Set(
  'area base br col embed hr img input param source track wbr'.split(' '),
);
