// What src/core/parse/xml/read-tree.ts relies on in htmlparser2's Tokenizer beyond its documented callbacks.
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { describe, expect, it } from 'vitest';

function tokens(source: string, isTagStartChar?: (code: number) => boolean): string[] {
  const seen: string[] = [];
  const note = (kind: string) => (start: number, end: number) =>
    void seen.push(`${kind} ${source.slice(start, end)}`);
  const nothing = (): void => {};
  const callbacks: TokenizerCallbacks = {
    onattribdata: note('value'),
    onattribend: nothing,
    onattribentity: nothing,
    onattribname: note('attribute'),
    oncdata: (start, end, endOffset) => void seen.push(`cdata ${source.slice(start, end - endOffset)}`),
    onclosetag: note('close'),
    oncomment: nothing,
    ondeclaration: nothing,
    onend: nothing,
    onopentagend: nothing,
    onopentagname: note('open'),
    onprocessinginstruction: nothing,
    onselfclosingtag: nothing,
    ontext: note('text'),
    ontextentity: nothing,
  };
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, callbacks);
  if (isTagStartChar !== undefined)
    Object.defineProperty(tokenizer, 'isTagStartChar', { value: isTagStartChar });
  tokenizer.write(source);
  tokenizer.end();
  return seen;
}

describe('the Tokenizer', () => {
  it('asks its method isTagStartChar whether a name starts after `<`', () => {
    const asked: string[] = [];
    const seen = tokens('<t>I <3 it</t>', (code) => {
      asked.push(String.fromCharCode(code));
      return code !== 0x33 && code !== 0x2f;
    });
    expect(asked).toEqual(['t', '3', '/', 't']);
    expect(seen).toEqual(['open t', 'text I ', 'text <3 it', 'close t']);
  });

  it('leaves references in texts and values alone', () => {
    expect(tokens('<t a="&amp;b">&amp;c</t>')).toEqual([
      'open t',
      'attribute a',
      'value &amp;b',
      'text &amp;c',
      'close t',
    ]);
  });

  it('gives CDATA without its end, and unclosed CDATA to the end of the text', () => {
    expect(tokens('<t><![CDATA[a]]]]></t>')).toEqual(['open t', 'cdata a]]', 'close t']);
    expect(tokens('<t><![CDATA[a')).toEqual(['open t', 'cdata a']);
  });

  it('gives a tag that starts within a tag as an attribute', () => {
    expect(tokens('<t <u></t>')).toEqual(['open t', 'attribute <u', 'close t']);
  });
});
