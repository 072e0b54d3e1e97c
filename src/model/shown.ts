// How much of an item may be shown: what the configuration says, by declared rights, and what was decided for an item.

/** From most to least; `title` has no body, `link` nothing but title, link and credit. */
export const SHOWN_LEVELS = ['full', 'excerpt', 'title', 'link'] as const;
export type Shown = (typeof SHOWN_LEVELS)[number];

export const RIGHTS_CLASSES = [
  'unknown',
  'all-rights-reserved',
  'cc',
  'public-domain',
  'reserved-tdm',
  'rsl',
] as const;
export type RightsClass = (typeof RIGHTS_CLASSES)[number];

/** A level, and the line of the configuration that says it; no line where it is a default. */
export interface ShownSetting {
  readonly shown: Shown;
  readonly line?: number | undefined;
}

/** A feed's `show:`: the most that it shows, by declared rights. */
export interface ShowTable {
  readonly classes: Readonly<Record<RightsClass, ShownSetting>>;
  /** Licences by address; for items under one of them in place of the class. */
  readonly licenses: readonly (ShownSetting & { readonly url: string })[];
}

export const DEFAULT_CONTENT: ShownSetting = { shown: 'full' };
export const DEFAULT_EXCERPT_CHARS = 300;

export const DEFAULT_SHOW: ShowTable = {
  classes: {
    unknown: { shown: 'full' },
    'all-rights-reserved': { shown: 'full' },
    cc: { shown: 'full' },
    'public-domain': { shown: 'full' },
    'reserved-tdm': { shown: 'excerpt' },
    rsl: { shown: 'excerpt' },
  },
  licenses: [],
};

export interface ShownDecision {
  readonly shown: Shown;
  /** Everything that was looked at, the strictest first. */
  readonly because: readonly ShownReason[];
}

/**
 * `content`: the source's own key. `show`: a line of the feed's table, by class or licence. `no-derivatives`: a licence that lets
 * the work be passed on whole or not at all.
 */
export interface ShownReason {
  readonly rule: 'content' | 'show' | 'no-derivatives';
  /** The class, or the licence's address; for `content` the level. */
  readonly value: string;
  readonly shown: Shown;
  /** What the publisher declared that made it so: a statement, a licence, a policy. */
  readonly declared?: string | undefined;
  /** Of the configuration; absent where a default decided. */
  readonly line?: number | undefined;
}

export function stricter(a: Shown, b: Shown): Shown {
  return SHOWN_LEVELS.indexOf(a) >= SHOWN_LEVELS.indexOf(b) ? a : b;
}
