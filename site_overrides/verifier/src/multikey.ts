import { decodeBase58 } from './multibase.ts';

const ED25519_PUBLIC = [0xed, 0x01] as const;
const KEY_LENGTH = 32;

/**
 * Read an Ed25519 public key written as Multikey (Controlled Identifiers 1.0 §2.2.2).
 *
 * @returns 32 bytes, or null where the text is something else.
 */
export function decodeMultikey(text: string): Uint8Array | null {
  const bytes = decodeBase58(text);
  if (bytes === null || bytes.length !== ED25519_PUBLIC.length + KEY_LENGTH) return null;
  return ED25519_PUBLIC.every((byte, at) => bytes[at] === byte) ? bytes.subarray(ED25519_PUBLIC.length) : null;
}
