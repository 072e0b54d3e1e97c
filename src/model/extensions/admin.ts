// The administration module of RSS 1.0 (http://webns.net/mvcb/).
import type { ExtensionElement } from '../extension.ts';
import { attributeIn, type Elements, ElementView, said, textIn } from './element-view.ts';

export interface Admin {
  readonly generatorUrl?: string | undefined;
  /** A page, or an address with `mailto:`. */
  readonly errorReportsTo?: string | undefined;
}

export function adminOf(elements: Elements): Admin | undefined {
  const admin = new ElementView(elements, 'admin');
  const addressIn = (element: ExtensionElement) => attributeIn(element, 'rdf:resource') ?? textIn(element);
  return said({
    generatorUrl: admin.one('generatorAgent', addressIn),
    errorReportsTo: admin.one('errorReportsTo', addressIn),
  });
}
