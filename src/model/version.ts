// Our name and version: in the User-Agent, in `generator` elements, in `--version`.

export const VERSION = '0.1.0';
export const GENERATOR = `Tributary ${VERSION}`;
