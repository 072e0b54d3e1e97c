// Made-up prose to fill a window with: words as frequent as in real text (Zipf's law), names and numbers, no two items alike.
import { randomOf, type SeriesItem } from './series.ts';

const VOCABULARY = 40_000;
const SYLLABLES =
  'ka lo mi ter san ver du pel nor ga sti ren mo ul bra che vi an tor es qui ma len ro fi du ste ra'.split(
    ' ',
  );

/** Items of 50 to 130 words, the same for the same seed. */
export function proseItems(count: number, seed = 1): readonly SeriesItem[] {
  const random = randomOf(seed);
  const int = (max: number) => Math.floor(random() * max);
  const rank = () => Math.floor(VOCABULARY ** random()) - 1;
  const name = () => capital(wordOf(VOCABULARY + int(30_000)));
  const word = () => {
    const kind = random();
    if (kind < 0.06) return name();
    return kind < 0.09 ? String(int(10) === 0 ? int(100_000) : int(200)) : wordOf(rank());
  };
  const sentence = (words: number) => `${capital(Array.from({ length: words }, word).join(' '))}.`;
  return Array.from({ length: count }, () => ({
    kind: 'prose',
    title: sentence(7).slice(0, -1),
    text: Array.from({ length: 4 + int(5) }, () => sentence(10 + int(8))).join(' '),
  }));
}

/** The word of a rank: frequent ones are short. */
function wordOf(rank: number): string {
  let [rest, word] = [rank + 1, ''];
  while (rest > 0) {
    word += SYLLABLES[rest % SYLLABLES.length] ?? '';
    rest = Math.floor(rest / SYLLABLES.length);
  }
  return word;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
