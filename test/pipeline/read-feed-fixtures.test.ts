// Every pair in test/fixtures/parse: a document beside `<case>.expected.json`, which names the fields that matter.
// `null` is an absent field, `$error` the code of a ReadError, `$message` a part of its message, `$options` go to the
// reader. Lists must be of the same length.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ReadError } from '../../src/model/errors.ts';
import { type ReadDocumentOptions, readDocument } from '../../src/pipeline/read-document.ts';
import { readFeed } from '../../src/pipeline/read-feed.ts';

const FOLDER = new URL('../fixtures/parse/', import.meta.url);
const FILES = readdirSync(FOLDER);
const DOCUMENTS = FILES.filter((file) => !file.endsWith('.expected.json'));

interface Expected {
  readonly $options?: ReadDocumentOptions & { readonly sanitize?: boolean };
  readonly $error?: string;
  readonly $message?: string;
  readonly [field: string]: unknown;
}

describe('reading documents as they are', () => {
  it('has an expectation beside every document', () => {
    expect(DOCUMENTS.length).toBeGreaterThan(120);
    expect(FILES.length).toBe(2 * DOCUMENTS.length);
  });

  it.each(DOCUMENTS)('%s', async (file) => {
    const name = file.replace(/\.\w+$/, '');
    const { $options, $error, $message, ...fields } = JSON.parse(
      readFileSync(new URL(`${name}.expected.json`, FOLDER), 'utf8'),
    ) as Expected;
    const bytes = readFileSync(new URL(file, FOLDER));
    // What elements of other vocabularies mean is what the library says of them.
    const reading = file.startsWith('ext-')
      ? readFeed(bytes, { sanitize: false, ...$options })
      : readDocument(bytes, $options);
    if ($error === undefined) {
      expect(differences(await reading, fields, 'feed')).toEqual([]);
      return;
    }
    const error = await reading.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ReadError);
    expect((error as ReadError).code).toBe($error);
    if ($message !== undefined) expect((error as ReadError).message).toContain($message);
  });
});

/** What is not as expected, each with its path. */
function differences(actual: unknown, expected: unknown, path: string): string[] {
  if (expected === null)
    return actual === undefined ? [] : [`${path}: should be absent, is ${JSON.stringify(actual)}`];
  if (typeof expected !== 'object') {
    return actual === expected
      ? []
      : [`${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];
  }
  if (typeof actual !== 'object' || actual === null)
    return [`${path}: ${JSON.stringify(actual)} instead of an object`];
  if (Array.isArray(expected) && Array.isArray(actual) && actual.length !== expected.length) {
    return [`${path}: ${actual.length} values instead of ${expected.length}: ${JSON.stringify(actual)}`];
  }
  return Object.entries(expected).flatMap(([key, value]) =>
    differences((actual as Record<string, unknown>)[key], value, `${path}.${key}`),
  );
}
