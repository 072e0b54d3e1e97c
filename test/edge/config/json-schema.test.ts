import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configJsonSchema, configJsonSchemaText } from '../../../src/edge/config/json-schema.ts';

const ROOT = join(import.meta.dirname, '../../..');

test('the kept JSON Schema is fresh (else run: node scripts/write-schema.ts)', () => {
  expect(readFileSync(join(ROOT, 'config/tributary.schema.json'), 'utf8')).toBe(configJsonSchemaText());
});

describe('the JSON Schema', () => {
  const schema = configJsonSchema();
  const reader = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);

  const accepted = globSync('ok-*.yaml', { cwd: join(ROOT, 'test/fixtures/config') });
  test.each(accepted)('accepts %s', (name) => {
    const text = readFileSync(join(ROOT, 'test/fixtures/config', name), 'utf8').replace(/^\uFEFF/, '');
    expect(
      reader.safeParse(parse(text, { schema: 'core', logLevel: 'error' })).error?.issues,
    ).toBeUndefined();
  });

  test.each([
    ['an unknown key', { sever: {} }],
    ['a key that is not available yet', { queue: 'redis://localhost' }],
    ['a port that is none', { server: { port: 70_000 } }],
    ['a position that is none', { attribution: { position: 'over' } }],
    ['no feeds', { feeds: [] }],
  ])('refuses %s', (_, part) => {
    const whole = { sources: [{ url: 'a.xml' }], feeds: [{ id: 'a', title: 'A' }] };
    expect(reader.safeParse(whole).success).toBe(true);
    expect(reader.safeParse({ ...whole, ...part }).success).toBe(false);
  });

  // The reader above looks past `anyOf` beside `properties`; editors do not.
  test('wants an address or a list of each source', () => {
    expect(JSON.stringify(schema)).toContain('"anyOf":[{"required":["url"]},{"required":["opml"]}]');
  });

  test('explains every key', () => {
    const unexplained: string[] = [];
    visit(schema, '', (place, member) => {
      const inner = typeof member['$ref'] === 'string' ? 'by what it refers to' : member['description'];
      if (inner === undefined) unexplained.push(place);
    });
    expect(unexplained.filter((place) => !/\.(?:title|author|category|link|content)$/.test(place))).toEqual(
      [],
    );
  });
});

type Json = Record<string, unknown>;

/** Every member of every `properties` in the schema. */
function visit(schema: unknown, place: string, see: (place: string, member: Json) => void): void {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties')
      for (const [name, member] of Object.entries(value as Json)) see(`${place}.${name}`, member as Json);
    visit(value, `${place}.${key}`, see);
  }
}
