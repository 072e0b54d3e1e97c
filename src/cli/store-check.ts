// `tributary store check`: the store looked through, and what to do about what is found.
import { redactText } from '../edge/ops/redact.ts';
import { readLastKnownGood } from '../edge/store/last-known-good.ts';
import { openContents } from '../edge/store/whole-store.ts';
import type { Config } from '../model/config.ts';
import { checkWholeStore, type StoreReport } from '../pipeline/check-store.ts';
import { secretsOf } from '../pipeline/config-secrets.ts';
import { withKeptLists } from '../pipeline/kept-config.ts';
import type { Finding } from '../pipeline/store-findings.ts';
import { type CommandInput, counted, EXIT, type ExitCode } from './command.ts';
import { createProgressLine, type ProgressLine } from './progress-line.ts';

const KINDS: Readonly<Record<string, string>> = {
  sqlite: 'SQLite',
  redis: 'Redis',
  rediss: 'Redis',
  postgres: 'PostgreSQL',
  postgresql: 'PostgreSQL',
  memory: 'memory',
};

export async function checkStore({ terminal, options }: CommandInput, written: Config): Promise<ExitCode> {
  const config = await withKeptLists(written);
  let bar: ProgressLine | undefined;
  const report = await checkWholeStore(
    () => openContents(config.store),
    config,
    () => readLastKnownGood(config.dataDir),
    (total) => {
      bar = createProgressLine(terminal.stderr, total, 'records');
      return bar;
    },
  ).finally(() => bar?.end());
  const text = options['json'] === true ? jsonOf(report) : textOf(report);
  // A password may be the word that its kind of store begins with.
  const store = KINDS[config.store.slice(0, config.store.indexOf(':'))] ?? 'store';
  terminal.stdout.write(
    `${options['json'] === true ? '' : `${store}, `}${redactText(text, secretsOf(config))}`,
  );
  return report.isWhole ? EXIT.done : EXIT.failed;
}

function jsonOf({ records, findings, isWhole }: StoreReport): string {
  const told = findings.map(({ isProblem, means, todo, ...rest }) => ({
    severity: isProblem ? 'problem' : 'note',
    ...rest,
    means,
    do: todo,
  }));
  return `${JSON.stringify({ whole: isWhole, records, findings: told }, undefined, 2)}\n`;
}

function textOf({ records, findings, isWhole }: StoreReport): string {
  const counts = Object.entries(records).map(([name, count]) => counted(count, name));
  const total = Object.values(records).reduce((sum, count) => sum + count, 0);
  const whole = total === 0 ? 'no record' : counts.join(', ');
  return [
    `whole: ${whole}`,
    ...findings.flatMap(linesOf),
    isWhole ? 'nothing has to be done' : 'not all is well: see the problems above',
    '',
  ].join('\n');
}

function linesOf({ isProblem, means, todo, count, examples }: Finding): readonly string[] {
  const named = examples.map(({ at, reason }) => `    ${[at, reason].filter(Boolean).join(': ')}`);
  const more = count > examples.length ? [`    and ${count - examples.length} more`] : [];
  return [
    `${isProblem ? 'problem' : 'note'}: ${means}${count > 1 ? ` (${count} times)` : ''}`,
    ...named,
    ...more,
    `  do: ${todo}`,
  ];
}
