// How to subscribe to a feed: its address to be copied, readers to hand it to, its formats. All of it are links and a field with a
// text: nothing is asked of another host before somebody follows a link there.
import type { Edition } from '../../model/edition.ts';
import { documentPath, documentUrl } from './document-urls.ts';
import { html, type SafeHtml } from './html.ts';
import { type PageInput, SUBSCRIBABLE } from './page-parts.ts';
import type { PageVoice } from './page-voice.ts';

/** Where each takes the address of a feed from a link. */
const WEB_READERS = [
  ['Feedly', 'https://feedly.com/i/subscription/feed/'],
  ['Inoreader', 'https://www.inoreader.com/?add_feed='],
  ['NewsBlur', 'https://www.newsblur.com/?url='],
  ['The Old Reader', 'https://theoldreader.com/feeds/subscribe?url='],
  ['Feedbin', 'https://feedbin.com/?subscribe='],
] as const;

/** `edition`: never an archive. */
export function subscribePanel(
  edition: Edition,
  { words }: PageVoice,
  root: PageInput['root'],
  isOpen = false,
): SafeHtml {
  const { feedId } = edition;
  const address = documentUrl(edition, 'rss');
  // A reader on the web would be told of a private feed, and could not read it.
  const readers =
    edition.isPrivate !== true && isReachedByAll(address)
      ? WEB_READERS.map(([name, start]) => [name, `${start}${encodeURIComponent(address)}`] as const)
      : [];
  return html`<div class="subscribe">
<details${isOpen && html` open`}>
<summary>${words.subscribe}</summary>
<p class="address"><label for="address-${feedId}">${words.address}</label>
<input id="address-${feedId}" type="url" readonly value="${address}" dir="ltr" spellcheck="false">
<button type="button" class="copy" data-copied="${words.copied}">${words.copy}</button><span class="said" role="status"></span></p>
<p class="readers">${words.openIn} <a href="feed:${address}">${words.readerApp}</a>${readers.map(([name, href]) => html` <a href="${href}" rel="noopener nofollow">${name}</a>`)}</p>
</details>
<ul class="formats">
${SUBSCRIBABLE.map(({ extension, name }) => html`<li><a href="${root}${documentPath(feedId, extension)}">${name}</a></li>\n`)}</ul>
</div>`;
}

/** Readers on the web cannot fetch what is on this machine or has no name of its own. */
function isReachedByAll(address: string): boolean {
  const host = URL.parse(address)?.hostname ?? '';
  return host.includes('.') && !/^[\d.]+$|\.(?:localhost|local|internal|lan)$/.test(host);
}
