// The aggregation module of RSS 1.0 (http://purl.org/rss/1.0/modules/aggregation/): whose an item was before it was collected.
import type { Timestamp } from '../timestamp.ts';
import { type Elements, ElementView, said } from './element-view.ts';

export interface Aggregation {
  readonly source?: string | undefined;
  readonly sourceUrl?: string | undefined;
  readonly collectedAt?: Timestamp | undefined;
}

export function aggregationOf(elements: Elements): Aggregation | undefined {
  const aggregation = new ElementView(elements, 'ag');
  return said({
    source: aggregation.text('source'),
    sourceUrl: aggregation.text('sourceURL'),
    collectedAt: aggregation.timestamp('timestamp'),
  });
}
