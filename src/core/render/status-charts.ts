// The small charts of `/status`: how often a source publishes, and how its polls went, day by day. Sized by attributes and
// coloured by classes, so that no style stands in the page.
import type { DayOfPolls } from '../../model/poll-record.ts';
import { html, type SafeHtml } from './html.ts';

const BAR = 4;
const HEIGHT = 20;
const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS = 30;

interface Bar {
  readonly kind: string;
  /** Up from the bottom. */
  readonly height: number;
}

/** Items a day; today's last. */
export function rhythmChart(counts: readonly number[]): SafeHtml {
  const most = Math.max(1, ...counts);
  const bars = counts.map((count) =>
    count === 0
      ? { kind: 'none', height: 1 }
      : { kind: 'some-items', height: Math.max(2, Math.round((count / most) * HEIGHT)) },
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  return chart(`${total} items in ${counts.length} days, at most ${Math.max(0, ...counts)} a day`, bars);
}

/** A bar for each of the last 30 days: all polls well, some or all of them failed, none at all. */
export function outcomeChart(days: readonly DayOfPolls[], today: string): SafeHtml {
  const byDay = new Map(days.map((day) => [day.day, day]));
  const last = Date.parse(today);
  const stripes = Array.from({ length: DAYS }, (_, place) => {
    const day = byDay.get(new Date(last - (DAYS - 1 - place) * DAY_MS).toISOString().slice(0, 10));
    const kind = kindOf(day);
    return { kind, height: STRIPE_HEIGHTS[kind] };
  });
  const failedDays = stripes.filter(({ kind }) => kind === 'bad' || kind === 'some').length;
  return chart(`polls failed on ${failedDays} of the last ${DAYS} days`, stripes);
}

type DayKind = 'none' | 'good' | 'some' | 'bad';

/** The worse, the higher: colours alone tell nothing to some. */
const STRIPE_HEIGHTS: Readonly<Record<DayKind, number>> = { none: 1, good: 8, some: 14, bad: HEIGHT };

function kindOf(day: DayOfPolls | undefined): DayKind {
  if (day === undefined || day.polls === 0) return 'none';
  if (day.failed === 0) return 'good';
  return day.failed < day.polls ? 'some' : 'bad';
}

/** One path for all bars of a kind: a page of ten thousand sources is to stay small. */
function chart(label: string, bars: readonly Bar[]): SafeHtml {
  const paths = new Map<string, string>();
  for (const [place, { kind, height }] of bars.entries())
    paths.set(kind, `${paths.get(kind) ?? ''}M${place * BAR} ${HEIGHT}h${BAR - 1}v-${height}h-${BAR - 1}z`);
  const width = bars.length * BAR;
  const shapes = [...paths].map(([kind, d]) => html`<path class="${kind}" d="${d}"/>`);
  return html`<svg class="chart" role="img" aria-label="${label}" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}"><title>${label}</title>${shapes}</svg>`;
}
