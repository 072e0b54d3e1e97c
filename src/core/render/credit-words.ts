// Rights and how much is shown, in plain words: for pages and for terminals.
import type { RslTerms, RslUse } from '../../model/rights.ts';
import type { Shown, ShownReason } from '../../model/shown.ts';

export const LEVEL_WORDS: Readonly<Record<Shown, string>> = {
  full: 'in full',
  excerpt: 'as excerpts',
  title: 'by title, without text',
  link: 'as links only',
};

/** Behind a level; empty for what is shown in full, which needs no reason. */
export function shownBecause(reason: ShownReason | undefined): string {
  if (reason === undefined || reason.shown === 'full') return '';
  switch (reason.rule) {
    case 'content':
      return ', as this site has set it for the source';
    case 'no-derivatives':
      return `, since ${reason.declared ?? reason.value} lets it be passed on whole or not at all`;
    default:
      return `, as this site does with rights of the kind “${reason.value}”`;
  }
}

/** What RSL terms permit, prohibit and ask for; empty where they only refer to a document. */
export function rslWords({ copyright, licenses }: RslTerms): string {
  const alternatives = licenses.map(({ permits, prohibits, payment }) =>
    [
      ...permits.map((use) => `permits ${useWords(use)}`),
      ...prohibits.map((use) => `prohibits ${useWords(use)}`),
      payment?.type === undefined
        ? undefined
        : `payment: ${[payment.type, payment.amount].filter(Boolean).join(', ')}`,
    ]
      .filter((part) => part !== undefined)
      .join('; '),
  );
  return [...alternatives, copyright].filter((part) => part !== undefined && part !== '').join(' / or: ');
}

function useWords({ type, values }: RslUse): string {
  return `${type}: ${values.join(', ')}`;
}
