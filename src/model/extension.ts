// Elements of vocabularies beside RSS and Atom (Media RSS, iTunes, Podcasting 2.0 …), kept as small trees: what a feed said,
// for whoever carries it on or asks for it.

/** An element as its publisher wrote it. URLs in it are absolute where its vocabulary is known; its text is text, never markup. */
export interface ExtensionElement {
  /** `podcast:transcript`: the usual prefix where the vocabulary is known, else the publisher's own, lower-case prefix, local name as written. */
  readonly name: string;
  /** Namespace URI, in its one right spelling where the vocabulary is known. */
  readonly namespace: string;
  /** Names (prefixed where they have a namespace) and values, in document order. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** Character data outside of `children`, trimmed; empty where there is none. */
  readonly text: string;
  readonly children: readonly ExtensionElement[];
}
