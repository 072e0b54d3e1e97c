// What a statement of rights says, where it says it unmistakably: known licences by name or address, the public domain, rights
// reserved, a claim of copyright. A claim of copyright alone permits nothing: who reads it for a decision takes it for
// reserved rights (docs/adr: what may be shown).
import {
  CC_ZERO,
  type KnownLicense,
  licenseOfSlug,
  licenseOfUrl,
  PUBLIC_DOMAIN_MARK,
} from './known-license.ts';

export interface RightsStatement {
  readonly licenses: readonly KnownLicense[];
  /** It says that the work is in the public domain, without naming a mark or dedication. */
  readonly isPublicDomain: boolean;
  /** All rights reserved, in one of the languages known here, or reproduction forbidden. */
  readonly isReserved: boolean;
  /** © or the like. */
  readonly isClaimed: boolean;
}

const STATEMENT_CHARS_MAX = 2000;
const LICENSES_MAX = 10;

const NOTHING: RightsStatement = {
  licenses: [],
  isPublicDomain: false,
  isReserved: false,
  isClaimed: false,
};

/** Of plain text; no more than 2,000 characters of it are looked at. */
export function readRightsStatement(text: string | undefined): RightsStatement {
  if (text === undefined || text.trim() === '') return NOTHING;
  const statement = text
    .slice(0, STATEMENT_CHARS_MAX)
    .normalize('NFKC')
    .replace(/[‐-―−]/g, '-')
    .replace(/\s+/g, ' ');
  const licenses = new Map(licensesIn(statement).map((license) => [license.url, license]));
  return {
    licenses: withoutLessExact([...licenses.values()]).slice(0, LICENSES_MAX),
    isPublicDomain: isSaid(statement, PUBLIC_DOMAIN),
    isReserved: isSaid(statement, RESERVED),
    isClaimed: isSaid(statement, CLAIMED),
  };
}

const ADDRESS = /https?:\/\/[^\s"'<>()[\]]{1,200}|\bcreativecommons\.org\/[^\s"'<>()[\]]{1,200}/gi;
const VERSION = String.raw`(?:[ ,-]{0,3}(?:v\.? ?|version )?(\d\.\d)\b)?`;
const PLACE = String.raw`(?: (?:international|unported|generic))?(?: ([A-Z]{2})\b(?! ))?`;
const SHORT = new RegExp(String.raw`\bcc[ -]?(by(?:[ -](?:nc|nd|sa))*)\b${VERSION}${PLACE}`, 'gi');
/** Without `CC` before it only as it is written on badges. */
const BARE = new RegExp(String.raw`\b(?<![\w-])(BY(?:-(?:NC|ND|SA)){1,2})\b${VERSION}`, 'g');
const WORD = `non-? ?commercial|no[- ]?deriv(?:ative)?s?(?: works?)?|share-? ?alike`;
const LONG = new RegExp(
  String.raw`\bcreative commons:? \(?attribution((?:[ ,/-]{1,3}(?:${WORD})){0,2})\)?${VERSION}`,
  'gi',
);
const ZERO = /\bcc[ -]?0\b|\bcreative commons zero\b|\bcc[ -]zero\b/i;
const MARK = /\bpublic domain mark\b/i;

function licensesIn(statement: string): readonly KnownLicense[] {
  const urls = [...statement.matchAll(ADDRESS)].map(([address]) =>
    licenseOfUrl(/^https?:/i.test(address) ? address : `https://${address}`),
  );
  const named = [...statement.matchAll(SHORT), ...statement.matchAll(BARE)].map((match) => {
    const [, code = '', version, place] = match;
    return isDenied(statement, match.index) ? undefined : byParts(code.split(/[ -]/), version, place);
  });
  const spelled = [...statement.matchAll(LONG)].map((match) => {
    const [, words = '', version] = match;
    return isDenied(statement, match.index) ? undefined : byParts(['by', ...elementsOf(words)], version);
  });
  const marks = [isSaid(statement, [ZERO]) && CC_ZERO, isSaid(statement, [MARK]) && PUBLIC_DOMAIN_MARK];
  return [...urls, ...named, ...spelled, ...marks].filter(
    (license) => license !== undefined && license !== false,
  );
}

function byParts(elements: readonly string[], version?: string, place?: string): KnownLicense | undefined {
  return licenseOfSlug(
    ['cc', ...elements, version, version && place].filter((part) => part !== undefined).join('-'),
  );
}

function elementsOf(words: string): readonly string[] {
  const found = words.toLowerCase();
  return [
    found.includes('commercial') ? ['nc'] : [],
    found.includes('deriv') ? ['nd'] : [],
    found.includes('alike') ? ['sa'] : [],
  ].flat();
}

/** `CC BY` beside `CC BY 4.0` is the same one, named twice. */
function withoutLessExact(licenses: readonly KnownLicense[]): readonly KnownLicense[] {
  return licenses.filter(
    (license) => !licenses.some((other) => other !== license && other.url.startsWith(license.url)),
  );
}

const PUBLIC_DOMAIN = [
  /\bpublic domain\b(?! mark)/i,
  /\bgemeinfrei\b/i,
  /\bdomaine public\b/i,
  /\bdominio p[uú]blico\b/i,
  /\bdom[ií]nio p[uú]blico\b/i,
  /\bpubblico dominio\b/i,
  /\bno rights? reserved\b/i,
];

const RESERVED = [
  /\ball rights?(?: are)? reserved\b/i,
  /\bal(?:le|l) rechten? (?:vorbehalten|voorbehouden)\b|\balle rechte vorbehalten\b/i,
  /\btous (?:les )?droits r[ée]serv[ée]s\b/i,
  /\btodos los derechos reservados\b|\bderechos reservados\b/i,
  /\btodos os direitos reservados\b/i,
  /\btutti i diritti (?:sono )?riservati\b/i,
  /\balla r[äa]ttigheter f[öo]rbeh[åa]ll(?:na|s)\b/i,
  /\balle rettigheder forbeholdes\b|\balle rettigheter reservert\b/i,
  /\bkaikki oikeudet pid[äa]tet[äa]{2}n\b/i,
  /\bwszelkie prawa zastrze[żz]one\b/i,
  /\bv[šs]echna pr[áa]va vyhrazena\b/i,
  /\bt[üu]m haklar[ıi] sakl[ıi]d[ıi]r\b/i,
  /все права защищены|всі права захищені/i,
  /版权所有|版權所有|保留所有权利|保留所有權利|著作権所有|無断転載|無断複製|모든 권리 보유|무단 전재|جميع الحقوق محفوظة|כל הזכויות שמורות/,
  /\b(?:may|must|can) ?not be (?:re)?(?:published|produced|printed|distributed|broadcast|copied|used|transmitted)\b/i,
  /\b(?:reproduction|republication|redistribution|copying|reprinting)\b[^.;]{0,60}\b(?:prohibited|forbidden|not permitted|not allowed)\b/i,
];

const CLAIMED = [
  /©|℗|\(c\) ?(?:copyright )?(?:\d{4}|[\p{Lu}])/iu,
  /\bcopyright(?:ed)?\b(?![ -]?free)/i,
  /\bsome rights reserved\b/i,
];

function isSaid(statement: string, patterns: readonly RegExp[]): boolean {
  return patterns.some((pattern) => {
    const match = pattern.exec(statement);
    return match !== null && !isDenied(statement, match.index);
  });
}

const DENIAL = /(?:\b(?:not?|never|without|nor|neither|nicht|kein|pas|non)\b|n['’]t\b)[^.;:]{0,30}$/i;

/** `not in the public domain`, `no copyright`. What says no itself (`no rights reserved`) begins with it. */
function isDenied(statement: string, index: number): boolean {
  return DENIAL.test(statement.slice(Math.max(0, index - 45), index));
}
