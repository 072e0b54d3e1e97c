// The registry of input formats: a new one is a new file and a line here. The first that recognizes a document reads it.
import type { InputFormat } from './input-format.ts';
import { jsonFeed } from './json-feed.ts';
import { xmlFeed } from './xml-feed.ts';

export const INPUT_FORMATS: readonly InputFormat[] = [jsonFeed, xmlFeed];
