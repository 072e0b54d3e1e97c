import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { noteHtmlComplaint } from '../../../src/edge/config/note-html.ts';

describe('HTML that may stand in a note', () => {
  it.each([
    'plain {source}, with &lt; and &nbsp; and [an optional {author}]',
    '<p class="attribution" dir="rtl" lang="he" role="note" aria-label="{title}">{source}</p>',
    '<a href="{permalink}" rel="noopener">{source}</a>[ <a href="{license}">{license}</a>]',
    '<a href="https://find.example/?q={title}&amp;in={feedUrl}">find</a>',
    "<a href='mailto:desk@harbour.example'>write</a>",
    '<footer><p>{source}<br>{rights}</p><ul><li>{via}</li></ul></footer>',
    '<IMG SRC="https://harbour.example/logo.png" ALT="" />{source}',
    'a [1] b',
    '<p>\n  {source}\n  [<small>{rights}</small>]\n</p>',
  ])('%s', (template) => {
    expect(noteHtmlComplaint(template)).toBeUndefined();
  });
});

describe('HTML that may not', () => {
  it.each([
    ['<script>x</script>{source}', 'has <script>, which may not stand in a note'],
    ['<iframe src="https://x.example/"></iframe>', 'has <iframe>, which may not stand in a note'],
    ['<p onclick="x">{source}</p>', 'has onclick="…" in <p>, which may not stand in a note'],
    ['<p style="color:red">{source}</p>', 'has style="…" in <p>, which may not stand in a note'],
    ['<b src="https://x.example/">{source}</b>', 'has src="…" in <b>, which may not stand in a note'],
    ['<a href="javascript:x">{source}</a>', 'has href="javascript:x", which is no http or https address'],
    ['<a href="/local">x</a>', 'has href="/local", which is no http or https address'],
    ['<a href="https://{source}">x</a>', 'has href="…", which is no http or https address'],
    ['<a href="//x.example/{title}">x</a>', 'has href="…", which is no http or https address'],
    [
      '<a href="{title}">x</a>',
      'has href="{title}", but that is no address; those are {sourceUrl} {feedUrl} {permalink} {license}',
    ],
    ['<a href={permalink}>x</a>', 'has href=… without quotes; write href="…"'],
    ['<a {title}>x</a>', 'has a placeholder among the attributes of <a>'],
    ['<a ="x">x</a>', 'has a <a> with something in it that is no attribute'],
    ['<a x{title}="y">x</a>', 'has a placeholder among the attributes of <a>'],
    ['<a rel="x" rel="y">x</a>', 'has rel="…" twice in one <a>'],
    ['<p>{source}', 'has a <p> without </p>'],
    ['{source}</p>', 'has </p> without its beginning'],
    ['<b><i>{source}</b></i>', 'has </b> where </i> belongs'],
    ['[<b>{rights}]</b>', 'has a <b> that opens in an optional part [ … ] and is not closed in it'],
    ['<b>[{rights}</b>]', 'has </b> without its beginning'],
    [
      '<p [class="{title}"]>x</p>',
      'has a tag that is not whole: its ">" or a quote is missing, or an optional part [ … ] begins in it',
    ],
    ['<p><div>{source}</div></p>', 'has a <div> inside of a <p>'],
    ['<a href="{permalink}">a <a href="{feedUrl}">b</a></a>', 'has a link inside of a link'],
    ['a < b', 'has a "<" that begins no tag; the character itself is written &lt;'],
    ['<!-- {source} -->', 'has a comment or a declaration; it would go out with every item'],
    ['<br></br>', 'has </br>, but <br> is never closed'],
    ['</p class="x">', 'has attributes in </p>'],
    ['{source}\u0000', 'has a character that no document may carry'],
    ['{source}\ud800', 'has a character that no document may carry'],
    ['{source}\ue000source\ue001', 'has a character that no document may carry'],
  ])('%s', (template, complaint) => {
    expect(noteHtmlComplaint(template)).toBe(complaint);
  });
});

describe('what is accepted', () => {
  const piece = fc.constantFrom(
    ...[
      '<p>',
      '</p>',
      '<b>',
      '</b>',
      '<a href="{permalink}">',
      '</a>',
      '<br>',
      '[',
      ']',
      '{title}',
      'x',
      '"',
      "'",
    ],
    ...[
      '<',
      '>',
      '<i title="',
      "<i title='",
      '">',
      '/',
      '=',
      '<div>',
      '</div>',
      '&',
      '{source}',
      '<li>',
      '</li>',
    ],
  );
  type Node = DefaultTreeAdapterTypes.ChildNode;
  const tagsOf = (nodes: readonly Node[]): string[] =>
    nodes.flatMap((node) => ('tagName' in node ? [node.tagName, ...tagsOf(node.childNodes)] : []));

  it('has in a browser the elements that stand there, in their order', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const template = pieces.join('');
        if (noteHtmlComplaint(template) !== undefined) return;
        accepted += 1;
        const written = [...template.matchAll(/<([a-z]+)/g)].map((match) => match[1]);
        expect(tagsOf(parseFragment(template).childNodes)).toEqual(written);
      }),
      { numRuns: 20_000, seed: 20261126 },
    );
    expect(accepted).toBeGreaterThan(1000);
  });
});
