// The small charts of `/status`: how often a source publishes, and how its polls went, day by day. Sized by attributes and
// coloured by classes, so that no style stands in the page.
import type { DayOfPolls } from '../../model/records.ts';
import { html, type SafeHtml } from './html.ts';

const BAR = 4;
const HEIGHT = 20;
const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS = 30;

/** Items a day; today's last. */
export function rhythmChart(counts: readonly number[]): SafeHtml {
  const most = Math.max(1, ...counts);
  const bars = counts.map((count, place) => {
    const height = count === 0 ? 1 : Math.max(2, Math.round((count / most) * HEIGHT));
    return html`<rect x="${place * BAR}" y="${HEIGHT - height}" width="${BAR - 1}" height="${height}"${count === 0 && html` class="none"`}/>`;
  });
  const total = counts.reduce((sum, count) => sum + count, 0);
  return chart(counts.length, `${total} items in ${counts.length} days, at most ${most} a day`, bars);
}

/** A stripe for each of the last 30 days: all polls well, some or all of them failed, none at all. */
export function outcomeChart(days: readonly DayOfPolls[], today: string): SafeHtml {
  const byDay = new Map(days.map((day) => [day.day, day]));
  const last = Date.parse(today);
  let failedDays = 0;
  const stripes = Array.from({ length: DAYS }, (_, place) => {
    const day = byDay.get(new Date(last - (DAYS - 1 - place) * DAY_MS).toISOString().slice(0, 10));
    const kind = kindOf(day);
    if (kind === 'bad' || kind === 'some') failedDays += 1;
    return html`<rect x="${place * BAR}" y="0" width="${BAR - 1}" height="${HEIGHT}" class="${kind}"/>`;
  });
  return chart(DAYS, `polls failed on ${failedDays} of the last ${DAYS} days`, stripes);
}

function kindOf(day: DayOfPolls | undefined): string {
  if (day === undefined || day.polls === 0) return 'none';
  if (day.failed === 0) return 'good';
  return day.failed < day.polls ? 'some' : 'bad';
}

function chart(columns: number, label: string, shapes: readonly SafeHtml[]): SafeHtml {
  const width = columns * BAR;
  return html`<svg class="chart" role="img" aria-label="${label}" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}"><title>${label}</title>${shapes}</svg>`;
}
