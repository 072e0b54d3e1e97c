// The Comment API of the Well-Formed Web (http://wellformedweb.org/news/wfw_namespace_elements/).
import { type Elements, ElementView, said } from './element-view.ts';

export interface Wfw {
  /** Where comments are posted to. */
  readonly commentUrl?: string | undefined;
  /** The feed of the item's comments. */
  readonly commentRssUrl?: string | undefined;
}

export function wfwOf(elements: Elements): Wfw | undefined {
  const wfw = new ElementView(elements, 'wfw');
  return said({
    commentUrl: wfw.text('comment'),
    commentRssUrl: wfw.text('commentRss') ?? wfw.text('commentRSS'),
  });
}
