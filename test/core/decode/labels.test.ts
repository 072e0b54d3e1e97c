import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../../src/core/decode/decode-body.ts';
import { ENCODINGS, REPLACEMENT, UNKNOWN, UTF_16 } from './labels.ts';

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const prolog = (label: string): number[] => ascii(`<?xml version="1.0" encoding="${label}"?><rss>`);
const ROWS = ENCODINGS.flatMap(({ name, labels, bytes, text }) =>
  labels.split(' ').map((label) => ({ label, name, bytes, text })),
);

describe('every label of the Encoding Standard', () => {
  it('is in the table', () => {
    const all = [...ROWS.map(({ label }) => label), ...REPLACEMENT, ...UTF_16];
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBe(228);
  });

  it.each(ROWS)('$label is $name in a prolog', ({ label, name, bytes, text }) => {
    const decoded = decodeBody(Uint8Array.from([...prolog(label.toUpperCase()), ...bytes]));
    expect(decoded.text.slice(decoded.text.indexOf('<rss>') + 5)).toBe(text);
    expect(decoded).toMatchObject({ encoding: name, guessed: false });
  });

  it.each(ROWS)('$label is $name in a header, over the prolog', ({ label, name, bytes, text }) => {
    const body = Uint8Array.from([...prolog('windows-1251'), ...bytes]);
    const decoded = decodeBody(body, { contentType: `text/xml; charset="${label}"` });
    expect(decoded.text.slice(decoded.text.indexOf('<rss>') + 5)).toBe(text);
    expect(decoded).toMatchObject({ encoding: name, guessed: false });
  });

  it.each(ROWS)('$label gives way to a byte order mark', ({ label }) => {
    const body = Uint8Array.from([0xef, 0xbb, 0xbf, ...prolog(label), 0xc3, 0xa9]);
    const decoded = decodeBody(body, { contentType: `text/xml; charset=${label}` });
    expect(decoded.text.endsWith('<rss>é')).toBe(true);
    expect(decoded).toMatchObject({ encoding: 'utf-8', guessed: false });
  });

  it.each([...REPLACEMENT, ...UTF_16, ...UNKNOWN])('%s says nothing of bytes that are UTF-8', (label) => {
    const decoded = decodeBody(Uint8Array.from([...prolog(label), 0xc3, 0xa9]));
    expect(decoded.text.endsWith('é')).toBe(true);
    expect(decoded).toMatchObject({ encoding: 'utf-8', guessed: true });
  });

  it('takes nothing as UTF-7, whose markup could hide', () => {
    const decoded = decodeBody(Uint8Array.from([...prolog('utf-7'), ...ascii('+ADw-script+AD4-')]));
    expect(decoded.text.endsWith('+ADw-script+AD4-')).toBe(true);
  });
});
