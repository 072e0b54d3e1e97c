// HTML within feeds, as the W3C's feed validator looks at it: no address that means something else elsewhere, nothing that runs.
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

const URLS = new Set('href src poster cite longdesc background action data formaction'.split(' '));
const ACTIVE = new Set(
  'script style iframe frame object embed applet form input button link meta base svg math template noscript'.split(
    ' ',
  ),
);

export function htmlProblems(html: string): readonly string[] {
  const problems: string[] = [];
  const visit = (node: Node) => {
    if ('tagName' in node) {
      if (ACTIVE.has(node.tagName)) problems.push(`<${node.tagName}>`);
      for (const { name, value } of node.attrs) {
        if (/^on/i.test(name) || name === 'style') problems.push(`attribute ${name}`);
        if (URLS.has(name) && !isAbsolute(value)) problems.push(`${name}="${value}"`);
        if (
          name === 'srcset' &&
          !value.split(/,\s+/).every((one) => isAbsolute(one.trim().split(/\s/)[0] ?? ''))
        )
          problems.push(`srcset="${value}"`);
      }
    }
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  parseFragment(html).childNodes.forEach(visit);
  return problems;
}

function isAbsolute(url: string): boolean {
  return /^https?:\/\/[^/\s]/i.test(url) || /^mailto:\S/i.test(url);
}
