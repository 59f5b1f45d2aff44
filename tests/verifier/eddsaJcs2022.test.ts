import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { canonicalJson } from '../../site_overrides/verifier/src/canonicalJson.ts';
import { hashData, isSignedBy } from '../../site_overrides/verifier/src/eddsaJcs2022.ts';
import { decodeBase58 } from '../../site_overrides/verifier/src/multibase.ts';
import { decodeMultikey } from '../../site_overrides/verifier/src/multikey.ts';
import { readJcsProof } from '../../site_overrides/verifier/src/proof.ts';
import { isObject, type JsonObject, parseJsonObject, without } from '../../site_overrides/verifier/src/strictJson.ts';

const VECTORS = join(import.meta.dirname, '..', 'vectors', 'w3c-vc-di-eddsa');
const read = (name: string): string => readFileSync(join(VECTORS, name), 'utf-8').trim();
const hex = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString('hex');

const signed = parseJsonObject(readFileSync(join(VECTORS, 'eddsa-jcs-2022/signedJCS.json')), 10_000) as JsonObject;
const received = signed['proof'];
assert.ok(isObject(received));
const proof = readJcsProof(signed, received);
assert.ok(proof !== null);
const key = decodeMultikey(JSON.parse(read('keyPair.json')).publicKeyMultibase);
assert.ok(key !== null);

test('the W3C vector has the published canonical texts', () => {
  assert.equal(canonicalJson(without(signed, 'proof')), read('eddsa-jcs-2022/canonDocJCS.txt'));
  assert.equal(canonicalJson(without(received, 'proofValue')), read('eddsa-jcs-2022/proofCanonJCS.txt'));
});

test('the W3C vector has the published hashes, that of the proof first', () => {
  const hashes = hex(hashData(signed, received));
  assert.equal(hashes.slice(0, 64), read('eddsa-jcs-2022/proofHashJCS.txt'));
  assert.equal(hashes.slice(64), read('eddsa-jcs-2022/docHashJCS.txt'));
  assert.equal(hashes, read('eddsa-jcs-2022/combinedHashJCS.txt'));
});

test('the W3C vector is signed by its key', () => {
  assert.equal(hex(decodeBase58(proof.proofValue)), read('eddsa-jcs-2022/sigHexJCS.txt'));
  assert.equal(proof.proofValue, read('eddsa-jcs-2022/sigBTC58JCS.txt'));
  assert.ok(isSignedBy(signed, proof, key));
});

test('another member in the document, and another value in the proof, are not signed', () => {
  assert.ok(!isSignedBy({ ...signed, name: 'x' }, proof, key));
  assert.ok(!isSignedBy(signed, { ...proof, received: { ...received, created: '2023-02-24T23:36:39Z' } }, key));
});

test('a proof with a member too much, or without its context, has another shape', () => {
  assert.equal(readJcsProof(signed, { ...received, domain: 'example' }), null);
  assert.equal(readJcsProof(signed, without(received, '@context')), null);
  assert.equal(readJcsProof(without(signed, '@context'), received), null);
  assert.equal(readJcsProof(signed, { ...received, '@context': [] }), null);
  assert.equal(readJcsProof(signed, { ...received, created: 1 }), null);
});
