import { describe, expect, test } from 'vitest';
import { calendarName } from '../../../../src/core/merge/similar/calendar-words.ts';
import {
  numberOfRoman,
  numberOfWord,
  numberOfWords,
} from '../../../../src/core/merge/similar/number-words.ts';
import { withoutBoilerplate } from '../../../../src/core/merge/similar/without-boilerplate.ts';
import { wordsOf } from '../../../../src/core/merge/similar/words.ts';

const texts = (text: string) => wordsOf(text).map((word) => word.text);

describe('wordsOf', () => {
  test.each([
    ['1,200 and 1.200 and 1 200', ['1200', 'and', '1200', 'and', '1200']],
    ['4.25 or 4,25', ['4.25', 'or', '4.25']],
    ['2:1, 2-1, 2–1', ['2.1', '2.1', '2.1']],
    ['at 05.40', ['at', '5.40']],
    ['version 2.18.1', ['version', '2.18.1']],
    ['A12 and -6 degrees', ['a12', 'and', '-6', 'degrees']],
    ['١٢ كيلومترا', ['12', 'كيلومترا']],
    ['第38回', ['第', '38', '回']],
    ['最高気温は30度、', ['最高', '気温', 'は', '30', '度']],
    ['£22m, €1.2bn, 640km and the 3rd', ['22', '1.2', '640', 'and', 'the', '3']],
  ])('reads %s', (text, expected) => expect(texts(text)).toEqual(expected));

  test('parts Chinese, Japanese and Thai, which have no spaces', () => {
    expect(texts('云江大桥正式通车').length).toBeGreaterThan(2);
    expect(texts('観光船が浅瀬に乗り上げた').length).toBeGreaterThan(3);
    expect(texts('เรือท่องเที่ยวชนโขดหิน').length).toBeGreaterThan(2);
  });

  test('takes a capital for a name only where no sentence begins', () => {
    const names = wordsOf('Tugs came. The owner, Firth Lines, said: "Nobody was hurt."').filter(
      (word) => word.isName,
    );
    expect(names.map((word) => word.text)).toEqual(['firth', 'lines']);
  });
});

test.each([
  ['three', 3],
  ['dritten', 3],
  ['cuatro', 4],
  ['седьмой', 7],
  ['the', undefined],
  ['achtung', undefined],
  ['вторник', undefined],
])('numberOfWord of %s is %s', (word, value) => {
  // What names a weekday is asked for first.
  expect(calendarName(word) === undefined ? numberOfWord(word) : undefined).toBe(value);
});

test.each([
  [['twenty', 'four'], 24],
  [['treinta', 'y', 'dos'], 32],
  [['sixty'], undefined],
  [['three', 'four'], undefined],
])('numberOfWords of %s is %s', ([first = '', ...more], value) =>
  expect(numberOfWords(first, ...more)).toBe(value),
);

test.each([
  ['vierundzwanzig', 24],
  ['veintidós', 22],
  ['eenentwintig', 21],
  ['семнадцать', 17],
])('numberOfWord of %s is %s', (word, value) => expect(numberOfWord(word)).toBe(value));

test.each([
  ['II', 2],
  ['XIV', 14],
  ['MIX', 1009],
  ['IIX', undefined],
  ['I', undefined],
  ['CIVIL', undefined],
])('numberOfRoman of %s is %s', (word, value) => expect(numberOfRoman(word)).toBe(value));

test.each([
  ['monday', 'weekday 1'],
  ['mittwoch', 'weekday 3'],
  ['novembre', 'month 11'],
  ['ноября', 'month 11'],
  ['harbour', undefined],
])('calendarName of %s is %s', (word, name) => expect(calendarName(word)).toBe(name));

describe('withoutBoilerplate', () => {
  test.each([
    ['SKARROW (Northwire) - A ferry ran aground.', 'A ferry ran aground.'],
    ['A ferry ran aground off… Read more', 'A ferry ran aground off'],
    ['A ferry ran aground. Source: Courier · Author: Tom Ardley', 'A ferry ran aground.'],
    ['Eine Fähre lief auf Grund. Weiterlesen »', 'Eine Fähre lief auf Grund.'],
    ['A ferry ran aground. The post Ferry appeared first on Courier.', 'A ferry ran aground.'],
  ])('leaves of %s only the text', (text, expected) =>
    expect(withoutBoilerplate(text).trim()).toBe(expected),
  );

  test('keeps what speaks of sources in the middle of a text', () => {
    const text = `The source: a spring in the hills. ${'Water runs down to the town. '.repeat(20)}`;
    expect(withoutBoilerplate(text)).toBe(text);
  });

  test('is linear: a text made to be slow takes no longer than one of words', () => {
    const steps = ['( '.repeat(3_000), 'source '.repeat(900), '… '.repeat(3_000), 'the post '.repeat(700)];
    for (const text of steps) expect(withoutBoilerplate(text).length).toBeGreaterThan(0);
  });
});
