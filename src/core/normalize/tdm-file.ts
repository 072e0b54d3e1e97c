// `/.well-known/tdmrep.json` (W3C TDM Reservation Protocol, Final Community Group Report, section on the file of the origin
// server): rules by path, for every resource of the origin whose response says nothing itself.

import type { TdmRule } from '../../model/rights.ts';
import { normalizeTdm } from './normalize-rights.ts';
import { present } from './present.ts';
import { BaseResolver } from './urls.ts';

const RULES_MAX = 500;
const LOCATION_CHARS_MAX = 1000;

/** Empty where the text is no such file. `url` is the file's own. */
export function readTdmFile(text: string, url: string): readonly TdmRule[] {
  const bases = new BaseResolver(url);
  const rules: TdmRule[] = [];
  for (const rule of listIn(text).slice(0, RULES_MAX)) {
    const {
      location,
      'tdm-reservation': reservation,
      'tdm-policy': policy,
    } = Object(rule) as Record<string, unknown>;
    const tdm = normalizeTdm(
      {
        reservation: String(reservation),
        policy: typeof policy === 'string' ? { href: policy.trim() } : undefined,
      },
      bases,
    );
    if (typeof location !== 'string' || location.length > LOCATION_CHARS_MAX || tdm === undefined) continue;
    rules.push(present({ location: location.trim(), ...tdm }));
  }
  return rules;
}

function listIn(text: string): readonly unknown[] {
  try {
    const document: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return Array.isArray(document) ? document : [];
  } catch {
    return [];
  }
}
