// Podlove Simple Chapters (https://podlove.org/simple-chapters/), in the order given.
import type { ExtensionElement } from '../extension.ts';
import { attributeIn, type Elements, ElementView, said, secondsIn } from './element-view.ts';

export interface Chapter {
  readonly startSeconds: number;
  readonly title?: string | undefined;
  readonly url?: string | undefined;
  readonly imageUrl?: string | undefined;
}

export function chaptersOf(elements: Elements): readonly Chapter[] | undefined {
  return new ElementView(elements, 'psc').one('chapters', (chapters) =>
    new ElementView(chapters.children, 'psc').list('chapter', chapterIn),
  );
}

function chapterIn(element: ExtensionElement): Chapter | undefined {
  const startSeconds = secondsIn(attributeIn(element, 'start'));
  if (startSeconds === undefined) return undefined;
  return said({
    startSeconds,
    title: attributeIn(element, 'title'),
    url: attributeIn(element, 'href'),
    imageUrl: attributeIn(element, 'image'),
  });
}
