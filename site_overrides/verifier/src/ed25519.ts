import { hashes, Point, verify } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { hexOf } from './bytes.ts';

// crypto.subtle is absent on plain http, so the hash comes from the bundle.
hashes.sha512 = sha512;

const KEY_LENGTH = 32;
const SIGNATURE_LENGTH = 64;
const MAX_REMEMBERED = 100;

/** A question that was put to the library, and its answer. */
export interface Answer {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  readonly accepted: boolean;
}

/** Answers by everything they depend on: the lists of a centre are looked at again with each of its certificates. */
const remembered = new Map<string, Answer>();

/** Give the latest answers, in the order in which they were first given. */
export function latestAnswers(): readonly Answer[] {
  return [...remembered.values()];
}

/**
 * Tell whether a signature is accepted (docs/format.md §3.3).
 *
 * Libraries disagree about points of small or mixed order and about encodings that are not canonical; refusing all of
 * those beforehand leaves nothing to disagree about.
 *
 * @param publicKey 32 bytes.
 * @param message The signed bytes.
 * @param signature 64 bytes, R ‖ S.
 */
export function isSignatureAccepted(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== KEY_LENGTH || signature.length !== SIGNATURE_LENGTH) return false;
  const question = [publicKey, signature, message].join('|');
  const known = remembered.get(question);
  if (known !== undefined) return known.accepted;
  // The rest is refused whatever a library says of it, so none is asked.
  if (!isAcceptedPoint(publicKey) || !isAcceptedPoint(signature.subarray(0, KEY_LENGTH))) return false;
  if (!isBelowOrder(signature.subarray(KEY_LENGTH))) return false;
  const accepted = isAccepted(publicKey, message, signature);
  // The oldest goes, never one that the verification at work has just put.
  if (remembered.size === MAX_REMEMBERED) remembered.delete(remembered.keys().next().value!);
  remembered.set(question, { publicKey, message, signature, accepted });
  return accepted;
}

function isAccepted(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** Tell whether S is below the order of the group; WebKitGTK's own cryptography takes S + L for S. */
function isBelowOrder(scalar: Uint8Array): boolean {
  return BigInt(`0x${hexOf(scalar.slice().reverse())}`) < Point.CURVE().n;
}

function isAcceptedPoint(encoded: Uint8Array): boolean {
  try {
    const point = Point.fromBytes(encoded, false);
    return !point.isSmallOrder() && point.isTorsionFree();
  } catch {
    return false;
  }
}
