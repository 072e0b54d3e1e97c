// The metrics that there are, those that are documented, and those that the dashboard and the rules ask for: one set.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createExposition } from '../../../src/edge/metrics/exposition.ts';
import { NOTHING, usedMetrics } from './metrics-rig.ts';

const DOCS = join(import.meta.dirname, '../../../docs');
const RULES = join(DOCS, 'alerts.yml');
const read = (name: string) => readFileSync(join(DOCS, name), 'utf8');

const exposition = (await createExposition(usedMetrics().families(NOTHING))()).text;
const types = new Map(
  Array.from(exposition.matchAll(/^# TYPE (\S+) (\S+)$/gm), ([, name = '', type = '']) => [name, type]),
);
/** Names as they are asked for: a histogram by its series. */
const series = new Set(
  [...types].flatMap(([name, type]) =>
    type === 'histogram' ? ['_bucket', '_sum', '_count'].map((suffix) => name + suffix) : [name],
  ),
);
const askedIn = (text: string) => new Set(text.match(/\b(?:tributary|process|nodejs)_\w+/g));

test('the page has every metric, and no other', () => {
  const rows = read('OPERATING.md')
    .split('\n')
    .filter((line) => /^\| `(?:tributary|process|nodejs)_/.test(line));
  const documented = rows.flatMap((row) => [...askedIn(row.split(' | ')[0] ?? '')]);
  expect(documented.toSorted()).toEqual([...types.keys()].toSorted());
});

test('the page has every label', () => {
  const rows = read('OPERATING.md').split('\n');
  for (const [, name = '', labels = ''] of exposition.matchAll(/^(tributary_\w+)\{(.*)\} /gm)) {
    const family = types.has(name) ? name : name.replace(/_[a-z]+$/, '');
    const row = rows.find(
      (line) => line.startsWith('| `') && line.split(' | ')[0]?.includes(`\`${family}\``),
    );
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g))
      if (label !== 'le') expect([family, row]).toEqual([family, expect.stringContaining(`\`${label}\``)]);
  }
});

test('the dashboard asks for nothing that is not there', () => {
  interface Dashboard {
    readonly panels: readonly {
      readonly title: string;
      readonly targets: readonly { readonly expr: string }[];
    }[];
  }
  const { panels } = JSON.parse(read('grafana/tributary.json')) as Dashboard;
  expect(panels.length).toBeGreaterThan(10);
  for (const { title, targets } of panels)
    for (const { expr } of targets) {
      const asked = [...askedIn(expr)];
      expect([title, asked.length > 0, asked.filter((name) => !series.has(name))]).toEqual([title, true, []]);
    }
});

test('the rules ask for nothing that is not there', () => {
  interface Rules {
    readonly groups: readonly {
      readonly rules: readonly { readonly alert: string; readonly expr: string }[];
    }[];
  }
  const rules = (parse(read('alerts.yml')) as Rules).groups.flatMap((group) => group.rules);
  expect(rules.length).toBeGreaterThan(5);
  for (const { alert, expr } of rules)
    expect([alert, [...askedIn(expr)].filter((name) => !series.has(name))]).toEqual([alert, []]);
});

const isThere = spawnSync('promtool', ['--version']).error === undefined;
if (!isThere && process.env['CI']) throw new Error('promtool is missing: install the package prometheus');

describe.skipIf(!isThere)('promtool', () => {
  test('finds nothing to say against the exposition', () => {
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: exposition,
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('reads the rules', () => {
    expect(execFileSync('promtool', ['check', 'rules', RULES], { encoding: 'utf8' })).toContain('SUCCESS');
  });

  test('finds that the rules fire when they should, and not before', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tributary-rules-'));
    try {
      writeFileSync(join(folder, 'rules.test.yaml'), ruleTests(RULES));
      const args = ['test', 'rules', join(folder, 'rules.test.yaml')];
      expect(execFileSync('promtool', args, { encoding: 'utf8' })).toContain('SUCCESS');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** A store that is away from the third minute on; a quarter of the sources failing, then one more. */
function ruleTests(rules: string): string {
  return `rule_files: [${JSON.stringify(rules)}]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - { series: 'tributary_store_up{instance="a"}', values: '1 1 1 0x20' }
      - { series: 'tributary_sources{instance="a", health="ok"}', values: '74x200' }
      - { series: 'tributary_sources{instance="a", health="failing"}', values: '25 25 25 26x200' }
      - { series: 'tributary_sources{instance="a", health="off"}', values: '500x200' }
    alert_rule_test:
      - { alertname: TributaryStoreAway, eval_time: 6m, exp_alerts: [] }
      - alertname: TributaryStoreAway
        eval_time: 9m
        exp_alerts:
          - exp_labels: { severity: critical, instance: a }
            exp_annotations:
              summary: The store does not answer
              description: What is published stays; nothing is polled. /status says why.
      - { alertname: TributaryManySourcesFail, eval_time: 50m, exp_alerts: [] }
      - alertname: TributaryManySourcesFail
        eval_time: 70m
        exp_alerts:
          - exp_labels: { severity: warning, instance: a }
            exp_annotations: { summary: '26% of the sources fail' }
`;
}
