// Which addresses and ports may be connected to. Pure: it judges what it is given and never resolves or connects.
// IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), IPv6 global unicast (RFC 4291, section 2.4),
// ports of other protocols (Fetch Standard, "port blocking").
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

export interface VettedAddresses {
  /** Canonical spellings, in the order given, without repeats: exactly what was judged, so connect to exactly these. */
  readonly allowed: readonly string[];
  /** What the others are (`loopback`, `private` …): for messages, which must not show inner addresses. */
  readonly refusedAs: readonly string[];
}

export interface AddressGuard {
  /** Judges every address that `hostname` stands for. */
  vet(hostname: string, addresses: readonly string[]): VettedAddresses;
}

/** IPv4 addresses behind this prefix are reached through NAT64 (RFC 6052): what counts is the address inside. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * A guard that lets public addresses through, and those that `allow` names: CIDRs, single addresses, or host names,
 * which allow whatever they resolve to.
 */
export function createAddressGuard(allow: readonly string[]): AddressGuard {
  const ranges: (readonly [Address, number])[] = [];
  const names = new Set<string>();
  for (const entry of allow) {
    const range = parseRange(entry.trim());
    if (range === undefined) names.add(comparableName(entry.trim()));
    else ranges.push(range);
  }

  return {
    vet(hostname, addresses) {
      const isAllowedName = names.has(comparableName(hostname));
      const allowed = new Set<string>();
      const refusedAs = new Set<string>();
      for (const text of addresses) {
        const address = parseAddress(text);
        if (address === undefined) refusedAs.add('unreadable');
        else if (isAllowedName || ranges.some((range) => contains(range, address)))
          allowed.add(address.toString());
        else if (kindOf(address) === 'public') allowed.add(address.toString());
        else refusedAs.add(kindOf(address));
      }
      return { allowed: [...allowed], refusedAs: [...refusedAs] };
    },
  };
}

/** The addresses that a host is by itself, without asking a name server: of literals and of `localhost` (RFC 6761). */
export function ownAddresses(hostname: string): readonly string[] | undefined {
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  if (parseAddress(host) !== undefined) return [host];
  const name = comparableName(host);
  return name === 'localhost' || name.endsWith('.localhost') ? ['127.0.0.1', '::1'] : undefined;
}

/** Ports that other protocols own: a poll must not be a way to talk to them. Port 0 is none. */
export function isRefusedPort(port: number): boolean {
  return REFUSED_PORTS.has(port);
}

/** IPv4 only as four decimal parts (URLs bring every other spelling to it); mapped IPv4 as the IPv4 that it is. */
function parseAddress(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!text.includes(':') || !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function parseRange(text: string): readonly [Address, number] | undefined {
  const address = parseAddress(text);
  if (address !== undefined) return [address, address.kind() === 'ipv4' ? 32 : 128];
  return ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : undefined;
}

function contains([base, bits]: readonly [Address, number], address: Address): boolean {
  return base.kind() === address.kind() && address.match(base, bits);
}

function kindOf(address: Address): string {
  if (address instanceof ipaddr.IPv4) return publicOr(address.range());
  if (address.match(NAT64)) return kindOf(new ipaddr.IPv4(address.toByteArray().slice(12)));
  const kind = publicOr(address.range());
  return kind === 'public' && !address.match(GLOBAL_UNICAST) ? 'reserved' : kind;
}

function publicOr(range: string): string {
  return range === 'unicast' ? 'public' : range;
}

function comparableName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

const REFUSED_PORTS: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);
