// Licences by the two Creative Commons vocabularies, as URLs: the RSS module (`creativeCommons:`) and ccREL (`cc:`).
import type { ExtensionElement } from '../extension.ts';
import { attributeIn, type Elements, ElementView, said, textIn } from './element-view.ts';

export interface CreativeCommons {
  /** In document order, each once. */
  readonly licenses?: readonly string[] | undefined;
  /** How the work's maker wants to be named, and the page to link to. */
  readonly attributionName?: string | undefined;
  readonly attributionUrl?: string | undefined;
  readonly morePermissionsUrl?: string | undefined;
}

export function creativeCommonsOf(elements: Elements): CreativeCommons | undefined {
  const cc = new ElementView(elements, 'cc');
  const found = (elements ?? []).flatMap(licenseIn);
  return said({
    licenses: found.length === 0 ? undefined : [...new Set(found)],
    attributionName: cc.text('attributionName'),
    attributionUrl: cc.one('attributionURL', addressIn),
    morePermissionsUrl: cc.one('morePermissions', addressIn),
  });
}

function licenseIn(element: ExtensionElement): string[] {
  if (element.name !== 'cc:license' && element.name !== 'creativeCommons:license') return [];
  const url = addressIn(element);
  return url === undefined ? [] : [url];
}

function addressIn(element: ExtensionElement): string | undefined {
  return attributeIn(element, 'rdf:resource') ?? textIn(element);
}
