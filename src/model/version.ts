// Our name and version: in the User-Agent, in `generator` elements, in `--version`.

export const VERSION = '0.1.0';
export const GENERATOR = `Tributary ${VERSION}`;
/** What the name in a `generator` leads to. */
export const PROJECT_URL = 'https://tributary.dev/';
