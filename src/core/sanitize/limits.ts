// Bounds of what is made safe.

/** Characters (UTF-16 units) of an item's HTML, both in and out. */
export const HTML_CHARS_MAX = 262_144;

/**
 * Elements within each other; tags that would go deeper are left out, their text stays. Bounds the time too: the parser
 * is quadratic in depth.
 */
export const DEPTH_MAX = 64;
