// Checks of addresses: web addresses, host names, CIDRs, the store. Messages never quote a value: it may hold a secret.
import { isIP } from 'node:net';
import { readStoreAddress } from '../../model/store-address.ts';
import { type Check, type Complaint, WRITTEN } from './fields.ts';
import { didYouMean } from './suggest.ts';

/** A scheme of two letters or more: one letter alone is a drive. */
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]+):/;

export function schemeOf(text: string): string | undefined {
  return SCHEME.exec(text)?.[1]?.toLowerCase();
}

/** An http or https address. */
export const isWebAddress: Check = (text) => {
  const scheme = schemeOf(text);
  if (scheme === undefined || !/^https?:\/\//i.test(text)) {
    return `${WRITTEN} is not a web address; write it in full, for example https://example.org/`;
  }
  return URL.canParse(text) ? undefined : `${WRITTEN} is not a valid address; look at its host and port`;
};

/** A web address that may be shown to everyone. */
export const isPublicAddress: Check = (text) => {
  const complaint = isWebAddress(text);
  if (complaint !== undefined) return complaint;
  const { username, password } = new URL(text);
  return username === '' && password === ''
    ? undefined
    : 'is published, so no user name or password may be in it';
};

/** The root that our own links are built on. */
export const isPublicRoot: Check = (text) => {
  const complaint = isPublicAddress(text);
  if (complaint !== undefined) return complaint;
  const { search, hash } = new URL(text);
  return search === '' && hash === ''
    ? undefined
    : 'all our links begin with it: it cannot have a "?" or "#" part';
};

/** What a source may be polled at: http, https, a file: URL, or a path. */
export const isSourceAddress: Check = (text) => {
  const scheme = schemeOf(text);
  if (scheme === 'http' || scheme === 'https') return isWebAddress(text);
  if (scheme === 'file') return isFileAddress(text);
  if (scheme !== undefined && /^[^:]+:\d+(?:\/|$)/.test(text)) {
    return `${WRITTEN} has no scheme; write http:// or https:// before it`;
  }
  if (scheme !== undefined) {
    // The scheme is named from a list of ours, never from the value.
    const meant = didYouMean(scheme, ['http', 'https', 'file']);
    return `only http, https and file addresses, and paths, can be polled; ${WRITTEN} is none${meant}`;
  }
  return text.startsWith('//') ? `${WRITTEN} has no scheme; write https: before it` : undefined;
};

function isFileAddress(text: string): Complaint | undefined {
  if (!text.startsWith('file://')) return text.length > 'file:'.length ? undefined : 'names no file';
  if (!URL.canParse(text)) return `${WRITTEN} is not a valid address`;
  const { host, pathname } = new URL(text);
  if (host !== '') return `${WRITTEN} names a host; a file of this machine has three slashes: file:///path`;
  if (/%2f/i.test(pathname)) return `${WRITTEN} has a slash written as %2F, which no name of a file can have`;
  return isDecodable(pathname)
    ? undefined
    : `${WRITTEN} has a "%" that stands for no character; write %25 for it`;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** A host to listen on. */
export const isHost: Check = (text) =>
  isIP(text) !== 0 || isHostName(text)
    ? undefined
    : `${WRITTEN} is not a host; write an address or a name without scheme and port, for example 0.0.0.0`;

/** An HTTP proxy: scheme, host and port, and perhaps a user and a password, for which it is never quoted. */
export const isProxy: Check = (text) => {
  if (!/^http:\/\//i.test(text) || !URL.canParse(text)) {
    return 'is no HTTP proxy; write its address, for example http://proxy.example:3128 (https and socks are not spoken)';
  }
  const { pathname, search, hash, username, password } = new URL(text);
  if (pathname !== '/' || search !== '' || hash !== '')
    return 'has more than a host and a port: a proxy has no path';
  return isDecodable(username + password)
    ? undefined
    : 'has a "%" in its user or password that stands for no character; write %25 for it';
};

/** A CIDR, an address or a host name, each without a port. */
export const isNetwork: Check = (text) => {
  const [address = '', bits, ...rest] = text.split('/');
  const version = address.includes('%') ? 0 : isIP(address);
  if (version !== 0 && bits === undefined) return undefined;
  if (version !== 0 && rest.length === 0 && isPrefixLength(bits, version === 4 ? 32 : 128)) return undefined;
  if (isHostName(text)) return undefined;
  const example = '10.2.0.0/16, fd00::/8, 192.168.1.20 or nas.local';
  return `${WRITTEN} is no CIDR, address or host name (without scheme and port); write for example ${example}`;
};

function isPrefixLength(bits: string | undefined, most: number): boolean {
  return bits !== undefined && /^(?:0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= most;
}

/** Labels of letters, digits, '-' and '_'; the last one not a number, or it would be a misspelt address. */
function isHostName(text: string): boolean {
  const labels = text.replace(/\.$/, '').split('.');
  const last = labels.at(-1) ?? '';
  if (text.length > 253 || /^(?:\d+|0x[\da-f]*)$/i.test(last)) return false;
  return labels.every((label) =>
    /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_-]{0,61}[\p{L}\p{M}\p{N}_])?$/u.test(label),
  );
}

/** What publishers can reach a person at: it goes into a comment of the User-Agent, so neither brackets nor spaces. */
export const isContact: Check = (text) => {
  const isAddress = isWebAddress(text) === undefined || /^(?:mailto:)?[^@:/]+@[^@:/]+\.[^@:/]+$/.test(text);
  return isAddress && /^[\x21-\x7e]+$/.test(text) && !/[()\\;]/.test(text)
    ? undefined
    : `${WRITTEN} is no way to reach you; write the address of a page, or of a mailbox`;
};

export const isStore: Check = (text) => {
  if (text === 'memory:') return undefined;
  const server = readStoreAddress(text);
  if (server !== undefined) return server.kind === 'problem' ? server.complaint : undefined;
  const scheme = schemeOf(text);
  if (scheme === 'memory') return 'takes nothing after "memory:"';
  if (scheme !== 'sqlite') {
    const meant = didYouMean(scheme ?? text, ['sqlite', 'redis', 'rediss', 'postgres', 'memory']).replace(
      /"\?$/,
      ':"?',
    );
    return `is not a store; write sqlite:PATH, redis://HOST, postgres://HOST/NAME, or memory: to keep nothing over a restart${meant}`;
  }
  const path = text.slice('sqlite:'.length);
  if (path === '') return 'names no file; write sqlite:./data/tributary.db';
  if (path === ':memory:') return 'a store in memory is written memory:';
  return /^\/\/(?!\/)/.test(path) ? 'write sqlite:PATH, without the slashes before the path' : undefined;
};
