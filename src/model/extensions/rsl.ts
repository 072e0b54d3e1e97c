// RSL 1.0 in feeds (https://rslstandard.org/rsl): terms for machines, as `rights.rsl` has them, from the elements themselves.
import type { ExtensionElement } from '../extension.ts';
import type { RslLicense, RslPayment, RslTerms, RslUse } from '../rights.ts';
import { attributeIn, type Elements, ElementView, said, textIn } from './element-view.ts';

export function rslOf(elements: Elements): readonly RslTerms[] | undefined {
  const outer = new ElementView(elements, 'rsl');
  const wrapped = outer.all('rsl').flatMap(({ children }) => new ElementView(children, 'rsl').all('content'));
  const terms = [...outer.all('content'), ...wrapped].map(termsIn).filter((found) => found !== undefined);
  return terms.length === 0 ? undefined : terms;
}

function termsIn(element: ExtensionElement): RslTerms | undefined {
  const content = new ElementView(element.children, 'rsl');
  return said({
    url: attributeIn(element, 'url'),
    server: attributeIn(element, 'server'),
    copyright: content.text('copyright'),
    termsUrl: content.text('terms'),
    licenses: content.list('license', licenseIn) ?? [],
  });
}

function licenseIn(element: ExtensionElement): RslLicense | undefined {
  const license = new ElementView(element.children, 'rsl');
  return said({
    permits: license.list('permits', useIn) ?? [],
    prohibits: license.list('prohibits', useIn) ?? [],
    payment: license.one('payment', paymentIn),
  });
}

function useIn(element: ExtensionElement): RslUse | undefined {
  const type = attributeIn(element, 'type')?.toLowerCase() ?? 'usage';
  const values = textIn(element)
    ?.toLowerCase()
    .split(/[\s,]+/);
  if ((type !== 'usage' && type !== 'user' && type !== 'geo') || values === undefined) return undefined;
  return { type, values };
}

function paymentIn(element: ExtensionElement): RslPayment | undefined {
  const payment = new ElementView(element.children, 'rsl');
  const amount = payment.first('amount');
  const currency = amount === undefined ? undefined : attributeIn(amount, 'currency');
  const sum = textIn(amount);
  return said({
    type: attributeIn(element, 'type')?.toLowerCase(),
    url: payment.text('standard') ?? payment.text('custom'),
    amount: sum === undefined ? undefined : [sum, currency].filter((part) => part !== undefined).join(' '),
  });
}
