const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Decoding takes quadratic time; keys and signatures need 48 and 89 letters. */
const MAX_BASE58_LENGTH = 128;

/** Write bytes as multibase base58btc (Controlled Identifiers 1.0 §2.4). */
export function encodeBase58(bytes: Uint8Array): string {
  const digits: number[] = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let at = 0; at < digits.length; at += 1) {
      carry += (digits[at] ?? 0) * 256;
      digits[at] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  const letters = digits.reverse().map((digit) => BASE58[digit]);
  return `z${'1'.repeat(leading(bytes, 0))}${letters.join('')}`;
}

/**
 * Read multibase base58btc of at most 128 characters; there is exactly one text for any bytes.
 *
 * @returns null where the text is something else.
 */
export function decodeBase58(text: string): Uint8Array | null {
  if (text[0] !== 'z' || text.length > MAX_BASE58_LENGTH) return null;
  const values = Array.from(text.slice(1), (letter) => BASE58.indexOf(letter));
  const bytes: number[] = [];
  for (const value of values) {
    if (value < 0) return null;
    let carry = value;
    for (let at = 0; at < bytes.length; at += 1) {
      carry += (bytes[at] ?? 0) * 58;
      bytes[at] = carry & 0xff;
      carry >>= 8;
    }
    if (carry > 0) bytes.push(carry);
  }
  const zeros = leading(values, 0);
  const decoded = new Uint8Array(zeros + bytes.length);
  decoded.set(bytes.reverse(), zeros);
  return decoded;
}

/**
 * Read multibase base64url without padding; encoding again would give the same text.
 *
 * @returns null where the text is something else.
 */
export function decodeBase64url(text: string): Uint8Array | null {
  const length = text.length - 1;
  if (text[0] !== 'u' || length % 4 === 1) return null;
  const decoded = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let pending = 0;
  let at = 0;
  for (let position = 1; position <= length; position += 1) {
    const value = BASE64URL.indexOf(text.charAt(position));
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xfff;
    pending += 6;
    if (pending >= 8) {
      pending -= 8;
      decoded[at] = (bits >> pending) & 0xff;
      at += 1;
    }
  }
  // Bits left over that are not zero would make a second text for the same bytes.
  return (bits & ((1 << pending) - 1)) === 0 ? decoded : null;
}

function leading(values: ArrayLike<number>, value: number): number {
  let count = 0;
  while (count < values.length && values[count] === value) count += 1;
  return count;
}
