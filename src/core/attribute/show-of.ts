// How much of an item may be shown: the strictest of what its source is configured to, and of what the feed's table says about
// each class of rights that the item is in. Pure, and with its reasons.
import { comparableLicense, type KnownLicense, licenseOfUrl } from '../../model/known-license.ts';
import type { RslTerms, TdmReservation } from '../../model/rights.ts';
import { readRightsStatement } from '../../model/rights-statement.ts';
import {
  type RightsClass,
  SHOWN_LEVELS,
  type ShownDecision,
  type ShownReason,
  type ShownSetting,
  type ShowTable,
} from '../../model/shown.ts';

/** What an item's rights come to, as `declaredRightsOf` gives them. */
export interface DeclaredRights {
  readonly text: string | undefined;
  readonly licenses: readonly string[];
  readonly rsl: readonly RslTerms[];
  readonly tdm: TdmReservation | undefined;
}

export interface ShowInput {
  /** The source's `content:`. */
  readonly content: ShownSetting;
  /** The feed's `show:`. */
  readonly show: ShowTable;
  readonly rights: DeclaredRights;
}

export function showOf({ content, show, rights }: ShowInput): ShownDecision {
  const classes = classesOf(rights, show);
  const reasons: ShownReason[] = [
    { rule: 'content', value: content.shown, ...settingOf(content) },
    ...classes.map(
      ({ value, declared, setting }): ShownReason => ({
        rule: 'show',
        value,
        declared,
        ...settingOf(setting),
      }),
    ),
  ];
  const strictest = sorted(reasons)[0]?.shown ?? 'link';
  const whole = strictest === 'excerpt' ? noDerivativesOf(rights) : undefined;
  if (whole === undefined) return { shown: strictest, because: sorted(reasons) };
  // Cut, and without its pictures, the work is no longer the one that may be passed on.
  const reason: ShownReason = {
    rule: 'no-derivatives',
    value: whole.url,
    shown: 'link',
    declared: whole.name,
  };
  return { shown: 'link', because: [reason, ...sorted(reasons)] };
}

function settingOf({ shown, line }: ShownSetting): Pick<ShownReason, 'shown' | 'line'> {
  return line === undefined ? { shown } : { shown, line };
}

function sorted(reasons: readonly ShownReason[]): readonly ShownReason[] {
  return reasons.toSorted((a, b) => SHOWN_LEVELS.indexOf(b.shown) - SHOWN_LEVELS.indexOf(a.shown));
}

interface ClassFound {
  /** A class, or a licence of the table. */
  readonly value: string;
  readonly declared: string | undefined;
  readonly setting: ShownSetting;
}

/**
 * The classes of an item: those of its licences and its statement, or `unknown`; beside these what it reserves against machines.
 * A licence that the table names is its own class.
 */
function classesOf(rights: DeclaredRights, show: ShowTable): readonly ClassFound[] {
  const found = new Map<string, ClassFound>();
  const add = (value: string, declared: string | undefined, setting: ShownSetting) => {
    if (!found.has(value)) found.set(value, { value, declared, setting });
  };
  const addClass = (name: RightsClass, declared: string | undefined) =>
    add(name, declared, show.classes[name]);
  const statement = readRightsStatement(rights.text);
  let isLicensed = false;
  for (const url of new Set([...rights.licenses, ...statement.licenses.map((license) => license.url)])) {
    const entry = show.licenses.find((line) => comparableLicense(line.url) === comparableLicense(url));
    const known = licenseOfUrl(url);
    if (entry !== undefined) add(entry.url, url, entry);
    else if (known !== undefined) addClass(known.kind, known.name);
    isLicensed ||= entry !== undefined || known !== undefined;
  }
  if (statement.isPublicDomain) addClass('public-domain', rights.text);
  // Who licenses a work claims it, too; who only claims it, or claims it and calls it free, keeps all rights.
  const isClaimedOnly = statement.isClaimed && !isLicensed;
  if (statement.isReserved || isClaimedOnly) addClass('all-rights-reserved', rights.text);
  if (found.size === 0) addClass('unknown', rights.text ?? rights.licenses[0]);
  if (rights.tdm?.reserved === true) addClass('reserved-tdm', rights.tdm.policyUrl);
  const reserving = rights.rsl.find((terms) => !isFree(terms));
  if (reserving !== undefined) addClass('rsl', reserving.documentUrl ?? reserving.termsUrl ?? reserving.url);
  return [...found.values()];
}

/** RSL terms that reserve nothing: one of the alternatives lets everybody do everything for nothing but credit. */
function isFree({ licenses }: RslTerms): boolean {
  return licenses.some(
    ({ permits, prohibits, payment }) =>
      prohibits.length === 0 &&
      permits.every(({ values }) => values.includes('all')) &&
      permits.some(({ type }) => type === 'usage') &&
      ['free', 'attribution'].includes(payment?.type ?? 'free'),
  );
}

function noDerivativesOf({ text, licenses }: DeclaredRights): KnownLicense | undefined {
  const known = licenses.map((url) => licenseOfUrl(url)).filter((license) => license !== undefined);
  return [...known, ...readRightsStatement(text).licenses].find((license) => license.isNoDerivatives);
}
