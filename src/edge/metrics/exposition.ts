// What was counted, as Prometheus reads it (text format 0.0.4), with the usual metrics of a Node process beside it. prom-client writes
// both and is loaded when it is first asked: it takes 20 MB.
import type { Metric, Registry } from 'prom-client';
import type { Family } from './tallies.ts';

export interface Exposition {
  readonly mediaType: string;
  readonly text: string;
}

/** Gives what stands there at the moment of asking. Those of the process begin with the first call. */
export function createExposition(families: readonly Family[]): () => Promise<Exposition> {
  let opened: Promise<Registry> | undefined;
  return async () => {
    opened ??= openRegistry(families);
    const registry = await opened;
    return { mediaType: registry.contentType, text: await registry.metrics() };
  };
}

/** Gauges that are called as counters are, and those that they sum up. */
const MISNAMED = ['resources', 'handles', 'requests'].flatMap((what) => [
  `nodejs_active_${what}`,
  `nodejs_active_${what}_total`,
]);

async function openRegistry(families: readonly Family[]): Promise<Registry> {
  const { collectDefaultMetrics, Registry } = (await import('prom-client')).default;
  const registry = new Registry();
  for (const family of families) registry.registerMetric(metricOf(family));
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  return registry;
}

/** A registry asks its metrics for their name and for what `get` gives, and for nothing else. */
function metricOf({ name, help, type, samples }: Family): Metric {
  const get = async () => ({
    name,
    help,
    type,
    aggregator: 'sum',
    values: samples().map(({ suffix, labels, value }) => ({ metricName: `${name}${suffix}`, labels, value })),
  });
  return { name, get } as unknown as Metric;
}
