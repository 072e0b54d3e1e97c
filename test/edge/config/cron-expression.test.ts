import { expect, test } from 'vitest';
import { isCronExpression } from '../../../src/edge/config/cron-expression.ts';
import { cronProblem } from '../../../src/edge/schedule/cron.ts';

const ACCEPTED = [
  '* * * * *',
  '*/15 6-22 * * *',
  '0 0 1 1 *',
  '1,2,3-5/2 * * * *',
  '0 22,23,0-6 * * *',
  '0 0 * jan-mar,DEC mon-fri',
  '0 0 * * 7',
  '0 0 * * 0-7/2',
  '59 23 31 12 6',
  '01 02 * * *',
  '0 0 29 2 *',
  '0 0 30,1 feb *',
  '0 0 31 1-2 *',
  '0 0 31 */2 *',
  '  0   1 * * * ',
];

test.each(ACCEPTED)('accepts "%s", and so does the scheduler', (expression) => {
  expect(isCronExpression(expression)).toBeUndefined();
  expect(cronProblem(expression.trim())).toBeUndefined();
});

test.each([
  ['0 0 30 2 *', 'names a day that no month of it has'],
  ['0 0 31 4,jun,9-9 *', 'names a day that no month of it has'],
  ['0 0 31-31 11 *', 'names a day that no month of it has'],
  [
    '* * * * * *',
    'has six fields; sources are polled by the minute, so leave out the first one, the seconds',
  ],
])('refuses "%s"', (expression, message) => {
  expect(isCronExpression(expression)).toBe(message);
});
