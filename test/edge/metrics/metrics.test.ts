// What is counted, as Prometheus reads it.
import { describe, expect, test } from 'vitest';
import { createExposition } from '../../../src/edge/metrics/exposition.ts';
import { createMetrics } from '../../../src/edge/metrics/metrics.ts';
import { NOTHING } from './metrics-rig.ts';

const exposed = async (metrics = createMetrics(), readings = NOTHING) =>
  (await createExposition(metrics.families(readings))()).text;
const linesOf = async (text: Promise<string>, name: string) =>
  (await text).split('\n').filter((line) => line.startsWith(name));

describe('the exposition', () => {
  test('counts polls by kind, outcome and reason, and their times in buckets that grow', async () => {
    const metrics = createMetrics();
    const poll = {
      kind: 'source',
      outcome: 'updated',
      reason: undefined,
      newItems: 3,
      changedItems: 1,
    } as const;
    metrics.polled({ ...poll, ms: 40 });
    metrics.polled({ ...poll, ms: 700 });
    metrics.polled({ ...poll, kind: 'list', outcome: 'failed', reason: 'dns', ms: 90_000, newItems: 0 });
    const text = exposed(metrics);
    expect(await linesOf(text, 'tributary_polls_total')).toEqual([
      'tributary_polls_total{kind="source",outcome="updated",reason=""} 2',
      'tributary_polls_total{kind="list",outcome="failed",reason="dns"} 1',
    ]);
    expect(await linesOf(text, 'tributary_poll_duration_seconds')).toEqual([
      'tributary_poll_duration_seconds_bucket{le="0.05"} 1',
      ...['0.1', '0.25', '0.5'].map((bound) => `tributary_poll_duration_seconds_bucket{le="${bound}"} 1`),
      ...['1', '2.5', '5', '10', '20', '60'].map(
        (bound) => `tributary_poll_duration_seconds_bucket{le="${bound}"} 2`,
      ),
      'tributary_poll_duration_seconds_bucket{le="+Inf"} 3',
      'tributary_poll_duration_seconds_sum 90.74',
      'tributary_poll_duration_seconds_count 3',
    ]);
    expect(await linesOf(text, 'tributary_new_items_total')).toEqual(['tributary_new_items_total 6']);
  });

  test('has every counter without labels from the start, so that the first of anything is an increase', async () => {
    const text = await exposed();
    for (const name of [
      'received_bytes_total',
      'new_items_total',
      'dropped_items_total',
      'poll_lag_seconds_count',
    ])
      expect(text).toContain(`\ntributary_${name} 0\n`);
  });

  test('looks up what stands now, and leaves out what there is not', async () => {
    let connections = 5;
    const expose = createExposition(createMetrics().families({ ...NOTHING, connections: () => connections }));
    expect((await expose()).text).toContain('\ntributary_http_connections 5\n');
    connections = 6;
    const { text } = await expose();
    expect(text).toContain('\ntributary_http_connections 6\n');
    expect(text).toContain('\ntributary_config_valid 0\n');
    expect(text).not.toMatch(/^tributary_newest_edition_timestamp_seconds /m);
  });

  test('has the process beside it', async () => {
    const text = await exposed();
    expect(text).toMatch(/^process_resident_memory_bytes [1-9]/m);
    expect(text).toMatch(/^nodejs_version_info\{/m);
  });
});
