import { describe, expect, it } from 'vitest';
import { comparableLicense, licenseOfSlug, licenseOfUrl } from '../../src/model/known-license.ts';

const CC = 'https://creativecommons.org';

describe('licences by address', () => {
  it.each([
    [`${CC}/licenses/by/4.0/`, 'CC BY 4.0', `${CC}/licenses/by/4.0/`],
    ['http://creativecommons.org/licenses/by/4.0', 'CC BY 4.0', `${CC}/licenses/by/4.0/`],
    [
      'https://www.creativecommons.org/licenses/by-sa/4.0/deed.de',
      'CC BY-SA 4.0',
      `${CC}/licenses/by-sa/4.0/`,
    ],
    [`${CC}/licenses/by-nd/4.0/legalcode`, 'CC BY-ND 4.0', `${CC}/licenses/by-nd/4.0/`],
    [`${CC}/licenses/by-nc/4.0/legalcode.fr#s1`, 'CC BY-NC 4.0', `${CC}/licenses/by-nc/4.0/`],
    [`${CC}/licenses/by-nc-sa/3.0/us/`, 'CC BY-NC-SA 3.0 US', `${CC}/licenses/by-nc-sa/3.0/us/`],
    [`${CC}/licenses/by-nc-nd/3.0/igo/legalcode`, 'CC BY-NC-ND 3.0 IGO', `${CC}/licenses/by-nc-nd/3.0/igo/`],
    [
      `${CC}/licenses/by-nc-sa/2.5/scotland/deed.en?ref=x`,
      'CC BY-NC-SA 2.5 SCOTLAND',
      `${CC}/licenses/by-nc-sa/2.5/scotland/`,
    ],
    [`${CC}/licenses/by/2.1/jp/`, 'CC BY 2.1 JP', `${CC}/licenses/by/2.1/jp/`],
    [`${CC}/licenses/by-nd-nc/1.0/`, 'CC BY-NC-ND 1.0', `${CC}/licenses/by-nd-nc/1.0/`],
    [`${CC}/licenses/nc-sa/1.0`, 'CC NC-SA 1.0', `${CC}/licenses/nc-sa/1.0/`],
    [`${CC}/Licenses/BY-SA/2.0/rdf`, 'CC BY-SA 2.0', `${CC}/licenses/by-sa/2.0/`],
    [`${CC}/licences/by-sa/`, 'CC BY-SA', `${CC}/licenses/by-sa/`],
    [`${CC}//licenses//by/4.0/`, 'CC BY 4.0', `${CC}/licenses/by/4.0/`],
    [`${CC}/publicdomain/zero/1.0/deed.nl`, 'CC0 1.0', `${CC}/publicdomain/zero/1.0/`],
    [`${CC}/publicdomain/mark/1.0`, 'Public Domain Mark 1.0', `${CC}/publicdomain/mark/1.0/`],
    [
      'http://creativecommons.org/licenses/publicdomain/',
      'Public Domain Dedication',
      `${CC}/licenses/publicdomain/`,
    ],
    [`${CC}/publicdomain/certification/1.0/us/`, 'Public Domain Dedication', `${CC}/licenses/publicdomain/`],
    ['http://web.resource.org/cc/PublicDomain', 'Public Domain Dedication', `${CC}/licenses/publicdomain/`],
    ['https://spdx.org/licenses/CC-BY-SA-4.0.html', 'CC BY-SA 4.0', `${CC}/licenses/by-sa/4.0/`],
  ])('%s is %s', (url, name, canonical) => {
    expect(licenseOfUrl(url)).toMatchObject({ name, url: canonical });
    expect(licenseOfUrl(canonical)?.name).toBe(name);
  });

  it.each([
    'https://example.org/licenses/by/4.0/',
    'https://creativecommons.org.evil.example/licenses/by/4.0/',
    'https://evil.example/creativecommons.org/licenses/by/4.0/',
    `${CC}/licenses/by/5.0/`,
    `${CC}/licenses/by-sa-nd/4.0/`,
    `${CC}/licenses/constructor/4.0/`,
    `${CC}/licenses/`,
    `${CC}/publicdomain/`,
    `${CC}/`,
    'https://spdx.org/licenses/MIT.html',
    'by/4.0',
    '',
    `${CC}/licenses/by/4.0/${'x'.repeat(400)}`,
  ])('%s is none that is known', (url) => {
    expect(licenseOfUrl(url)).toBeUndefined();
  });

  it('tell which forbid adaptations', () => {
    const codes = ['by', 'by-sa', 'by-nc', 'by-nc-sa', 'by-nd', 'by-nc-nd'];
    const forbidding = codes.filter((code) => licenseOfUrl(`${CC}/licenses/${code}/4.0/`)?.isNoDerivatives);
    expect(forbidding).toEqual(['by-nd', 'by-nc-nd']);
  });
});

describe('licences by slug', () => {
  it.each([
    ['cc-by-4.0', 'CC BY 4.0'],
    ['CC-BY-NC-ND-3.0-DE', 'CC BY-NC-ND 3.0 DE'],
    ['cc-by-sa', 'CC BY-SA'],
    ['CC0-1.0', 'CC0 1.0'],
    ['cc0', 'CC0 1.0'],
    ['CC-PDM-1.0', 'Public Domain Mark 1.0'],
    ['CC-PDDC', 'Public Domain Dedication'],
  ])('%s is %s', (slug, name) => {
    expect(licenseOfSlug(slug)?.name).toBe(name);
  });

  it.each(['mit', 'cc', 'cc-by-9.9', 'cc-nothing-4.0', 'my-licence-v1', 'by-4.0'])('%s is none', (slug) => {
    expect(licenseOfSlug(slug)).toBeUndefined();
  });
});

describe('licences compared', () => {
  it.each([
    ['http://creativecommons.org/licenses/by/4.0/deed.de', `${CC}/licenses/by/4.0/`],
    ['http://www.example.org/licence/', 'https://example.org/licence'],
    ['https://example.org/licence#short', 'https://example.org/licence'],
  ])('%s is %s', (one, other) => {
    expect(comparableLicense(one)).toBe(comparableLicense(other));
  });

  it('keep versions and jurisdictions apart', () => {
    const urls = ['by/4.0/', 'by/3.0/', 'by/3.0/de/', 'by/', 'by-sa/4.0/'].map(
      (path) => `${CC}/licenses/${path}`,
    );
    expect(new Set(urls.map(comparableLicense)).size).toBe(urls.length);
  });
});
