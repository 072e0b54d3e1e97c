import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Timeline } from '../../../src/edge/schedule/timeline.ts';

type Step =
  | { readonly do: 'set'; readonly thing: number; readonly atMs: number }
  | { readonly do: 'delete'; readonly thing: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('set' as const), thing: fc.nat(30), atMs: fc.nat(20) }),
    fc.record({ do: fc.constant('delete' as const), thing: fc.nat(30) }),
  ),
  { maxLength: 120 },
);

describe('timeline', () => {
  it('gives things in the order of their times, the same time in the order they came, whatever was changed before', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const timeline = new Timeline<number>();
        let model: { thing: number; atMs: number }[] = [];
        for (const step of all) {
          model = model.filter(({ thing }) => thing !== step.thing);
          if (step.do === 'set') {
            model.push({ thing: step.thing, atMs: step.atMs });
            timeline.set(step.thing, step.atMs);
          } else {
            timeline.delete(step.thing);
          }
          expect(timeline.timeOf(step.thing)).toBe(step.do === 'set' ? step.atMs : undefined);
        }
        const expected = model.toSorted((a, b) => a.atMs - b.atMs).map(({ thing }) => thing);
        expect(timeline.nextAtMs()).toBe(model.map(({ atMs }) => atMs).toSorted((a, b) => a - b)[0]);
        expect(drain(timeline, 20)).toEqual(expected);
      }),
    );
  });

  it('keeps what is not due', () => {
    const timeline = new Timeline<string>();
    timeline.set('later', 11);
    timeline.set('now', 10);
    expect(drain(timeline, 10)).toEqual(['now']);
    timeline.shift(-1);
    expect(drain(timeline, 10)).toEqual(['later']);
  });

  it('compares some 2 log n times for each of n things', () => {
    const timeline = new Timeline<number>();
    for (let thing = 0; thing < 10_000; thing++) timeline.set(thing, (thing * 7919) % 10_007);
    drain(timeline, 10_007);
    expect(timeline.steps).toBeLessThan(10_000 * 2 * 16);
  });
});

function drain(timeline: Timeline<unknown>, nowMs: number): unknown[] {
  const things: unknown[] = [];
  for (let thing = timeline.takeDue(nowMs); thing !== undefined; thing = timeline.takeDue(nowMs))
    things.push(thing);
  return things;
}
