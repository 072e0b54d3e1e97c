// RawRights to Rights: addresses absolute, names of known licences as their addresses, words of a few values settled.
import { licenseOfSlug, licenseOfUrl } from '../../model/known-license.ts';
import type { RawRights, RawRsl, RawRslLicense, RawRslUse } from '../../model/raw-feed.ts';
import type { Rights, RslLicense, RslTerms, RslUse, TdmReservation } from '../../model/rights.ts';
import { readRightsStatement } from '../../model/rights-statement.ts';
import { firstUrl, label } from './normalize-parts.ts';
import { plainText } from './plain-text.ts';
import { present } from './present.ts';
import type { BaseResolver } from './urls.ts';

const RIGHTS_CHARS_MAX = 2000;
const WORDS_MAX = 20;
const WORD_CHARS_MAX = 64;

export function normalizeRights(raw: RawRights, bases: BaseResolver): Rights {
  const named = (raw.licenseNames ?? []).map((name) => ({ name, url: addressOfName(name) }));
  const given = raw.licenses.map((license) => bases.urlOf(license));
  const isGiven = (url: string) => given.some((one) => one !== undefined && isVersionOf(one, url));
  const licenses = [
    ...given,
    ...named.map(({ url }) => (url !== undefined && isGiven(url) ? undefined : url)),
  ];
  const rsl = (raw.rsl ?? []).map((terms) => normalizeRsl(terms, bases));
  return present({
    text: statementOf(raw, named.find(({ url }) => url === undefined)?.name),
    licenses: [...new Set(licenses.filter((url) => url !== undefined))],
    accessRights: label(raw.accessRights),
    termsUrl: firstUrl(raw.terms ?? [], bases),
    rsl: rsl.length === 0 ? undefined : rsl,
    tdm: normalizeTdm(raw.tdm, bases),
    access: wordOf(raw.access, ['allow', 'deny']),
    indexing: wordOf(raw.indexing, ['yes', 'no']),
    robots: robotsOf(raw.robots),
  });
}

function addressOfName(name: string): string | undefined {
  return licenseOfSlug(name)?.url ?? readRightsStatement(name).licenses[0]?.url;
}

/** `CC BY` beside the address of CC BY 4.0 is its name, and no licence more. */
function isVersionOf(address: string, named: string): boolean {
  return licenseOfUrl(address)?.url.startsWith(named) === true;
}

/** A licence with a name that nobody knows is a statement, where there is no other. */
function statementOf({ text, licenses }: RawRights, name: string | undefined): string | undefined {
  const said = plainText(text, RIGHTS_CHARS_MAX);
  if (said !== undefined || name === undefined || licenses.length > 0) return said;
  return plainText({ value: name, kind: 'unknown' }, RIGHTS_CHARS_MAX);
}

/** TDM Reservation Protocol, section 6: anything but 1 and 0 says nothing, and a policy counts only with a reservation. */
export function normalizeTdm(raw: RawRights['tdm'], bases: BaseResolver): TdmReservation | undefined {
  const reservation = raw?.reservation.trim();
  if (reservation !== '1' && reservation !== '0') return undefined;
  const reserved = reservation === '1';
  return present({ reserved, policyUrl: reserved ? bases.urlOf(raw?.policy) : undefined });
}

function wordOf<Word extends string>(text: string | undefined, words: readonly Word[]): Word | undefined {
  const given = text?.trim().toLowerCase();
  return words.find((word) => word === given);
}

/** `X-Robots-Tag`, without what is for one robot alone (`otherbot: noindex`). */
function robotsOf(header: string | undefined): readonly string[] | undefined {
  const rules = (header ?? '').toLowerCase().split(',', WORDS_MAX);
  const own: string[] = [];
  let isForAll = true;
  for (const rule of rules) {
    const [, robot, word] = /^\s*(?:([\w.*-]+)\s*:\s*)?([a-z]+)\s*$/.exec(rule) ?? [];
    if (robot !== undefined) isForAll = robot === '*';
    if (word !== undefined && isForAll) own.push(word);
  }
  return own.length === 0 ? undefined : [...new Set(own)];
}

function normalizeRsl(raw: RawRsl, bases: BaseResolver): RslTerms {
  return present({
    url: bases.urlOf(raw.url),
    server: bases.urlOf(raw.server),
    documentUrl: bases.urlOf(raw.document),
    copyright: label(raw.copyright),
    termsUrl: bases.urlOf(raw.terms),
    licenses: raw.licenses.map((license) => normalizeLicense(license, bases)),
  });
}

function normalizeLicense({ permits, prohibits, payment }: RawRslLicense, bases: BaseResolver): RslLicense {
  return present({
    permits: permits.flatMap(normalizeUse),
    prohibits: prohibits.flatMap(normalizeUse),
    payment:
      payment === undefined
        ? undefined
        : present({
            type: label(payment.type)?.toLowerCase(),
            url: bases.urlOf(payment.url),
            amount: label(payment.amount),
          }),
  });
}

/** Its type is `usage` where none is said; a use of another type is not one of RSL 1.0. */
function normalizeUse({ type, values }: RawRslUse): readonly RslUse[] {
  const known = type === undefined ? 'usage' : wordOf(type, ['usage', 'user', 'geo']);
  const words = values
    .map((value) => value.trim().toLowerCase().slice(0, WORD_CHARS_MAX))
    .filter((word) => word !== '');
  return known === undefined || words.length === 0
    ? []
    : [{ type: known, values: [...new Set(words)].slice(0, WORDS_MAX) }];
}
