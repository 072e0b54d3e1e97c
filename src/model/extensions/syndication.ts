// The Syndication module of RSS 1.0 (http://purl.org/rss/1.0/modules/syndication/): how often a feed changes.
import type { Timestamp } from '../timestamp.ts';
import { type Elements, ElementView, said } from './element-view.ts';

export type SyndicationPeriod = 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly';

export interface Syndication {
  /** `daily` where only a frequency is given. */
  readonly period?: SyndicationPeriod | undefined;
  /** Times in each period, from 1; 1 where only a period is given. */
  readonly frequency?: number | undefined;
  /** What the schedule is counted from. */
  readonly base?: Timestamp | undefined;
  /** Period by frequency; a month has 30 days, a year 365. */
  readonly intervalSeconds?: number | undefined;
}

const DAY_SECONDS = 86_400;
const SECONDS: Readonly<Record<SyndicationPeriod, number>> = {
  hourly: 3600,
  daily: DAY_SECONDS,
  weekly: 7 * DAY_SECONDS,
  monthly: 30 * DAY_SECONDS,
  yearly: 365 * DAY_SECONDS,
};

export function syndicationOf(elements: Elements): Syndication | undefined {
  const sy = new ElementView(elements, 'sy');
  const word = sy.text('updatePeriod')?.toLowerCase();
  const given = word !== undefined && Object.hasOwn(SECONDS, word) ? (word as SyndicationPeriod) : undefined;
  const times = sy.whole('updateFrequency') || undefined;
  const base = sy.timestamp('updateBase');
  if (given === undefined && times === undefined) return said({ base });
  const [period, frequency] = [given ?? 'daily', times ?? 1];
  return said({ period, frequency, base, intervalSeconds: Math.round(SECONDS[period] / frequency) });
}
