// Python's feedparser as a second reader of what we write (Debian: python3-feedparser).
import { fileURLToPath } from 'node:url';
import { isSkipped, run } from './command.ts';

// Debian's own Python has Debian's packages; another one on the PATH may not.
const PYTHON = '/usr/bin/python3';
const SCRIPT = fileURLToPath(new URL('read_feeds.py', import.meta.url));

export interface FeedparserEntry {
  readonly id?: string;
  readonly title?: string;
  readonly link?: string;
  readonly published?: string;
  readonly updated?: string;
  readonly summary?: string;
  readonly rights?: string;
  readonly publisher?: string;
  readonly tributary_note?: string;
  readonly authors?: readonly { readonly name?: string; readonly href?: string }[];
  readonly contributors?: readonly { readonly name?: string }[];
  readonly source?: {
    readonly title?: string;
    readonly href?: string;
    readonly id?: string;
    readonly links?: readonly { readonly rel: string; readonly href: string }[];
  };
  readonly content?: readonly { readonly value: string }[];
  readonly links?: readonly { readonly rel: string; readonly href: string }[];
  readonly tags?: readonly { readonly term?: string; readonly label?: string | null }[];
}

export interface FeedparserResult {
  /** What is not well-formed. */
  readonly problem: string | null;
  readonly feed: Readonly<Record<string, string>>;
  readonly entries: readonly FeedparserEntry[];
}

export const feedparserIsMissing = isSkipped(PYTHON, ['-c', 'import feedparser']);

/** One process for all documents. */
export function readWithFeedparser(documents: readonly string[]): readonly FeedparserResult[] {
  const { code, stdout, stderr } = run(PYTHON, [SCRIPT], JSON.stringify(documents));
  if (code !== 0) throw new Error(`feedparser: ${stderr}`);
  return JSON.parse(stdout);
}
