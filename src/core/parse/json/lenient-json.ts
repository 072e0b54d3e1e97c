// JSON as publishers send it: line breaks within strings, commas too many, an end that is missing. RFC 8259 forbids all three.
import { isObject } from './values.ts';

export interface LenientJson {
  /** Undefined where it is beyond mending. */
  readonly value: unknown;
  readonly isRepaired: boolean;
}

export function parseLenientJson(text: string): LenientJson {
  const strict = parsed(text);
  if (strict !== undefined) return { value: strict, isRepaired: false };
  const tidy = tidied(text);
  return { value: parsed(tidy) ?? parsed(untilLastWhole(tidy)), isRepaired: true };
}

/** Undefined for what is not JSON; nothing that is JSON is undefined. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Control characters as spaces; commas before a closing bracket gone. */
function tidied(text: string): string {
  const spaced = text.replace(/[\0-\x1f]/g, ' ');
  const parts: string[] = [];
  let start = 0;
  let comma = -1;
  forEachMark(spaced, (mark, index) => {
    if ((mark === '}' || mark === ']') && comma >= 0 && spaced.slice(comma + 1, index).trim() === '') {
      parts.push(spaced.slice(start, comma));
      start = comma + 1;
    }
    comma = mark === ',' ? index : -1;
  });
  return parts.length === 0 ? spaced : parts.join('') + spaced.slice(start);
}

/** Up to the last object that is whole in a list of the outermost object: the items before a cut. Empty where there is none. */
function untilLastWhole(text: string): string {
  const open: string[] = [];
  let end = 0;
  forEachMark(text, (mark, index) => {
    if (mark === '{' || mark === '[') open.push(mark);
    if (mark !== '}' && mark !== ']') return;
    open.pop();
    if (mark === '}' && open.length === 2 && open[1] === '[') end = index + 1;
  });
  return end === 0 ? '' : `${text.slice(0, end)}]}`;
}

/** Brackets and commas outside of strings, in order. Time is linear. */
function forEachMark(text: string, see: (mark: string, index: number) => void): void {
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\' && isInString) index += 1;
    else if (character === '"') isInString = !isInString;
    else if (!isInString && '{}[],'.includes(character)) see(character, index);
  }
}

/** Whether a value is an object with something in it. */
export function isFilledObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && Object.keys(value).length > 0;
}
