// Every key of the configuration is documented, and every one that is documented does something.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isMap, isSeq, parseDocument } from 'yaml';
import { configurationPage } from '../../../scripts/configuration-page.ts';
import { configJsonSchema } from '../../../src/edge/config/json-schema.ts';
import { parseConfig } from '../../../src/edge/config/load-config.ts';
import { ConfigError } from '../../../src/model/errors.ts';
import { withoutLines } from '../../../src/pipeline/config-changes.ts';

const DOCS = join(import.meta.dirname, '../../../docs');
const EXAMPLE = readFileSync(join(DOCS, 'every-option.yaml'), 'utf8');
const PAGE = readFileSync(join(DOCS, 'CONFIGURATION.md'), 'utf8');
const ENV = { HARBOUR_KEY: 'k', HARBOUR_TOKEN: 't', CITY_TOKEN: 'c', CITY_PASSWORD: 'p', ALERTS_TOKEN: 'a' };

/** As text; what is wrong with it where it is refused. */
function configOf(text: string): string {
  try {
    return withoutLines(parseConfig(text, { file: 'docs/every-option.yaml', env: ENV, cwd: '/srv' }));
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

type Path = readonly (string | number)[];

/** Of every key that is written, the outer ones first. */
function pathsOf(node: unknown, at: Path = []): readonly Path[] {
  if (isMap(node))
    return node.items.flatMap(({ key, value }) => {
      const path = [...at, String((key as { value?: unknown }).value ?? key)];
      return [path, ...pathsOf(value, path)];
    });
  return isSeq(node) ? node.items.flatMap((item, place) => pathsOf(item, [...at, place])) : [];
}

interface Schema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}

const whole = configJsonSchema() as Schema & { readonly definitions: Readonly<Record<string, Schema>> };

/** Of every key that may be written, without the places in lists: `sources.every`. */
function keysOf(schema: Schema, at: string, seen: readonly string[] = []): readonly string[] {
  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined)
    return seen.includes(name) ? [] : keysOf(whole.definitions[name] ?? {}, at, [...seen, name]);
  if (schema['not'] !== undefined) return [];
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => {
    if (inner['not'] !== undefined) return [];
    const path = at === '' ? key : `${at}.${key}`;
    return [path, ...keysOf(inner, path, seen)];
  });
  const forms = ['anyOf', 'allOf'].flatMap((word) => (schema[word] ?? []) as Schema[]);
  const items = schema['items'] === undefined ? [] : [schema['items'] as Schema];
  return [...own, ...[...forms, ...items].flatMap((form) => keysOf(form, at, seen))];
}

/** Keys that a source and the site share stand for one another: each is read by the same code. */
const isRepeated = (key: string) =>
  /^defaults\./.test(key) || /^(?:sources|feeds)\.(?:attribution|include|exclude)\../.test(key);

const written = pathsOf(parseDocument(EXAMPLE).contents);
const nameOf = (path: Path) => path.filter((part) => typeof part === 'string').join('.');

test('the page is fresh (else run: node scripts/node24.mjs scripts/write-configuration.ts)', () => {
  expect(PAGE).toBe(configurationPage(configJsonSchema(), EXAMPLE));
});

test('the example is a configuration, and has every key that there is', () => {
  expect(configOf(EXAMPLE)).toMatch(/^\{/);
  const names = new Set(written.map(nameOf));
  const missing = [...new Set(keysOf(whole, ''))].filter((key) => !isRepeated(key) && !names.has(key));
  expect(missing).toEqual([]);
});

test('the page names every key', () => {
  const named = new Set([...PAGE.matchAll(/^\| `([^`]+)`/gm)].map(([, key]) => key));
  const unnamed = [...new Set(keysOf(whole, ''))]
    .filter((key) => !isRepeated(key))
    .filter((key) => {
      const parts = key.split('.');
      return !parts.some((_, from) => named.has(parts.slice(from).join('.')));
    });
  expect(unnamed).toEqual([]);
});

describe('without it the configuration is another, or none', () => {
  test.each(written.map((path) => [path.join('.'), path] as const))('%s', (_, path) => {
    const document = parseDocument(EXAMPLE);
    expect(document.deleteIn(path)).toBe(true);
    expect(configOf(String(document))).not.toBe(configOf(EXAMPLE));
  });
});
