// EUC-KR as the Encoding Standard has it, which is windows-949: beside the 2,350 syllables of KS X 1001 the other 8,822
// of Hangul, which ICU's decoder does not know. They stand in the order of Unicode in the cells that KS X 1001 leaves.

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;

/** Added to KS X 1001 in 1998. */
const LATER: ReadonlyMap<number, string> = new Map([
  [0xa2e6, '€'],
  [0xa2e7, '®'],
]);

/** The syllable of each cell, by lead and trail byte; made when it is first needed. */
let extension: ReadonlyMap<number, string> | undefined;

export function decodeEucKr(body: Uint8Array): string {
  const decoder = new TextDecoder('euc-kr', { ignoreBOM: true });
  const parts: string[] = [];
  let plain = 0;
  for (let index = 0; index < body.length; index += 1) {
    const lead = body[index] ?? 0;
    if (lead < 0x81 || lead === 0xff) continue;
    const trail = body[index + 1] ?? 0;
    const code = lead * 256 + trail;
    const syllable = isInExtension(lead, trail) ? cells().get(code) : LATER.get(code);
    if (syllable !== undefined) {
      parts.push(decoder.decode(body.subarray(plain, index)), syllable);
      plain = index + 2;
    }
    if (trail >= 0x41) index += 1;
  }
  parts.push(decoder.decode(body.subarray(plain)));
  return parts.join('');
}

function isInExtension(lead: number, trail: number): boolean {
  const isTrail = (trail >= 0x41 && trail <= 0x5a) || (trail >= 0x61 && trail <= 0x7a) || trail >= 0x81;
  return isTrail && (lead <= 0xa0 || (lead <= 0xc6 && trail <= 0xa0));
}

function cells(): ReadonlyMap<number, string> {
  extension ??= new Map(pair(cellCodes(), otherSyllables()));
  return extension;
}

function pair(codes: readonly number[], syllables: readonly string[]): [number, string][] {
  return syllables.map((syllable, index) => [codes[index] ?? 0, syllable]);
}

function cellCodes(): number[] {
  const codes: number[] = [];
  for (let lead = 0x81; lead <= 0xc6; lead += 1) {
    for (let trail = 0x41; trail <= 0xfe; trail += 1) {
      if (isInExtension(lead, trail)) codes.push(lead * 256 + trail);
    }
  }
  return codes;
}

/** Those that KS X 1001 has not, in the order of Unicode. */
function otherSyllables(): string[] {
  const rows = new Uint8Array((0xc8 - 0xb0 + 1) * 94 * 2);
  let at = 0;
  for (let lead = 0xb0; lead <= 0xc8; lead += 1) {
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
      rows[at] = lead;
      rows[at + 1] = trail;
      at += 2;
    }
  }
  const known = new Set(new TextDecoder('euc-kr').decode(rows));
  const others: string[] = [];
  for (let code = FIRST_SYLLABLE; code <= LAST_SYLLABLE; code += 1) {
    const syllable = String.fromCharCode(code);
    if (!known.has(syllable)) others.push(syllable);
  }
  return others;
}
