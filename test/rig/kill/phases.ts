// What a kill may fall into, told by marks: see marks.ts.

/** By the letter that begins it. */
export const PHASES = {
  opening: 'O',
  serving: 'S',
  'commit of a poll': 'P',
  'commit of an edition': 'E',
  'poll times': 'M',
  'write of a file': 'W',
  'write of a manifest': 'X',
  'fsync of a file': 'F',
  rename: 'R',
  sweep: 'D',
} as const;

export type Phase = keyof typeof PHASES;
/** Beside them, where none of them is under way. */
export type Moment =
  | Phase
  | `after: ${Phase}`
  | 'draining'
  | 'stopped by SIGTERM'
  | 'loading'
  | 'recovery'
  | 'polling'
  | 'between';

export function phasesUnderWay(marks: string): readonly Phase[] {
  const count = (letter: string) => marks.split(letter).length - 1;
  const isOpen = (phase: Phase) => count(PHASES[phase]) > count(PHASES[phase].toLowerCase());
  return (Object.keys(PHASES) as Phase[]).filter((phase) => phase !== 'serving' && isOpen(phase));
}

/**
 * What was under way when the marks broke off. `isPolling`: a publisher was being asked; `byOwnHand`: it died at the last mark,
 * and what that mark says is over was its last deed.
 */
export function momentsOf(marks: string, isPolling: boolean, byOwnHand: boolean): readonly Moment[] {
  const working = phasesUnderWay(marks);
  if (working.length > 0) return working;
  const last = byOwnHand
    ? Object.entries(PHASES).find(([, letter]) => letter.toLowerCase() === marks.at(-1))
    : undefined;
  if (last !== undefined) return [`after: ${last[0] as Phase}`];
  if (!marks.includes(PHASES.opening)) return ['loading'];
  if (!marks.includes(PHASES.serving)) return ['recovery'];
  return [isPolling ? 'polling' : 'between'];
}

/** How many kills fell into starting, into commits, into work on files, and where neither was under way. */
export function groupsOf(moments: ReadonlyMap<Moment, number>) {
  const sum = (...some: readonly Moment[]) =>
    some.reduce((total, moment) => total + (moments.get(moment) ?? 0), 0);
  const ofEach = (...some: readonly Phase[]) =>
    sum(...some, ...some.map((phase): Moment => `after: ${phase}`));
  return {
    starting: sum('loading', 'opening', 'after: opening', 'recovery'),
    committing: ofEach('commit of a poll', 'commit of an edition', 'poll times'),
    filing: ofEach('write of a file', 'write of a manifest', 'fsync of a file', 'rename', 'sweep'),
    between: sum('between'),
  };
}
