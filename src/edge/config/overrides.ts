// What the environment sets in place of the file: $PORT, $TRIBUTARY_DATA, $TRIBUTARY_STORE. An empty one is none.
import type { ConfigProblem } from '../../model/errors.ts';
import { isStore } from './addresses.ts';
import type { Environment } from './environment.ts';

export interface Overrides {
  readonly port: number | undefined;
  readonly dataDir: string | undefined;
  readonly store: string | undefined;
}

export function readOverrides(env: Environment): Overrides {
  const port = setValue(env, 'PORT');
  return {
    port: port === undefined ? undefined : Number(port),
    dataDir: setValue(env, 'TRIBUTARY_DATA'),
    store: setValue(env, 'TRIBUTARY_STORE'),
  };
}

/** What is wrong with them; says no value, since a store's address may hold a password. */
export function overrideProblems(env: Environment, file: string): readonly ConfigProblem[] {
  const complaints: [string, string | undefined][] = [
    ['PORT', portComplaint(setValue(env, 'PORT'))],
    ['TRIBUTARY_STORE', storeComplaint(setValue(env, 'TRIBUTARY_STORE'))],
  ];
  return complaints.flatMap(([name, message]) =>
    message === undefined ? [] : [{ file, line: 0, column: 0, key: `$${name}`, message }],
  );
}

function portComplaint(port: string | undefined): string | undefined {
  if (port === undefined || (/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) return undefined;
  return 'is not a port; set it to a whole number from 0 to 65535, or unset it';
}

function storeComplaint(store: string | undefined): string | undefined {
  const complaint = store === undefined ? undefined : isStore(store);
  return typeof complaint === 'object' ? complaint.blind : complaint;
}

function setValue(env: Environment, name: string): string | undefined {
  const value = Object.hasOwn(env, name) ? env[name]?.trim() : undefined;
  return value === '' ? undefined : value;
}
