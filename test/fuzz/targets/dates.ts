// Dates of any form.
import { parseDate } from '../../../src/core/normalize/dates.ts';
import { mutate, pick } from '../mutate.ts';
import { holds, type Target } from '../target.ts';

const DATES = [
  ...[
    'Mon, 23 Nov 2026 10:00:00 GMT',
    '23 Nov 26 10:00 EST',
    'Monday, 23-Nov-26 10:00:00 UTC',
    'Mon Nov 23 10:00:00 2026',
  ],
  ...[
    '2026-11-23T10:00:00Z',
    '2026-11-23T10:00:00.123+02:00',
    '20261123T100000Z',
    '2026-W48-1',
    '2026-327',
    '2026',
  ],
  ...[
    '23.11.2026 10:00',
    '11/23/2026 10:00 PM',
    '23 novembre 2026',
    '23. marraskuuta 2026',
    '2026年11月23日 10時',
    '1795428000',
  ],
  ...[
    '2026. 11. 23. 오후 3:00',
    'Δευ, 23 Νοε 2026 10:00',
    '23 ноября 2026',
    '1795428000000',
    '-000001-01-01',
    '+275760-09-13',
  ],
];
const TOKENS = [
  ...':  T Z + - , . / ( ) [ ] ; " & &#48; 00 60 99 0 31 1e9 AM pm GMT EST UTC MSK Europe/Berlin CET-1CEST W 年 오후 μμ < >'.split(
    ' ',
  ),
  ...[
    '\0',
    '\ud800',
    '\u0660',
    '１',
    'Nov',
    'Mai',
    'mars',
    'Mon',
    '(CET)',
    '--',
    '24:00',
    '23:59:60',
    '99999999999999999999',
  ],
];
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export const dates: Target = {
  name: 'dates',
  make: (random) => ({
    text: mutate(pick(random, DATES), random, TOKENS, pick(random, DATES)).slice(0, 200),
  }),
  check({ text = '' }) {
    const date = parseDate(text);
    if (date === undefined) return;
    holds(TIMESTAMP.test(date), `${date} is a timestamp`);
    holds(date >= '1990' && date < '9999', `${date} is within bounds`);
    holds(parseDate(date) === date, `${date} is read as itself`);
  },
};
