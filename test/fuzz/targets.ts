// All that is fuzzed.
import type { Target } from './target.ts';
import { codings } from './targets/codings.ts';
import { configuration } from './targets/configuration.ts';
import { dates } from './targets/dates.ts';
import { decode } from './targets/decode.ts';
import { notes } from './targets/notes.ts';
import { jsonFeed, parse } from './targets/parse.ts';
import { render } from './targets/render.ts';
import { sanitizer } from './targets/sanitizer.ts';
import { urls } from './targets/urls.ts';

export const TARGETS: readonly Target[] = [
  decode,
  parse,
  jsonFeed,
  dates,
  urls,
  sanitizer,
  configuration,
  notes,
  codings,
  render,
];
