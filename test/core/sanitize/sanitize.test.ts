import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { ALLOWED_ATTRIBUTES } from '../../../src/core/sanitize/allowed.ts';
import { DEPTH_MAX, HTML_CHARS_MAX } from '../../../src/core/sanitize/limits.ts';
import { sanitizeHtml } from '../../../src/core/sanitize/sanitize.ts';
import { hostileHtml } from './hostile-html.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const elementsOf = (nodes: readonly Node[]): Element[] =>
  nodes.flatMap((node) => ('tagName' in node ? [node, ...elementsOf(node.childNodes)] : []));

const bodyOf = (html: string): readonly Node[] => {
  const root = parse(`<!doctype html><body>${html}`).childNodes.at(-1);
  const body = root && 'childNodes' in root ? root.childNodes.at(-1) : undefined;
  return body && 'childNodes' in body ? body.childNodes : [];
};

const RUNS = { numRuns: 3000, seed: 20261123 };

describe('safe HTML', () => {
  it('keeps what an article is made of', () => {
    const article =
      '<h2>On the quay</h2><p lang="de">Ein <em>Satz</em>.</p><ol start="3" reversed="reversed"><li value="2">x</li></ol>' +
      '<figure><img src="https://h.example/q.png" alt="" width="3" referrerpolicy="no-referrer" /><figcaption>Quay</figcaption></figure>' +
      '<table><tr><td colspan="2">1 &lt; 2</td></tr></table><details open="open"><summary>More</summary>x</details>' +
      '<blockquote cite="https://h.example/">q</blockquote><pre><code>a &amp;&amp; b</code></pre>';
    expect(sanitizeHtml(article)).toBe(article);
  });

  it.each([
    ['scripts and styles with their text', 'a<script>x</script><style>y</style>b', 'ab'],
    [
      'what holds other markup, with its text',
      '<svg><title>t</title></svg><iframe src="javascript:x"><p>i</p></iframe>x',
      'x',
    ],
    ['tags that are not allowed, but not their text', '<form><marquee>go</marquee></form>', 'go'],
    [
      'class, id, style and event attributes',
      '<p class="attribution" id="a" style="x" onclick="y">t</p>',
      '<p>t</p>',
    ],
    [
      'links that run something',
      '<a href="java&#10;script:x">t</a><a href="data:text/html,x">u</a>',
      '<a>t</a><a>u</a>',
    ],
    ['relative addresses', '<a href="/x">t</a><img src="y.png"><img src="//h.example/y.png">', '<a>t</a>'],
    ['comments', 'a<!-- x --><![CDATA[y]]>b', 'ab'],
  ])('drops %s', (_, html, safe) => {
    expect(sanitizeHtml(html)).toBe(safe);
  });

  it('lends no name and no handle to links, and takes credentials off', () => {
    expect(sanitizeHtml('<a href="https://u:p@h.example/a" rel="me" target="_blank">t</a>')).toBe(
      '<a href="https://h.example/a" rel="noopener nofollow">t</a>',
    );
    expect(sanitizeHtml('<a href="mailto:a@h.example">t</a>')).toContain('href="mailto:a@h.example"');
    expect(sanitizeHtml('<img src="mailto:a@h.example">')).toBe('');
  });

  it('reads srcset candidate by candidate', () => {
    expect(
      sanitizeHtml('<img srcset="https://h.example/1.png 1x, javascript:x 2x, https://h.example/3.png 3x">'),
    ).toBe(
      '<img srcset="https://h.example/1.png 1x, https://h.example/3.png 3x" referrerpolicy="no-referrer" />',
    );
    expect(sanitizeHtml('<img src="https://h.example/1.png" srcset="/2.png 2x">')).toBe(
      '<img src="https://h.example/1.png" referrerpolicy="no-referrer" />',
    );
  });

  it('lets media be started by readers only', () => {
    expect(sanitizeHtml('<video autoplay loop src="https://h.example/v.mp4"></video>')).toBe(
      '<video src="https://h.example/v.mp4" controls="controls"></video>',
    );
  });

  it('leads to what an iframe would have shown, once, and shows none of what stands in it', () => {
    const link = '<a href="https://v.example/e/1" rel="noopener nofollow">https://v.example/e/1</a>';
    expect(sanitizeHtml('a<iframe src="https://v.example/e/1" srcdoc="x"></iframe>b')).toBe(`a${link}b`);
    expect(sanitizeHtml('<iframe src="https://v.example/e/1">old <b>browser</b> &amp;</iframe>b')).toBe(
      `${link}b`,
    );
    expect(sanitizeHtml('<iframe src="https://u:p@v.example/e/1"/>')).toBe(link);
    expect(sanitizeHtml(link)).toBe(link);
  });

  it.each([
    ['<img src="https://h.example/x.png" width="1" height="1">'],
    ['<img src="https://h.example/x.png" width=0 height=0 alt="seen">'],
    ['<img src="https://pixel.wp.com/b.gif?host=h.example">'],
    ['<img src="http://feeds.feedburner.com/~r/harbour/~4/x">'],
    ['<img src="https://medium.com/_/stat?event=post.clientViewed">'],
  ])('takes out %s, which tells others who reads', (pixel) => {
    expect(sanitizeHtml(`<p>a${pixel}b</p>`)).toBe('<p>ab</p>');
  });

  it('keeps pictures that are small and seen', () => {
    const rule =
      '<img src="https://h.example/line.png" width="600" height="1" referrerpolicy="no-referrer" />';
    expect(sanitizeHtml(rule)).toBe(rule);
  });

  it.each([
    'http://127.0.0.1/x.png',
    'http://2130706433/x.png',
    'http://192.168.1.1/setup?reboot=1',
    'http://[::1]/x.png',
    'http://[::ffff:10.0.0.1]/x.png',
    'http://router/x.png',
    'http://printer.local/x.png',
    'http://LOCALHOST./x.png',
    'http://169.254.169.254/latest/meta-data/',
  ])('has no browser load %s from within its own network', (address) => {
    const media = `<img src="${address}"><img srcset="${address} 2x"><video src="${address}"></video><video poster="${address}"></video>`;
    expect(sanitizeHtml(media)).not.toContain('src');
    expect(sanitizeHtml(media)).not.toContain('poster');
    expect(sanitizeHtml(`<a href="${address}">t</a>`)).toContain('href');
    expect(sanitizeHtml(media, 'allowed')).toContain(' src=');
  });

  it('drops controls and mends lone surrogates, also where entities name them', () => {
    expect(sanitizeHtml('a\u0000\u0008\ufffe\ud800b')).toBe('a\ufffdb');
    expect(sanitizeHtml('<p title="x&#8;y&#xFFFE;">a&#1;&#xd800;b</p>')).toBe('<p title="xy">a\ufffdb</p>');
  });

  it('is bounded in size, depth and what it makes of escaping', () => {
    expect(sanitizeHtml(`<p>${'x'.repeat(HTML_CHARS_MAX)}</p>`).length).toBeLessThanOrEqual(HTML_CHARS_MAX);
    expect(sanitizeHtml('<'.repeat(2 * HTML_CHARS_MAX)).length).toBeLessThanOrEqual(HTML_CHARS_MAX);
    expect(sanitizeHtml(`${'x'.repeat(HTML_CHARS_MAX - 3)}<a href="https://h.example/">`)).toBe(
      'x'.repeat(HTML_CHARS_MAX - 3),
    );
    const deep = sanitizeHtml(`${'<b>'.repeat(80_000)}text`);
    expect(deep).toBe(`${'<b>'.repeat(DEPTH_MAX)}text${'</b>'.repeat(DEPTH_MAX)}`);
  });

  it.each([
    ...[
      '<p><b><i>',
      '<',
      '<a ',
      '<!--',
      '</p>',
      '<svg>',
      '&',
      '<table><tr><td>',
      '<img srcset="',
      '<noscript></noscript',
    ],
    ...[
      '"',
      '<a href="\t',
      '&#',
      '<iframe>',
      '<p a=1 b=2 ',
      '<audio>',
      '<img src="https://h.example/|\u{ffff0}">',
    ],
  ])('answers within its bounds to %j without end, and stands by it', (trap) => {
    const safe = sanitizeHtml(trap.repeat(HTML_CHARS_MAX / trap.length + 1));
    expect(safe.length).toBeLessThanOrEqual(HTML_CHARS_MAX);
    expect(sanitizeHtml(safe)).toBe(safe);
  });

  it('makes the same of its own result', () => {
    fc.assert(
      fc.property(hostileHtml, (html) => {
        const safe = sanitizeHtml(html);
        expect(sanitizeHtml(safe)).toBe(safe);
      }),
      RUNS,
    );
  });

  it('makes the same of its own result where tags that close nothing would open something too deep', () => {
    for (const depth of [DEPTH_MAX - 1, DEPTH_MAX, DEPTH_MAX + 1]) {
      for (const inner of ['</br>', 'x</p>y', '<p></br></p></p>']) {
        const safe = sanitizeHtml('<b>'.repeat(depth) + inner);
        expect(sanitizeHtml(safe)).toBe(safe);
      }
    }
  });

  it('shows a browser nothing but the list, and swallows nothing that follows', () => {
    fc.assert(
      fc.property(hostileHtml, (html) => {
        const shown = `${sanitizeHtml(html)}<p class="attribution">credit</p>`;
        for (const nodes of [bodyOf(shown), parseFragment(shown).childNodes]) {
          const last = nodes.at(-1);
          expect(last && 'tagName' in last && last.attrs[0]?.value).toBe('attribution');
        }
        for (const element of elementsOf(bodyOf(sanitizeHtml(html)))) {
          const names = ALLOWED_ATTRIBUTES.get(element.tagName);
          expect(names, element.tagName).toBeDefined();
          for (const { name, value } of element.attrs) {
            expect(names).toContain(name);
            if (name === 'href' || name === 'src')
              expect(value).toMatch(/^(?:https?:\/\/[^/@]+(?:\/|$)|mailto:)/i);
          }
        }
      }),
      RUNS,
    );
  });

  it('is well-formed as XML', () => {
    fc.assert(
      fc.property(hostileHtml, (html) => {
        const parser = new SaxesParser();
        parser.on('error', (error) => {
          throw error;
        });
        parser.write(`<x>${sanitizeHtml(html)}</x>`).close();
      }),
      RUNS,
    );
  });
});
