// Atom Publishing Protocol (RFC 5023): what of it shows in feeds.
import type { ExtensionElement } from '../extension.ts';
import type { Timestamp } from '../timestamp.ts';
import { type Elements, ElementView, said } from './element-view.ts';

export interface AtomPublishing {
  readonly editedAt?: Timestamp | undefined;
  readonly isDraft?: boolean | undefined;
}

export function atomPublishingOf(elements: Elements): AtomPublishing | undefined {
  const app = new ElementView(elements, 'app');
  const draftIn = (control: ExtensionElement) => new ElementView(control.children, 'app').flag('draft');
  return said({ editedAt: app.timestamp('edited'), isDraft: app.one('control', draftIn) });
}
