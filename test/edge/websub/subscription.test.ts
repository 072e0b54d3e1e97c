import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterDenial,
  afterVerification,
  hubToAsk,
  isActive,
  isHeld,
  isTimeToAsk,
  leaving,
  newSubscription,
  whileAsking,
  whileLeaving,
} from '../../../src/edge/websub/subscription.ts';
import type { HubSubscription } from '../../../src/model/subscription-record.ts';
import { msFromTimestamp, timestampOfClock } from '../../../src/model/timestamp.ts';

const NOW = Date.UTC(2026, 0, 1);
const DAY_MS = 24 * 3_600_000;
const push = { hubUrls: ['http://h/'], topicUrl: 'https://t/', documentUrl: 'https://t/' };
const fresh = newSubscription({
  push,
  hubUrl: 'http://h/',
  callbackUrl: 'https://c/websub/x',
  secret: 's',
  nowMs: NOW,
});
const waitMs = ({ askAt }: HubSubscription, nowMs = NOW) => msFromTimestamp(askAt) - nowMs;
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('a subscription', () => {
  it('prefers a hub by https, and tries the others in turn', () => {
    const hubUrls = ['http://a/', 'https://b/', 'https://c/'];
    const all = { ...push, hubUrls };
    expect(hubToAsk(all)).toBe('https://b/');
    expect(hubToAsk(all, 'https://b/')).toBe('https://c/');
    expect(hubToAsk(all, 'http://a/')).toBe('https://b/');
    expect(hubToAsk(all, 'https://unknown/')).toBe('https://b/');
    expect(hubToAsk(push, 'http://h/')).toBe('http://h/');
  });

  it('is asked for again after a quarter of an hour at least and 30 hours at most, ever later', () => {
    fc.assert(
      fc.property(place, fc.nat(100), (at, rounds) => {
        let asked = fresh;
        let before = 0;
        for (let round = 0; round <= rounds; round += 1) {
          asked = whileAsking(asked, NOW, at);
          expect(waitMs(asked)).toBeGreaterThanOrEqual(Math.max(15 * 60_000, before));
          expect(waitMs(asked)).toBeLessThanOrEqual(30 * 3_600_000);
          before = waitMs(asked);
        }
      }),
    );
  });

  it('F1: is asked for when its time has come, and where a wrong clock set that time years ahead', () => {
    const renewed = afterVerification(fresh, 1e9, NOW, 0.99);
    expect(isTimeToAsk(renewed, NOW)).toBe(false);
    expect(isTimeToAsk(renewed, msFromTimestamp(renewed.askAt))).toBe(true);
    expect(isTimeToAsk(renewed, NOW - 365 * DAY_MS)).toBe(true);
  });

  it('keeps a Retry-After up to a day', () => {
    expect(waitMs(whileAsking(fresh, NOW, 0, 2 * 3_600_000))).toBe(2 * 3_600_000);
    expect(waitMs(whileAsking(fresh, NOW, 0, 1e15))).toBe(DAY_MS);
  });

  it('is renewed after two thirds of its lease and before its end, whatever the hub says', () => {
    fc.assert(
      fc.property(place, fc.nat(9_999_999_999), (at, seconds) => {
        const verified = afterVerification(fresh, seconds, NOW, at);
        expect(waitMs(verified)).toBeGreaterThanOrEqual(10 * 60_000);
        expect(waitMs(verified)).toBeLessThanOrEqual(23 * DAY_MS);
        expect(isHeld(verified, NOW + seconds * 1000)).toBe(false);
        if (seconds < 15 * 60) return;
        expect(msFromTimestamp(verified.askAt)).toBeLessThan(NOW + seconds * 1000);
        expect(isHeld(verified, msFromTimestamp(verified.askAt))).toBe(true);
      }),
    );
  });

  it('that is denied waits a week, or for its next hub', () => {
    expect(waitMs(afterDenial(fresh, 'no', NOW, false))).toBe(7 * DAY_MS);
    expect(waitMs(afterDenial(fresh, 'no', NOW, true))).toBe(15 * 60_000);
    expect(isHeld(afterDenial(afterVerification(fresh, 86_400, NOW, 0), 'no', NOW, false), NOW)).toBe(false);
  });

  it('is relied on while it is held, has proven itself and missed nothing since', () => {
    const at = (ms: number) => timestampOfClock(NOW + ms);
    const held = afterVerification(fresh, 86_400, NOW, 0);
    expect(isActive(undefined, NOW)).toBe(false);
    expect(isActive(held, NOW)).toBe(false);
    expect(isActive({ ...held, provenAt: at(1) }, NOW)).toBe(true);
    expect(isActive({ ...held, provenAt: at(1), missedAt: at(2) }, NOW)).toBe(false);
    expect(isActive({ ...held, provenAt: at(3), missedAt: at(2) }, NOW)).toBe(true);
    expect(isActive({ ...held, provenAt: at(1) }, NOW + 86_400_000)).toBe(false);
  });

  it('that never began, or has ended, is not ended; one that stands is, three times at most', () => {
    expect(leaving([], fresh, NOW)).toEqual([]);
    const held = afterVerification(fresh, 86_400, NOW, 0);
    expect(leaving([], held, NOW + 2 * DAY_MS)).toEqual([]);
    let [leave] = leaving([], held, NOW);
    let attempts = 0;
    for (; leave !== undefined; leave = whileLeaving(leave, NOW)) attempts += 1;
    expect(attempts).toBe(4);
    const many = Array.from({ length: 9 }).reduce<ReturnType<typeof leaving>>(
      (all) => leaving(all, held, NOW),
      [],
    );
    expect(many).toHaveLength(4);
  });
});
