// The payload of a code, from the bytes up: docs/format.md §4.
import {base58Decode, canonicalize, pako} from '../../foreign/issuing.mjs';
import {createHash} from 'node:crypto';
import {inflateRawSync} from 'node:zlib';

export const sha256 = bytes => createHash('sha256').update(bytes).digest();
export const jcs = document => Buffer.from(canonicalize(document));

const DIGITS_OF = [0, 3, 5, 8, 10, 13, 15, 17];

/** Writes bytes as decimal digits, 17 for each group of 7 bytes. */
export function digitsOf(bytes) {
  let digits = '';
  for(let at = 0; at < bytes.length; at += 7) {
    const group = bytes.subarray(at, at + 7);
    digits += BigInt(`0x${Buffer.from(group).toString('hex')}`).toString().padStart(DIGITS_OF[group.length], '0');
  }
  return digits;
}

/** Compresses with a preset dictionary. pako is used because zlib's output differs between builds of Node. */
export function deflate(bytes, dictionary) {
  const deflated = Buffer.from(pako.deflateRaw(bytes, {level: 9, dictionary}));
  if(!inflateRawSync(deflated, {dictionary}).equals(bytes)) {
    throw new Error('zlib does not read what pako wrote');
  }
  return deflated;
}

/** The file name of a dictionary: the first four bytes of its hash. */
export function dictionaryName(dictionary) {
  return `${sha256(dictionary).subarray(0, 4).toString('hex')}.bin`;
}

const proofOf = (signed, cryptosuite) => signed.proof.find(proof => proof.cryptosuite === cryptosuite);
export const signatureOf = proof => Buffer.from(base58Decode(proof.proofValue.slice(1)));

/** The payload document: the credential with its jcs proof alone, without its value. */
export function payloadDocument(signed) {
  const {proofValue, ...proof} = proofOf(signed, 'eddsa-jcs-2022');
  return jcs({...signed, proof: [proof]});
}

/** Puts a payload together; each part can be replaced by an odd one. */
export function payloadOf(signed, dictionary, {
  format = 1,
  prefix = sha256(dictionary).subarray(0, 4),
  signature = signatureOf(proofOf(signed, 'eddsa-jcs-2022')),
  document = payloadDocument(signed),
  deflated = deflate(document, dictionary)
} = {}) {
  const second = format === 2 ? [signatureOf(proofOf(signed, 'eddsa-rdfc-2022'))] : [];
  return Buffer.concat([Buffer.from([format]), prefix, signature, ...second, deflated]);
}
