// Hosts that are nobody's on the open net: what a reader's browser is told to load from them is theirs, not the publisher's
// (their router, a service on their own machine). RFC 6890, RFC 6761, RFC 6762, RFC 8375.
import ipaddr from 'ipaddr.js';

const INNER_NAME =
  /^(?:localhost|[^.]+)$|\.(?:localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid)$/i;

/** `hostname` as in URL: IPv4 in any spelling is four decimal parts there, IPv6 in brackets. */
export function isInnerHost(hostname: string): boolean {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname.replace(/\.$/, '');
  if (!ipaddr.isValid(bare)) return INNER_NAME.test(bare);
  return ipaddr.process(bare).range() !== 'unicast';
}
