// Who takes part in a show or an episode, and where it is talked about (Podcasting 2.0: `person`, `socialInteract`).
import type { ExtensionElement } from '../extension.ts';
import { attributeIn, said, textIn, wholeIn } from './element-view.ts';

export interface PodcastPerson {
  readonly name: string;
  /** In lower case; `host` where none is given. */
  readonly role: string;
  /** In lower case; `cast` where none is given. */
  readonly group: string;
  readonly imageUrl?: string | undefined;
  /** A page about the person. */
  readonly url?: string | undefined;
}

export interface PodcastSocialInteract {
  /** `activitypub`, `bluesky`, `disabled` … in lower case. */
  readonly protocol: string;
  /** The post that the comments hang on. Absent where they are disabled. */
  readonly url?: string | undefined;
  readonly accountId?: string | undefined;
  readonly accountUrl?: string | undefined;
  /** The lowest goes first. */
  readonly priority?: number | undefined;
}

export function personIn(element: ExtensionElement): PodcastPerson | undefined {
  const name = textIn(element);
  if (name === undefined) return undefined;
  return said({
    name,
    role: attributeIn(element, 'role')?.toLowerCase() ?? 'host',
    group: attributeIn(element, 'group')?.toLowerCase() ?? 'cast',
    imageUrl: attributeIn(element, 'img'),
    url: attributeIn(element, 'href'),
  });
}

export function socialInteractIn(element: ExtensionElement): PodcastSocialInteract | undefined {
  const protocol = attributeIn(element, 'protocol')?.toLowerCase();
  if (protocol === undefined) return undefined;
  return said({
    protocol,
    url: attributeIn(element, 'uri'),
    accountId: attributeIn(element, 'accountId'),
    accountUrl: attributeIn(element, 'accountUrl'),
    priority: wholeIn(attributeIn(element, 'priority')),
  });
}
