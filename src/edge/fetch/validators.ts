// Validators: what a server gave us to ask "has it changed?" with, and what of it can be sent back. Pure.
// RFC 9110, sections 8.8 and 13.1.
import type { Validators } from '../../model/fetch-outcome.ts';
import type { HeaderValue } from './exchange.ts';

const LENGTH_MAX = 1_024;
/** What a header may hold, one character a byte: no control but tab (RFC 9110, section 5.5). */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]+$/;

export function isSendable(value: string): boolean {
  return SENDABLE.test(value);
}

/**
 * Byte for byte what can go back to the server. A validator that could not be sent, or of which there are two, is
 * dropped: kept, it would spoil every poll to come.
 */
export function readValidators(headers: Readonly<Record<string, HeaderValue | undefined>>): Validators {
  return usableValidators({ etag: single(headers['etag']), lastModified: single(headers['last-modified']) });
}

export function usableValidators({ etag, lastModified }: Validators): Validators {
  return {
    ...(isUsable(etag) ? { etag } : {}),
    ...(isUsable(lastModified) ? { lastModified } : {}),
  };
}

export function isConditional({ etag, lastModified }: Validators): boolean {
  return etag !== undefined || lastModified !== undefined;
}

function isUsable(value: string | undefined): value is string {
  return value !== undefined && value.length <= LENGTH_MAX && isSendable(value);
}

function single(value: HeaderValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
