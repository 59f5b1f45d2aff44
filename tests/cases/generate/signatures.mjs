// Signatures that a careless verifier takes: RFC 8032 in integers, for docs/format.md §3.3.
import {base58} from '../../foreign/issuing.mjs';
import {createHash} from 'node:crypto';
import {jcs, sha256, signatureOf} from './payload.mjs';
import {keyPairOf} from '../../foreign/issuing.mjs';

const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const P = 2n ** 255n - 19n;

const sha512 = bytes => createHash('sha512').update(bytes).digest();
const readLittle = bytes => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
const writeLittle = number => Buffer.from(number.toString(16).padStart(64, '0'), 'hex').reverse();

/** The identity, and a point of order two, canonical; the identity as p + 1, and with the sign bit set. */
export const IDENTITY = writeLittle(1n);
export const ORDER_TWO = writeLittle(P - 1n);
export const IDENTITY_PLUS_P = writeLittle(P + 1n);
export const IDENTITY_SIGNED = writeLittle(1n + 2n ** 255n);

function scalarOf({seed}) {
  const half = sha512(seed).subarray(0, 32);
  half[0] &= 248;
  half[31] = (half[31] & 127) | 64;
  return readLittle(half);
}

/** The point A + T, T of order two: (x, y) becomes (-x, -y). It is no longer in the prime-order subgroup. */
export function withTorsion(publicKey) {
  const sign = publicKey[31] >> 7;
  const y = readLittle(publicKey) % 2n ** 255n;
  return writeLittle(P - y + BigInt(1 - sign) * 2n ** 255n);
}

/** The bytes that a jcs proof signs. */
export function signedBytes(document, options) {
  const {proof, ...unsecured} = document;
  return Buffer.concat([sha256(jcs(options)), sha256(jcs(unsecured))]);
}

const challenge = (r, a, data) => readLittle(sha512(Buffer.concat([r, a, data]))) % L;

/** The same signature with L added to S. */
export function withGroupOrderAdded(proof) {
  const signature = signatureOf(proof);
  const s = writeLittle(readLittle(signature.subarray(32)) + L);
  return withSignature(proof, Buffer.concat([signature.subarray(0, 32), s]));
}

export function withSignature(proof, signature) {
  return {...proof, proofValue: `z${base58(signature)}`};
}

/** A signature whose R is the identity in the given encoding: S = k·a. */
export function signWithIdentity(pair, r, data) {
  const k = challenge(r, pair.publicKey, data);
  return Buffer.concat([r, writeLittle(k * scalarOf(pair) % L)]);
}

/**
 * A signature that RFC 8032 §5.1.7 takes for a key that holds a point of order two.
 * R changes until k is even: then k·T is the identity.
 */
export function signForTorsion(publicKey, secret, data) {
  for(let nonce = 0; ; nonce++) {
    const once = keyPairOf(sha256(Buffer.from(`nonce ${nonce}`)));
    const k = challenge(once.publicKey, publicKey, data);
    if(k % 2n === 0n) {
      return Buffer.concat([once.publicKey, writeLittle((scalarOf(once) + k * secret) % L)]);
    }
  }
}

/** Signs for the point of order two alone: no secret is needed. */
export const signForOrderTwo = data => signForTorsion(ORDER_TWO, 0n, data);

/** Signs for the pair's public key with a point of order two added. */
export const signForMixedOrder = (pair, data) => signForTorsion(withTorsion(pair.publicKey), scalarOf(pair), data);
