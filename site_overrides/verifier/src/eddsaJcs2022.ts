import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from './bytes.ts';
import { canonicalBytes } from './canonicalJson.ts';
import { isSignatureAccepted } from './ed25519.ts';
import { decodeBase58 } from './multibase.ts';
import type { JcsProof } from './proof.ts';
import { type JsonObject, without } from './strictJson.ts';

/**
 * Give the 64 bytes that are signed (Data Integrity EdDSA Cryptosuites 1.0 §3.3.4).
 *
 * @param document As received; its `proof`, if any, is left out.
 * @param proof As received; its `proofValue`, if any, is left out.
 */
export function hashData(document: JsonObject, proof: JsonObject): Uint8Array {
  return concatBytes(
    sha256(canonicalBytes(without(proof, 'proofValue'))),
    sha256(canonicalBytes(without(document, 'proof'))),
  );
}

/**
 * Tell whether a document carries a signature of a key.
 *
 * @param publicKey 32 bytes.
 */
export function isSignedBy(document: JsonObject, proof: JcsProof, publicKey: Uint8Array): boolean {
  const signature = decodeBase58(proof.proofValue);
  return signature !== null && isSignatureAccepted(publicKey, hashData(document, proof.received), signature);
}
