// Signs with the suites of Digital Bazaar: the issuer that made the case table.
import {createSignCryptosuite as jcsSuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as rdfcSuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import canonicalize from 'canonicalize';
import {createPrivateKey, createPublicKey, sign} from 'node:crypto';
import {decode as base58Decode, encode as base58} from 'base58-universal';
import {issue} from '@digitalbazaar/vc';
import {loaderOf} from './documents.mjs';
import pako from 'pako';

export {base58, base58Decode, canonicalize, pako};

const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Makes a key pair of an Ed25519 seed of 32 bytes. */
export function keyPairOf(seed) {
  const secret = createPrivateKey({key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8'});
  const publicKey = createPublicKey(secret).export({format: 'der', type: 'spki'}).subarray(-32);
  return {seed, publicKey, multibase: multikeyOf(publicKey), sign: data => sign(null, data, secret)};
}

/** Encodes 32 bytes of an Ed25519 public key as `publicKeyMultibase`. */
export function multikeyOf(publicKey) {
  return `z${base58(Buffer.concat([Buffer.from([0xed, 0x01]), publicKey]))}`;
}

function signerOf({key, method}) {
  return {id: method, algorithm: 'Ed25519', sign: async ({data}) => key.sign(data)};
}

/** Issues a credential with both proofs, first eddsa-rdfc-2022, then eddsa-jcs-2022. */
export async function issueWithBothProofs(credential, {key, method, created}) {
  const documentLoader = loaderOf();
  let signed = structuredClone(credential);
  for(const cryptosuite of [rdfcSuite, jcsSuite()]) {
    const suite = new DataIntegrityProof({signer: signerOf({key, method}), date: created, cryptosuite});
    signed = await issue({credential: signed, suite, documentLoader, now: credential.validFrom});
  }
  return signed;
}

/** Makes an eddsa-jcs-2022 proof of any JSON document. */
export async function jcsProof(document, {key, method, created, purpose = 'assertionMethod', members = {}}) {
  const {proof, ...unsecured} = document;
  const suite = new DataIntegrityProof({signer: signerOf({key, method}), date: created, cryptosuite: jcsSuite()});
  return suite.createProof({
    document: unsecured,
    purpose: {update: async made => ({...made, ...members, proofPurpose: purpose})}
  });
}
