// Our polling against polling by a fixed hour, over the same servers and the same year.
import type { Schedule } from '../../src/model/config.ts';
import { buildSource } from '../../test/core/build-item.ts';
import { CHARACTERS, type Character, DAY_MS, HOUR_MS, MINUTE_MS } from './characters.ts';
import { brokenRules } from './polite-rules.ts';
import { createRandom } from './random.ts';
import { type Run, simulate, simulateFixed } from './simulate.ts';
import { createServer } from './simulated-server.ts';

export interface Comparison {
  readonly ours: Total;
  readonly fixed: Total;
  readonly byCharacter: ReadonlyMap<Character, { readonly ours: Total; readonly fixed: Total }>;
  /** Of our requests. */
  readonly broken: readonly string[];
}

export interface Total {
  readonly requests: number;
  readonly items: number;
  readonly medianMs: number;
  readonly meanMs: number;
  /** The median over sources of each one's own median: a source that says little counts as much as one that says much. */
  readonly sourceMedianMs: number;
  readonly lost: number;
}

export interface Trial {
  readonly sources: number;
  readonly days: number;
  readonly schedule: Schedule;
}

/** 2028 has a leap day. */
export const YEAR_MS = Date.UTC(2028, 0, 1);

export function compare({ sources, days, schedule }: Trial): Comparison {
  const stretch = { fromMs: YEAR_MS, toMs: YEAR_MS + days * DAY_MS };
  const runs = new Map<Character, { ours: Run[]; fixed: Run[] }>();
  const broken: string[] = [];
  const bounds = {
    minMs: schedule.kind === 'adaptive' ? schedule.minMs : HOUR_MS,
    maxMs: schedule.kind === 'adaptive' ? schedule.maxMs : DAY_MS,
  };
  for (let index = 0; index < sources; index++) {
    const character = CHARACTERS[index % CHARACTERS.length];
    if (character === undefined) continue;
    const server = () => createServer(character, YEAR_MS, days * DAY_MS, createRandom(index + 1));
    const place = createRandom(index + 7001).next();
    const ours = simulate(buildSource(`s${index}`, { schedule }), server(), stretch, place);
    const fixed = simulateFixed(server(), stretch, place, HOUR_MS);
    broken.push(...brokenRules(character, bounds, ours.log));
    const both = runs.get(character) ?? { ours: [], fixed: [] };
    // The log is checked: a year of them would not fit into memory.
    both.ours.push({ ...ours, log: [] });
    both.fixed.push({ ...fixed, log: [] });
    runs.set(character, both);
  }
  const all = [...runs.values()];
  return {
    ours: total(all.flatMap((both) => both.ours)),
    fixed: total(all.flatMap((both) => both.fixed)),
    byCharacter: new Map(
      [...runs].map(([character, both]) => [character, { ours: total(both.ours), fixed: total(both.fixed) }]),
    ),
    broken,
  };
}

function total(runs: readonly Run[]): Total {
  const delays = runs.flatMap((run) => run.delaysMs);
  return {
    requests: runs.reduce((sum, run) => sum + run.requests, 0),
    items: delays.length,
    medianMs: median(delays),
    meanMs: delays.reduce((sum, ms) => sum + ms, 0) / Math.max(1, delays.length),
    sourceMedianMs: median(runs.filter((run) => run.delaysMs.length > 0).map((run) => median(run.delaysMs))),
    lost: runs.reduce((sum, run) => sum + run.lost, 0),
  };
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function table({ ours, fixed, byCharacter }: Comparison): string {
  const rows = [...byCharacter].map(([character, both]) => row(character.name, both.ours, both.fixed));
  const head = ['', 'items', 'requests', 'fixed', 'ratio', 'median', 'fixed', 'lost'];
  const lines = [head, ...rows, row('all', ours, fixed)].map(([name = '', ...cells]) =>
    [name.padEnd(42), ...cells.map((cell) => cell.padStart(9))].join(''),
  );
  const perSource = `median of the sources' own medians: ${minutes(ours.sourceMedianMs)}, fixed ${minutes(fixed.sourceMedianMs)}; mean delay: ${minutes(ours.meanMs)}, fixed ${minutes(fixed.meanMs)}`;
  return [...lines, perSource].join('\n');
}

function row(name: string, ours: Total, fixed: Total): readonly string[] {
  return [
    name,
    String(ours.items),
    String(ours.requests),
    String(fixed.requests),
    (ours.requests / fixed.requests).toFixed(2),
    minutes(ours.medianMs),
    minutes(fixed.medianMs),
    `${ours.lost}/${fixed.lost}`,
  ];
}

function minutes(ms: number): string {
  return Number.isNaN(ms) ? '–' : `${Math.round(ms / MINUTE_MS)} min`;
}
