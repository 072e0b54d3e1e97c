// Subscribes to the hubs that sources name, keeps the leases, and ends them where a source names no hub any more or is gone.
// What is due follows from the records; hubs are asked in turn(). WebSub, sections 4 and 5.
import { randomBytes } from 'node:crypto';
import type { Log } from '../../edge/ops/log.ts';
import { placeOf } from '../../edge/schedule/place.ts';
import { subscribeForm, unsubscribeForm } from '../../edge/websub/forms.ts';
import { type Intent, intentOf } from '../../edge/websub/intent.ts';
import {
  afterDenial,
  afterRefusal,
  afterVerification,
  hubToAsk,
  isHeld,
  isStillRight,
  isTimeToAsk,
  LEASE_ASKED_S,
  leaving,
  newSubscription,
  whileAsking,
  whileLeaving,
} from '../../edge/websub/subscription.ts';
import type { Source } from '../../model/config.ts';
import type { SourceId } from '../../model/ids.ts';
import type { PushAddresses } from '../../model/source-record.ts';
import type { HubSubscription, LeavingSubscription } from '../../model/subscription-record.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import type { KnownSources } from '../known-sources.ts';
import type { AskHub, HubDesk } from './hub-desk.ts';
import type { Found, SubscriptionShelf } from './subscription-shelf.ts';
import { tellsSecret, withoutCapabilities } from './tells-secret.ts';

export interface SubscriberOptions {
  readonly shelf: SubscriptionShelf;
  readonly desk: HubDesk;
  readonly known: KnownSources;
  /** Those that are read now. */
  readonly sources: () => readonly Source[];
  /** Ends with '/'; undefined where nobody can reach us: then no hub is asked for anything. */
  readonly publicUrl: () => string | undefined;
  readonly now: () => number;
  readonly log: Log;
}

export interface Subscriber {
  /** What is pushed to a source may have changed: looked at in the next turn. */
  lookAt(id: SourceId): void;
  /** Asks the hubs that are due and free; resolves when what it began has ended, which the next turn need not wait for. Never rejects. */
  turn(): Promise<void>;
  /** What to answer a hub's question with; undefined where we do not want what it asks for. */
  answer(name: string, query: URLSearchParams): string | undefined;
}

interface Due {
  readonly askAt: Timestamp;
  readonly begin: () => Promise<void> | undefined;
}

const NAME_BYTES = 32;
/** Hexadecimal it has 64 bytes, of the fewer than 200 that are allowed. */
const SECRET_BYTES = 32;

export function createSubscriber(options: SubscriberOptions): Subscriber {
  const { shelf, desk, known, now, log } = options;
  /** What callbacks begin with; undefined where nobody can reach us. */
  let callbackBase: string | undefined;
  const toLookAt = new Set<SourceId>();
  let seen: readonly Source[] | undefined;
  let byId: ReadonlyMap<SourceId, Source> = new Map();

  /** After a reload everything is looked at, and when our own address is another. */
  function followConfiguration(): void {
    const sources = options.sources();
    const publicUrl = options.publicUrl();
    const base = publicUrl === undefined ? undefined : `${publicUrl}websub/`;
    const isSame =
      sources.length === seen?.length && sources.every((source, place) => source === seen?.[place]);
    if (isSame && base === callbackBase) return;
    seen = sources;
    callbackBase = base;
    byId = new Map(sources.map((source) => [source.id, source]));
    for (const id of [...byId.keys(), ...shelf.ids()]) toLookAt.add(id);
  }

  function reconcile(id: SourceId, base: string): void {
    const source = byId.get(id);
    const addresses = source === undefined ? undefined : addressesOf(source);
    if (addresses === 'unknown') return;
    const record = shelf.of(id);
    const { wanted } = record;
    if (wanted !== undefined && addresses !== undefined && isStillRight(wanted, addresses, base)) return;
    if (wanted === undefined && addresses === undefined) return;
    const left = wanted === undefined ? record.leaving : leaving(record.leaving, wanted, now());
    const next = addresses === undefined ? undefined : subscriptionTo(addresses, hubToAsk(addresses), base);
    shelf.put(id, { wanted: next, leaving: left });
  }

  /** `unknown`: a poll is to tell first. Undefined: it names no hub, or one is not to be told its address. */
  function addressesOf(source: Source): PushAddresses | undefined | 'unknown' {
    const state = known.of(source.id);
    if (state.kind !== 'known' || state.record.address !== source.address) return 'unknown';
    if (known.pollOf(source.id)?.outcome === 'gone') return undefined;
    const { push } = state.record;
    return push === undefined || tellsSecret(source, push) ? undefined : push;
  }

  function subscriptionTo(push: PushAddresses, hubUrl: string, base: string): HubSubscription {
    const callbackUrl = `${base}${randomBytes(NAME_BYTES).toString('base64url')}`;
    const secret = randomBytes(SECRET_BYTES).toString('hex');
    return newSubscription({ push, hubUrl, callbackUrl, secret, nowMs: now() });
  }

  /** One that came to nothing with its hub is tried with the source's next hub, under another name and secret. */
  function nextTry(id: SourceId, wanted: HubSubscription): HubSubscription {
    const source = byId.get(id);
    const push = source === undefined ? undefined : addressesOf(source);
    const isOver = wanted.failures > 0 && !isHeld(wanted, now());
    if (push === undefined || push === 'unknown' || !isOver || push.hubUrls.length < 2) return wanted;
    const base = wanted.callbackUrl.slice(0, wanted.callbackUrl.lastIndexOf('/') + 1);
    return { ...subscriptionTo(push, hubToAsk(push, wanted.hubUrl), base), failures: wanted.failures };
  }

  async function subscribe(id: SourceId, next: HubSubscription, ask: AskHub): Promise<void> {
    const asking = whileAsking(next, now(), placeOf(id));
    // Before the hub is asked: it may verify before it answers, and we may be gone by then.
    shelf.put(id, { wanted: asking, leaving: shelf.of(id).leaving });
    if (!(await shelf.save())) return;
    const answer = await ask(subscribeForm(asking));
    if (answer.kind === 'accepted') return told(id, asking, 'asked');
    const still = shelf.of(id).wanted;
    if (still === undefined || still.callbackUrl !== asking.callbackUrl || still.failures === 0) return;
    const before = { ...still, failures: still.failures - 1 };
    const waiting = whileAsking(before, now(), placeOf(id), answer.retryAfterMs);
    shelf.put(id, { wanted: afterRefusal(waiting, answer.reason), leaving: shelf.of(id).leaving });
    told(id, waiting, 'failed', answer.reason);
  }

  async function leave(id: SourceId, old: LeavingSubscription, ask: AskHub): Promise<void> {
    const next = whileLeaving(old, now());
    replaceLeaving(id, old, next);
    if (next === undefined) return told(id, old, 'left', 'the hub does not answer; the lease will end it');
    if (!(await shelf.save())) return;
    await ask(unsubscribeForm(old));
  }

  function replaceLeaving(
    id: SourceId,
    old: LeavingSubscription,
    next: LeavingSubscription | undefined,
  ): void {
    const { wanted, leaving: before } = shelf.of(id);
    const after = before.flatMap((each) =>
      each.callbackUrl !== old.callbackUrl ? [each] : next === undefined ? [] : [next],
    );
    shelf.put(id, { wanted, leaving: after });
  }

  function told(
    id: SourceId,
    { hubUrl }: Pick<HubSubscription, 'hubUrl'>,
    outcome: 'asked' | 'verified' | 'denied' | 'failed' | 'left' | 'ended',
    message?: string,
  ): void {
    const fields = { source: id, hub: URL.parse(hubUrl)?.origin, outcome, message };
    if (outcome === 'failed' || outcome === 'denied') log.warn('subscription', fields);
    else log.info('subscription', fields);
  }

  /** What is due, begun in the order in which it became so, as far as its hub is free. */
  function begin(): readonly Promise<void>[] {
    const due: Due[] = [];
    for (const id of shelf.ids()) {
      const { wanted, leaving: old } = shelf.of(id);
      if (wanted !== undefined && isTimeToAsk(wanted, now()))
        due.push({ askAt: wanted.askAt, begin: () => beginAsking(id, wanted) });
      // An old one brings pushes until the new one is verified, or its first request came to nothing.
      const isBeingReplaced = wanted?.state === 'asking' && wanted.failures <= 1;
      for (const each of isBeingReplaced ? [] : old) {
        const begin = () => desk.take(each.hubUrl, (ask) => leave(id, each, ask));
        if (isTimeToAsk(each, now())) due.push({ askAt: each.askAt, begin });
      }
    }
    const inOrder = due.toSorted((a, b) => (a.askAt < b.askAt ? -1 : 1));
    return inOrder.flatMap((each) => each.begin() ?? []);
  }

  function beginAsking(id: SourceId, wanted: HubSubscription): Promise<void> | undefined {
    const next = nextTry(id, wanted);
    return desk.take(next.hubUrl, (ask) => subscribe(id, next, ask));
  }

  function answerWanted(id: SourceId, wanted: HubSubscription, intent: Intent): string | undefined {
    if (intent.kind === 'subscribe') {
      const lease = intent.leaseSeconds ?? LEASE_ASKED_S;
      const verified = afterVerification(wanted, lease, now(), placeOf(id));
      shelf.put(id, { wanted: verified, leaving: shelf.of(id).leaving });
      // A hub may ask again whenever it likes: that is no news.
      if (wanted.failures > 0 || wanted.state !== 'verified') told(id, verified, 'verified');
      return intent.challenge;
    }
    if (intent.kind !== 'denied') return undefined;
    const reason = withoutCapabilities(intent.reason, wanted);
    const source = byId.get(id);
    const push = source === undefined ? undefined : addressesOf(source);
    const hasOther = push !== undefined && push !== 'unknown' && push.hubUrls.length > 1;
    shelf.put(id, {
      wanted: afterDenial(wanted, reason, now(), hasOther),
      leaving: shelf.of(id).leaving,
    });
    told(id, wanted, 'denied', reason);
    return '';
  }

  function answerLeaving(id: SourceId, old: LeavingSubscription, intent: Intent): string | undefined {
    if (intent.kind !== 'unsubscribe') return undefined;
    replaceLeaving(id, old, undefined);
    told(id, old, 'ended');
    return intent.challenge;
  }

  return {
    lookAt: (id) => void toLookAt.add(id),
    async turn() {
      followConfiguration();
      if (callbackBase === undefined) return void (await shelf.save());
      for (const id of toLookAt) reconcile(id, callbackBase);
      toLookAt.clear();
      const begun = begin();
      await shelf.save();
      await Promise.all(begun);
    },
    answer(name, query) {
      const found: Found | undefined = shelf.named(name);
      const intent = intentOf(query);
      if (found === undefined || intent.kind === 'unreadable') return undefined;
      const { sourceId: id, wanted, leaving: old } = found;
      if (wanted !== undefined && isSameTopic(intent, wanted)) return answerWanted(id, wanted, intent);
      if (old !== undefined && isSameTopic(intent, old)) return answerLeaving(id, old, intent);
      return undefined;
    },
  };
}

/** Hubs may write an address anew that they were given. */
function isSameTopic(asked: { readonly topicUrl: string }, ours: { readonly topicUrl: string }): boolean {
  const [a, b] = [URL.parse(asked.topicUrl), URL.parse(ours.topicUrl)];
  return asked.topicUrl === ours.topicUrl || (a !== null && a.href === b?.href);
}
