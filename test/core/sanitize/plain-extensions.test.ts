import { expect, it } from 'vitest';
import { plainExtensions } from '../../../src/core/sanitize/plain-extensions.ts';
import type { ExtensionElement } from '../../../src/model/extension.ts';

const summary = (text: string, children: readonly ExtensionElement[] = []): ExtensionElement => ({
  name: 'itunes:summary',
  namespace: 'urn:x',
  attributes: [['a', 'b']],
  text,
  children,
});

it.each([
  ['<p>Tides &amp; <b>ferries</b></p><script>alert(1)</script>', 'Tides & ferries'],
  ['&lt;script&gt; stays as it is', '&lt;script&gt; stays as it is'],
  ['a < b, 5 <3', 'a < b, 5 <3'],
  ['<b>&lt;script&gt;alert(1)&lt;/script&gt;</b> rest', 'rest'],
  [`${'&lt;b&gt;'.replaceAll('&', '&amp;amp;amp;amp;')}<i>x</i>`, expect.not.stringMatching(/<[a-z]/i)],
  ['<img src=x onerror=alert(1)>', ''],
])('leaves the text of %j', (text, expected) => {
  const [element] = plainExtensions([summary(text, [summary(text)])]);
  expect(element?.text).toEqual(expected);
  expect(element?.children[0]?.text).toEqual(expected);
  expect(element?.attributes).toEqual([['a', 'b']]);
});

it('copies nothing where there is no markup', () => {
  const elements = [summary('plain', [summary('plain, too')])];
  expect(plainExtensions(elements)).toBe(elements);
});
