import { inflate } from './inflate.ts';
import { decodeBase64url } from './multibase.ts';

const MIN_BYTES = 131_072 / 8;
const MAX_BYTES = 8_388_608 / 8;
/** The first four bytes of a gzip member without flags; six more of the header say nothing about the content. */
const HEADER = [0x1f, 0x8b, 0x08, 0x00] as const;
const HEADER_LENGTH = 10;
const TRAILER_LENGTH = 8;

/**
 * Read `encodedList` (Bitstring Status List v1.0 §3, docs/format.md §5.3).
 *
 * @returns The bits in whole bytes, or null where it is not one gzip member of an allowed size.
 */
export function decodeBits(text: string): Uint8Array | null {
  const data = decodeBase64url(text);
  if (data === null || data.length <= HEADER_LENGTH + TRAILER_LENGTH) return null;
  if (!HEADER.every((byte, at) => data[at] === byte)) return null;
  const result = inflate(data.subarray(HEADER_LENGTH, -TRAILER_LENGTH), MAX_BYTES);
  if (!result.ok || result.bytes.length < MIN_BYTES) return null;
  const length = new DataView(data.buffer, data.byteOffset + data.length - 4, 4).getUint32(0, true);
  return length === result.bytes.length ? result.bytes : null;
}

/** Read one bit; bit 0 is the most significant of byte 0. */
export function isBitSet(bits: Uint8Array, index: number): boolean {
  return (((bits[index >> 3] ?? 0) >> (7 - (index & 7))) & 1) === 1;
}
