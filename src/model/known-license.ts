// Licences that are known by name and address: Creative Commons 1.0 to 4.0, CC0, and the marks of the public domain. Whatever
// else is declared stays what its publisher wrote.

export type KnownLicenseKind = 'cc' | 'public-domain';

export interface KnownLicense {
  readonly kind: KnownLicenseKind;
  /** For people: `CC BY-SA 4.0`, `CC BY 3.0 DE`, `CC0 1.0`. */
  readonly name: string;
  /** The canonical address, without deeds, legal code and languages. */
  readonly url: string;
  /** It may be passed on, whole or not at all, but not adapted. */
  readonly isNoDerivatives: boolean;
}

const ROOT = 'https://creativecommons.org';
const URL_CHARS_MAX = 300;

export const CC_ZERO = publicDomain('CC0 1.0', '/publicdomain/zero/1.0/');
export const PUBLIC_DOMAIN_MARK = publicDomain('Public Domain Mark 1.0', '/publicdomain/mark/1.0/');
/** The dedication of before CC0, at either of its addresses. */
const DEDICATION = publicDomain('Public Domain Dedication', '/licenses/publicdomain/');

function publicDomain(name: string, path: string): KnownLicense {
  return { kind: 'public-domain', name, url: `${ROOT}${path}`, isNoDerivatives: false };
}

const CC_ADDRESS = /^https?:\/\/(?:www\.)?creativecommons\.org\/+(licen[cs]es|publicdomain)\/+([^?#]*)/i;
const SPDX_ADDRESS =
  /^https?:\/\/(?:www\.)?spdx\.org\/licenses\/([\w.-]+?)(?:\.html|\.json)?\/?(?:[?#].*)?$/i;
const RDF_PUBLIC_DOMAIN = /^https?:\/\/web\.resource\.org\/cc\/publicdomain\/?$/i;

/** By any address of it: of either scheme, with a jurisdiction, a deed or the legal code in any language, or what else follows. */
export function licenseOfUrl(url: string): KnownLicense | undefined {
  if (url.length > URL_CHARS_MAX) return undefined;
  const address = url.trim();
  const [, folder = '', rest = ''] = CC_ADDRESS.exec(address) ?? [];
  const parts = rest
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '');
  if (/^licen/i.test(folder)) return parts[0] === 'publicdomain' ? DEDICATION : licenseOfParts(parts);
  if (folder !== '') return publicDomainOf(parts[0]);
  if (RDF_PUBLIC_DOMAIN.test(address)) return DEDICATION;
  const slug = SPDX_ADDRESS.exec(address)?.[1];
  return slug === undefined ? undefined : licenseOfSlug(slug);
}

function publicDomainOf(tool: string | undefined): KnownLicense | undefined {
  switch (tool) {
    case 'zero':
      return CC_ZERO;
    case 'mark':
      return PUBLIC_DOMAIN_MARK;
    case 'certification':
      return DEDICATION;
    default:
      return undefined;
  }
}

/** `by-sa`, `3.0`, `de`, `deed.fr`. */
function licenseOfParts([code = '', ...rest]: readonly string[]): KnownLicense | undefined {
  const [version, jurisdiction] = rest;
  const isPlace = jurisdiction !== undefined && /^(?:[a-z]{2}|igo|scotland)$/.test(jurisdiction);
  return creativeCommons(code.split('-'), version, isPlace ? jurisdiction : undefined);
}

/** SPDX's words, of any case (https://spdx.org/licenses/), as `podcast:license` has them: `cc-by-sa-4.0`, `CC0-1.0`. */
export function licenseOfSlug(slug: string): KnownLicense | undefined {
  const text = slug.trim().toLowerCase();
  if (/^cc[-_ ]?0(?:[-_ ]1\.0)?$/.test(text) || text === 'cc-zero') return CC_ZERO;
  if (/^(?:cc-)?pdm?(?:-1\.0)?$/.test(text)) return PUBLIC_DOMAIN_MARK;
  if (text === 'cc-pddc') return DEDICATION;
  const [, code, version, place] =
    /^cc-((?:by|nc|nd|sa)(?:-(?:by|nc|nd|sa))*)(?:-(\d\.\d))?(?:-([a-z]{2}|igo))?$/.exec(text) ?? [];
  return code === undefined ? undefined : creativeCommons(code.split('-'), version, place);
}

const ELEMENTS = ['by', 'nc', 'nd', 'sa'];
const VERSIONS = new Set(['1.0', '2.0', '2.1', '2.5', '3.0', '4.0']);
/** The six that are in force, with version 1.0's own order of one, and those that were retired with version 1.0. */
const CODES = new Map(
  ['by', 'by-sa', 'by-nd', 'by-nc', 'by-nc-sa', 'by-nc-nd', 'nd', 'sa', 'nc', 'nc-sa', 'nc-nd'].map(
    (code) => [code.split('-').toSorted().join(' '), code],
  ),
);

function creativeCommons(
  elements: readonly string[],
  version: string | undefined,
  jurisdiction: string | undefined,
): KnownLicense | undefined {
  const code = elements.every((element) => ELEMENTS.includes(element))
    ? CODES.get(elements.toSorted().join(' '))
    : undefined;
  if (code === undefined || (version !== undefined && !VERSIONS.has(version))) return undefined;
  // Version 1.0 wrote this one the other way round; version 4.0 has no jurisdictions.
  const written = version === '1.0' && code.endsWith('nc-nd') ? code.replace('nc-nd', 'nd-nc') : code;
  const place = version === '4.0' || version === undefined ? undefined : jurisdiction;
  const path = [written, version, place].filter((part) => part !== undefined).join('/');
  const name = [code.toUpperCase(), version, place?.toUpperCase()].filter((part) => part !== undefined);
  return {
    kind: 'cc',
    name: `CC ${name.join(' ')}`,
    url: `${ROOT}/licenses/${path}/`,
    isNoDerivatives: elements.includes('nd'),
  };
}

/** An address for comparing licences: the canonical one of those that are known, of others without scheme, `www.` and last `/`. */
export function comparableLicense(url: string): string {
  const known = licenseOfUrl(url);
  if (known !== undefined) return known.url;
  return url
    .trim()
    .replace(/^https?:\/\/(?:www\.)?/i, '')
    .replace(/#.*$/s, '')
    .replace(/\/+$/, '');
}

/** A licence for people: its name where it is known, else its address. */
export function licenseName(url: string): string {
  return licenseOfUrl(url)?.name ?? url;
}
