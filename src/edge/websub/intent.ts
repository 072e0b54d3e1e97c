// What a hub asks at a callback: whether we meant it, or that it will not. WebSub, sections 5.2 and 5.3. Pure.

export type Intent =
  | {
      readonly kind: 'subscribe';
      readonly topicUrl: string;
      readonly challenge: string;
      /** Undefined where the hub does not say, as those of older drafts. */
      readonly leaseSeconds: number | undefined;
    }
  | { readonly kind: 'unsubscribe'; readonly topicUrl: string; readonly challenge: string }
  | { readonly kind: 'denied'; readonly topicUrl: string; readonly reason: string }
  | { readonly kind: 'unreadable' };

/** Printable and short: what we echo must be no document of somebody else's. */
const CHALLENGE = /^[\x20-\x7e]{1,1024}$/;
const SECONDS = /^\d{1,10}$/;

export function intentOf(query: URLSearchParams): Intent {
  const topicUrl = query.get('hub.topic');
  if (topicUrl === null) return { kind: 'unreadable' };
  const mode = query.get('hub.mode');
  if (mode === 'denied') return { kind: 'denied', topicUrl, reason: printable(query.get('hub.reason')) };
  const challenge = query.get('hub.challenge') ?? '';
  if (!CHALLENGE.test(challenge)) return { kind: 'unreadable' };
  if (mode === 'unsubscribe') return { kind: 'unsubscribe', topicUrl, challenge };
  if (mode !== 'subscribe') return { kind: 'unreadable' };
  const lease = query.get('hub.lease_seconds') ?? '';
  return {
    kind: 'subscribe',
    topicUrl,
    challenge,
    leaseSeconds: SECONDS.test(lease) ? Number(lease) : undefined,
  };
}

function printable(text: string | null): string {
  return (text ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 200);
}
