// The event module of RSS 1.0 (http://purl.org/rss/1.0/modules/event/).
import type { Timestamp } from '../timestamp.ts';
import { type Elements, ElementView, said } from './element-view.ts';

export interface FeedEvent {
  readonly startsAt?: Timestamp | undefined;
  readonly endsAt?: Timestamp | undefined;
  readonly location?: string | undefined;
  readonly organizer?: string | undefined;
  readonly type?: string | undefined;
}

export function eventOf(elements: Elements): FeedEvent | undefined {
  const event = new ElementView(elements, 'ev');
  return said({
    startsAt: event.timestamp('startdate'),
    endsAt: event.timestamp('enddate'),
    location: event.text('location'),
    organizer: event.text('organizer'),
    type: event.text('type'),
  });
}
