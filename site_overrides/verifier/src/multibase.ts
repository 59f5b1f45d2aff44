const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Decoding takes quadratic time; keys and signatures need 48 and 89 letters. */
const MAX_BASE58_LENGTH = 128;

/** Write bytes as multibase base58btc (Controlled Identifiers 1.0 §2.4). */
export function encodeBase58(bytes: Uint8Array): string {
  return `z${rebased([...bytes], 256, 58).map((digit) => BASE58[digit]).join('')}`;
}

/**
 * Read multibase base58btc of at most 128 characters; there is exactly one text for any bytes.
 *
 * @returns null where the text is something else.
 */
export function decodeBase58(text: string): Uint8Array | null {
  if (text[0] !== 'z' || text.length > MAX_BASE58_LENGTH) return null;
  const digits = Array.from(text.slice(1), (letter) => BASE58.indexOf(letter));
  return digits.includes(-1) ? null : Uint8Array.from(rebased(digits, 58, 256));
}

/** Write a number in another base, the greatest digit first; zeros before it stay as many as they are. */
function rebased(digits: readonly number[], from: number, to: number): number[] {
  const rising: number[] = [];
  for (const digit of digits) {
    let carry = digit;
    for (let at = 0; carry > 0 || at < rising.length; at += 1) {
      carry += (rising[at] ?? 0) * from;
      rising[at] = carry % to;
      carry = Math.floor(carry / to);
    }
  }
  const zeros = digits.findIndex((digit) => digit !== 0);
  return [...new Array<number>(zeros < 0 ? digits.length : zeros).fill(0), ...rising.reverse()];
}

/**
 * Read multibase base64url without padding; encoding again gives the same text.
 *
 * @returns null where the text is something else.
 */
export function decodeBase64url(text: string): Uint8Array | null {
  try {
    const binary = atob(text.slice(1).replace(/[-_]/g, (letter) => (letter === '-' ? '+' : '/')));
    const again = btoa(binary).replace(/[+/=]/g, (letter) => (letter === '=' ? '' : letter === '+' ? '-' : '_'));
    return `u${again}` === text ? Uint8Array.from(binary, (letter) => letter.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}
