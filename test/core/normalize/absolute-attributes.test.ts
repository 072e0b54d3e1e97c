// URLs in HTML, attribute by attribute and in every way that they are written.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absoluteHtml } from '../../../src/core/normalize/absolute-html.ts';

const BASES = { base: 'https://h.example/d/e.html', page: 'https://h.example/p' };
const made = (html: string): string => absoluteHtml(html, BASES);

describe('attributes', () => {
  it.each(
    (
      'a.href area.href link.href img.src img.longdesc img.lowsrc img.dynsrc input.src script.src iframe.src ' +
      'iframe.longdesc frame.src frame.longdesc embed.src audio.src video.src video.poster source.src track.src ' +
      'blockquote.cite q.cite ins.cite del.cite form.action button.formaction input.formaction object.data ' +
      'object.codebase object.classid applet.codebase body.background table.background td.background head.profile ' +
      'html.manifest command.icon image.xlink:href a.ping'
    ).split(' '),
  )('%s is made absolute', (pair) => {
    const [tag, name] = pair.split(/\.(.*)/s) as [string, string];
    for (const quote of ['"', "'", '']) {
      expect(made(`<${tag} ${name}=${quote}x/y.z${quote}>`)).toBe(
        `<${tag} ${name}=${quote}https://h.example/d/x/y.z${quote}>`,
      );
      expect(made(`<${tag} k=v ${name.toUpperCase()} = ${quote}/x${quote} l>`)).toBe(
        `<${tag} k=v ${name.toUpperCase()} = ${quote}https://h.example/x${quote} l>`,
      );
    }
  });

  it.each(['title', 'alt', 'data-src', 'data-href', 'value', 'content', 'style', 'name', 'id', 'itemtype'])(
    '%s is left',
    (name) => {
      expect(made(`<img ${name}="x.png" src="y">`)).toBe(`<img ${name}="x.png" src="https://h.example/d/y">`);
    },
  );

  it.each([
    ['//o.example/x', 'https://o.example/x'],
    ['#f', 'https://h.example/p#f'],
    ['?q', 'https://h.example/d/e.html?q'],
    ['', 'https://h.example/d/e.html'],
    ['../x', 'https://h.example/x'],
    ['./../../../x', 'https://h.example/x'],
    [' x ', 'https://h.example/d/x'],
    ['x\n y', 'https://h.example/d/x y'],
    ['\\x\\y', 'https://h.example/x/y'],
    ['é/日', 'https://h.example/d/é/日'],
    ['x%20y%zz', 'https://h.example/d/x%20y%zz'],
    ['x?a=1&amp;b=2', 'https://h.example/d/x?a=1&amp;b=2'],
    ['x?a=1&b=2', 'https://h.example/d/x?a=1&amp;b=2'],
    ['&#x2f;x', 'https://h.example/x'],
    ['x&quot;y', 'https://h.example/d/x&#34;y'],
    ['x;y:z', 'https://h.example/d/x;y:z'],
  ])('%j becomes %s', (given, expected) => {
    expect(made(`<a href="${given}">`)).toBe(`<a href="${expected}">`);
  });

  it.each([
    'https://o.example/x',
    'HTTPS://O.example/X',
    'http://o.example/a b',
    'mailto:a@o.example',
    'tel:123',
    'ftp://o.example/',
    'data:text/plain,x',
    'javascript:x',
    'about:blank',
    'cid:part',
    '&#x68;ttps://o.example/',
  ])('%s stays as it is', (url) => {
    expect(made(`<a href="${url}">x</a>`)).toBe(`<a href="${url}">x</a>`);
  });

  it.each([
    ['a 1x, b 2x', 'https://h.example/d/a 1x, https://h.example/d/b 2x'],
    ['a', 'https://h.example/d/a'],
    ['a, b 2x', 'https://h.example/d/a, https://h.example/d/b 2x'],
    ['a,b 1x', 'https://h.example/d/a,b 1x'],
    ['a 100w,b 200w', 'https://h.example/d/a 100w, https://h.example/d/b 200w'],
    ['data:image/png;base64,AA== 1x, b 2x', 'data:image/png;base64,AA== 1x, https://h.example/d/b 2x'],
    ['  a   1x  ,\n  b   2x  ', 'https://h.example/d/a 1x, https://h.example/d/b 2x'],
    [',,a 1x,,', 'https://h.example/d/a 1x'],
    ['/i/w_300,c_fill/a.png 300w', 'https://h.example/i/w_300,c_fill/a.png 300w'],
  ])('srcset %j becomes %j', (given, expected) => {
    expect(made(`<img srcset="${given}">`)).toBe(`<img srcset="${expected}">`);
  });

  it('ping is a list', () => {
    expect(made('<a ping="/p  q" href=x>')).toBe(
      '<a ping="https://h.example/p  https://h.example/d/q" href=https://h.example/d/x>',
    );
  });
});

describe('what is no attribute', () => {
  it.each([
    '<!-- <a href="x"> -->',
    '<script>"<a href=\'x\'>"</script>',
    '<style>a{background:url(b.png)}</style>',
    '<textarea><a href="x"></textarea>',
    '<title><a href="x"></title>',
    '<xmp><a href="x"></xmp>',
    '<div style="background:url(a.png)">',
    '<meta http-equiv="refresh" content="0; url=x">',
    '<p>href="x"</p>',
    '&lt;a href="x"&gt;',
    '<a title="<a href=x>">',
    'a < b href="x"',
    '<a href="x',
    '< a href="x">',
    '<a href>',
  ])('%s stays as it is', (html) => {
    expect(made(html)).toBe(html);
  });

  it('takes no base from within', () => {
    expect(made('<base target="_top"><a href="x">')).toBe(
      '<base target="_top"><a href="https://h.example/d/x">',
    );
    expect(made('<base href="https://o.example/"><a href="x">')).toContain('"https://h.example/d/x"');
  });

  it('goes on after what is malformed', () => {
    expect(made('<a href="x"href=\'y\' <b><img src=z/>')).toBe(
      '<a href="https://h.example/d/x"href=\'https://h.example/d/y\' <b><img src=https://h.example/d/z/>',
    );
    expect(made('<a/href="x">')).toBe('<a/href="https://h.example/d/x">');
    expect(made('</a href="x"><b cite=q>')).toBe('</a href="x"><b cite=https://h.example/d/q>');
  });

  it('leaves relative URLs where there is no base', () => {
    expect(absoluteHtml('<a href="x"><img src="//o.example/y">', { base: undefined })).toBe(
      '<a href="x"><img src="https://o.example/y">',
    );
  });
});

describe('any HTML at all', () => {
  const piece = fc.constantFrom(
    '<a href="x">',
    "<img src='/y'",
    '<',
    '>',
    '"',
    "'",
    '=',
    ' ',
    '<!--',
    '-->',
    '</a>',
    'srcset="a 1x,b"',
    '<p xml:base="z/">',
    '</p>',
    '<script>',
    '</script>',
    '&amp;',
    'text',
    '\n',
    '/',
  );
  const html = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(''));

  it('is rewritten once: a second time changes nothing, and text is never touched', () => {
    fc.assert(
      fc.property(html, (given) => {
        const once = made(given);
        expect(made(once)).toBe(once);
        expect(once.split('text').length).toBe(given.split('text').length);
      }),
      { numRuns: 3000 },
    );
  });

  it('grows with the number of its URLs and no faster', () => {
    const of = (count: number): number => made('<a href="x">y</a>'.repeat(count)).length;
    expect(of(2000)).toBe(2 * of(1000));
    expect(made('<a href="'.repeat(5000)).length).toBe('<a href="'.repeat(5000).length);
  });
});
