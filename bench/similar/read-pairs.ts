// The pairs in test/fixtures/similar: `== same|different KIND LANGUAGE`, then two texts parted by `--`, each `# title` and body,
// in which HTML is read as the pipeline reads it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { plainText } from '../../src/core/sanitize/plain-text.ts';

export interface WrittenText {
  readonly title: string;
  readonly text: string;
}

export interface WrittenPair {
  readonly name: string;
  readonly isSame: boolean;
  readonly kind: string;
  readonly language: string;
  readonly a: WrittenText;
  readonly b: WrittenText;
}

export function readPairs(folder: string): readonly WrittenPair[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return files.toSorted().flatMap((file) => pairsIn(file, readFileSync(path.join(folder, file), 'utf8')));
}

function pairsIn(file: string, text: string): readonly WrittenPair[] {
  return text
    .split(/^== /m)
    .slice(1)
    .map((block, index) => {
      const [head = '', ...lines] = block.split('\n');
      const [verdict, kind = '', language = ''] = head.trim().split(' ');
      const [a = '', b = ''] = lines.join('\n').split(/^--\n/m);
      const name = `${file}:${index + 1} ${head.trim()}`;
      return { name, isSame: verdict === 'same', kind, language, a: textIn(a, name), b: textIn(b, name) };
    });
}

function textIn(written: string, name: string): WrittenText {
  const found = /^# (?<title>.*)\n(?<text>[\s\S]*)$/.exec(written.trim())?.groups;
  if (found?.['title'] === undefined || found['text'] === undefined) throw new Error(`${name}: no title`);
  return { title: found['title'], text: plainText(found['text']) };
}
