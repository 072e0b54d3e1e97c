// What is agreed with hubs, in memory: by source and by callback, written to the store when it changed.
import type { Store } from '../../edge/store/store.ts';
import type { SourceId } from '../../model/ids.ts';
import { RECORD_VERSION } from '../../model/record-version.ts';
import type {
  HubSubscription,
  LeavingSubscription,
  SubscriptionRecord,
} from '../../model/subscription-record.ts';

export interface Found {
  readonly sourceId: SourceId;
  readonly wanted?: HubSubscription;
  readonly leaving?: LeavingSubscription;
}

export interface SubscriptionShelf {
  ids(): readonly SourceId[];
  of(id: SourceId): SubscriptionRecord;
  /** By the last part of its callback. */
  named(name: string): Found | undefined;
  put(id: SourceId, next: Pick<SubscriptionRecord, 'wanted' | 'leaving'>): void;
  /** Writes what changed, forgets what is empty, one call after the other; false where the store does not answer: it is written with the next. */
  save(): Promise<boolean>;
}

/** Undefined where the store does not answer: whether a hub sends to us cannot be told then. */
export async function loadSubscriptions(store: Store): Promise<SubscriptionShelf | undefined> {
  const answer = await store.readSubscriptions();
  if (answer.kind !== 'hit') return undefined;
  const records = new Map(answer.value.map((record) => [record.sourceId, record]));
  const names = new Map<string, SourceId>();
  const unsaved = new Set<SourceId>();
  for (const record of records.values()) for (const name of namesOf(record)) names.set(name, record.sourceId);

  const of = (id: SourceId): SubscriptionRecord =>
    records.get(id) ?? { version: RECORD_VERSION, sourceId: id, leaving: [] };

  let saving: Promise<boolean> = Promise.resolve(true);

  async function write(): Promise<boolean> {
    if (unsaved.size === 0) return true;
    const ids = [...unsaved];
    unsaved.clear();
    const kept = ids.flatMap((id) => records.get(id) ?? []);
    const gone = ids.filter((id) => !records.has(id));
    const written = await store.writeSubscriptions(kept);
    const forgotten = gone.length === 0 ? written : await store.forgetSubscriptions(gone);
    const isDone = written.kind === 'written' && forgotten.kind === 'written';
    if (!isDone) for (const id of ids) unsaved.add(id);
    return isDone;
  }

  return {
    ids: () => [...records.keys()],
    of,
    named(name) {
      const sourceId = names.get(name);
      if (sourceId === undefined) return undefined;
      const { wanted, leaving } = of(sourceId);
      if (wanted !== undefined && nameOf(wanted) === name) return { sourceId, wanted };
      const leave = leaving.find((each) => nameOf(each) === name);
      return leave === undefined ? undefined : { sourceId, leaving: leave };
    },
    put(id, { wanted, leaving }) {
      for (const name of namesOf(of(id))) names.delete(name);
      const record = { version: RECORD_VERSION, sourceId: id, wanted, leaving } as const;
      for (const name of namesOf(record)) names.set(name, id);
      if (wanted === undefined && leaving.length === 0) records.delete(id);
      else records.set(id, record);
      unsaved.add(id);
    },
    save() {
      saving = saving.then(write, write);
      return saving;
    },
  };
}

function namesOf({ wanted, leaving }: SubscriptionRecord): readonly string[] {
  return [...(wanted === undefined ? [] : [wanted]), ...leaving].map(nameOf);
}

/** The last part of its callback, which nobody guesses. */
export function nameOf({ callbackUrl }: { readonly callbackUrl: string }): string {
  return callbackUrl.slice(callbackUrl.lastIndexOf('/') + 1);
}
