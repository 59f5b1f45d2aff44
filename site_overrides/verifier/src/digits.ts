import { concatBytes } from './bytes.ts';

const GROUP_BYTES = 7;
/** How many digits a group of so many bytes takes. */
const DIGITS_OF_BYTES: readonly number[] = [0, 3, 5, 8, 10, 13, 15, 17];
const GROUP_DIGITS = 17;
const MAX_DIGITS = 4000;

export type DigitsResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: 'too-large' | 'not-digits' | 'digits-damaged' };

/** Write bytes as digits, the densest form that a QR code and an address both carry (docs/format.md §4). */
export function encodeDigits(bytes: Uint8Array): string {
  const groups: string[] = [];
  for (let start = 0; start < bytes.length; start += GROUP_BYTES) {
    const group = bytes.subarray(start, start + GROUP_BYTES);
    const value = group.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
    groups.push(value.toString().padStart(DIGITS_OF_BYTES[group.length] ?? GROUP_DIGITS, '0'));
  }
  return groups.join('');
}

/** Read digits back; spaces, line ends and hyphens between them are ignored. */
export function decodeDigits(text: string): DigitsResult {
  const digits = text.replace(/[ \n\r-]/g, '');
  if (digits.length > MAX_DIGITS) return { ok: false, reason: 'too-large' };
  if (!/^[0-9]+$/.test(digits)) return { ok: false, reason: 'not-digits' };
  const groups: Uint8Array[] = [];
  for (let start = 0; start < digits.length; start += GROUP_DIGITS) {
    const group = decodeGroup(digits.slice(start, start + GROUP_DIGITS));
    if (group === null) return { ok: false, reason: 'digits-damaged' };
    groups.push(group);
  }
  return { ok: true, bytes: concatBytes(...groups) };
}

function decodeGroup(digits: string): Uint8Array | null {
  const length = DIGITS_OF_BYTES.indexOf(digits.length);
  let value = BigInt(digits);
  if (length < 0 || value >> BigInt(8 * length) !== 0n) return null;
  const bytes = new Uint8Array(length);
  for (let at = length - 1; at >= 0; at -= 1) {
    bytes[at] = Number(value & 0xffn);
    value >>= 8n;
  }
  return bytes;
}
