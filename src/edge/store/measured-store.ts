// A store whose calls are told: what was asked, what came of it, how long it took.
import type { Store } from './store.ts';

/** `verb` and `outcome` are words of the store's interface, as in `commit_poll` and `committed`. */
export type TellCall = (verb: string, outcome: string, ms: number) => void;

const NOT_CALLS: ReadonlySet<string> = new Set(['counts', 'close'] satisfies (keyof Store)[]);

/** `monotonic`: milliseconds. */
export function measuredStore(store: Store, tell: TellCall, monotonic: () => number): Store {
  const told = new Map<string | symbol, unknown>();
  return new Proxy(store, {
    get(target, name) {
      const verb: unknown = Reflect.get(target, name);
      if (typeof verb !== 'function') return verb;
      let known = told.get(name);
      if (known === undefined) {
        known =
          typeof name === 'symbol' || NOT_CALLS.has(name)
            ? verb.bind(target)
            : toldCall(verb.bind(target) as Call, snakeCase(name), tell, monotonic);
        told.set(name, known);
      }
      return known;
    },
  });
}

type Call = (...parameters: readonly unknown[]) => Promise<unknown>;

function toldCall(call: Call, verb: string, tell: TellCall, monotonic: () => number): Call {
  return async (...parameters) => {
    const startedMs = monotonic();
    let outcome = 'error';
    try {
      const answer = await call(...parameters);
      outcome = outcomeOf(answer);
      return answer;
    } finally {
      tell(verb, outcome, monotonic() - startedMs);
    }
  };
}

/** Of answers to many questions the one that somebody should know of. */
function outcomeOf(answer: unknown): string {
  if (!(answer instanceof Map)) return kindOf(answer);
  const kinds = new Set(Array.from(answer.values(), kindOf));
  return ['unavailable', 'unreadable', 'hit', 'miss'].find((kind) => kinds.has(kind)) ?? 'hit';
}

function kindOf(answer: unknown): string {
  const kind = typeof answer === 'object' && answer !== null && 'kind' in answer ? answer.kind : undefined;
  return typeof kind === 'string' ? kind : 'done';
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
