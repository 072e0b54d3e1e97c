// Dave Winer's source namespace (http://source.scripting.com/): what an item was written in, and where its author is found.
import type { ExtensionElement } from '../extension.ts';
import { attributeIn, type Elements, ElementView, said, textIn } from './element-view.ts';

export interface SourceModule {
  /** The item's text as its author wrote it. */
  readonly markdown?: string | undefined;
  /** Where its author is found. */
  readonly accounts?: readonly { readonly service: string; readonly name: string }[] | undefined;
  readonly blogrollUrl?: string | undefined;
  readonly subscriptionLists?:
    | readonly { readonly url: string; readonly title?: string | undefined }[]
    | undefined;
  readonly selfUrl?: string | undefined;
  readonly linkFullUrl?: string | undefined;
  readonly inReplyToUrl?: string | undefined;
  /** The item's time in its author's time zone, as written. */
  readonly localTime?: string | undefined;
  readonly likesServerUrl?: string | undefined;
  readonly archive?: SourceArchive | undefined;
}

/** Where a feed's past is kept, a file for each day. */
export interface SourceArchive {
  readonly url: string;
  readonly fileName?: string | undefined;
  /** `YYYY-MM-DD`, as written. */
  readonly startDay?: string | undefined;
  readonly endDay?: string | undefined;
}

export function sourceModuleOf(elements: Elements): SourceModule | undefined {
  const source = new ElementView(elements, 'source');
  return said({
    markdown: source.text('markdown'),
    accounts: source.list('account', accountIn),
    blogrollUrl: source.text('blogroll'),
    subscriptionLists: source.list('subscriptionList', subscriptionListIn),
    selfUrl: source.text('self'),
    linkFullUrl: source.text('linkFull'),
    inReplyToUrl: source.text('inReplyTo'),
    localTime: source.text('localTime'),
    likesServerUrl: source.one('likes', (likes) => attributeIn(likes, 'server')),
    archive: source.one('archive', archiveIn),
  });
}

function accountIn(element: ExtensionElement): { service: string; name: string } | undefined {
  const service = attributeIn(element, 'service')?.toLowerCase();
  const name = textIn(element);
  return service === undefined || name === undefined ? undefined : { service, name };
}

function subscriptionListIn(
  element: ExtensionElement,
): { url: string; title?: string | undefined } | undefined {
  const url = attributeIn(element, 'url') ?? textIn(element);
  return url === undefined ? undefined : said({ url, title: attributeIn(element, 'title') });
}

function archiveIn(element: ExtensionElement): SourceArchive | undefined {
  const archive = new ElementView(element.children, 'source');
  const url = archive.text('url');
  if (url === undefined) return undefined;
  return said({
    url,
    fileName: archive.text('filename'),
    startDay: archive.text('startDay'),
    endDay: archive.text('endDay'),
  });
}
