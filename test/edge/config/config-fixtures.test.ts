// Configurations and what becomes of them: CASE.yaml with CASE.expected.txt, the problems line by line, or with
// CASE.expected.json, what the Config has in it (a part: what it does not name is not looked at).
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/edge/config/load-config.ts';
import { ConfigError } from '../../../src/model/errors.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/config');

const ENVIRONMENT = {
  HARBOUR_TOKEN: 'hunter2',
  FEED_HOST: 'secret-host.example',
  CITY: 'Seaport',
  INTERVAL: 'swordfish',
  ZONE: 'Europe/Swordfish',
  BRACES: '{swordfish}',
  TWO_LINES: 'swordfish\r\nX-Forged: 1',
  EMPTY: '',
};
const SECRETS = /hunter2|swordfish|secret-host|s3cret/i;

function parse(text: string) {
  return parseConfig(text, { file: 'tributary.yaml', env: ENVIRONMENT, cwd: '/srv/tributary' });
}

function problemsOf(text: string): string {
  try {
    parse(text);
    return '';
  } catch (error) {
    if (error instanceof ConfigError) return `${error.message}\n`;
    throw error;
  }
}

const cases = globSync('*.yaml', { cwd: FOLDER })
  .map((name) => basename(name, '.yaml'))
  .toSorted();
const rejected = cases.filter((name) => expectation(name, 'txt') !== undefined);
const accepted = cases.filter((name) => expectation(name, 'json') !== undefined);

function expectation(name: string, ending: 'txt' | 'json'): string | undefined {
  try {
    return readFileSync(join(FOLDER, `${name}.expected.${ending}`), 'utf8');
  } catch {
    return undefined;
  }
}

describe('configurations with mistakes', () => {
  test.each(rejected)('%s', (name) => {
    const problems = problemsOf(readFileSync(join(FOLDER, `${name}.yaml`), 'utf8'));
    expect(problems).toBe(expectation(name, 'txt'));
    expect(problems).not.toMatch(SECRETS);
  });
});

describe('configurations without mistakes', () => {
  test.each(accepted)('%s', (name) => {
    const text = readFileSync(join(FOLDER, `${name}.yaml`), 'utf8');
    expect(problemsOf(text)).toBe('');
    expect(parse(text)).toMatchObject(JSON.parse(expectation(name, 'json') ?? ''));
  });
});

test('each configuration has one expectation', () => {
  expect([...rejected, ...accepted].toSorted()).toEqual(cases);
  expect(cases.length).toBeGreaterThanOrEqual(60);
});
