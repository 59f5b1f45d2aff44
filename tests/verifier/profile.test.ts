import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listPath, readClaims } from '../../site_overrides/verifier/src/profile.ts';
import {
  isObject,
  type JsonObject,
  type JsonValue,
  parseJsonObject,
} from '../../site_overrides/verifier/src/strictJson.ts';
import { readCase } from './caseFiles.ts';

const SITES = ['https://skills.example/', 'https://skills.example/second/'];
const { input } = readCase('with-an-end');
assert.ok('document' in input);
const good = parseJsonObject(input.document, 65_536);
assert.ok(good !== null);
const part = (name: string): JsonObject => {
  const value = good[name];
  assert.ok(isObject(value));
  return value;
};
const learner = { type: 'IdentityObject', hashed: false, identityType: 'name', identityHash: 'Bilal Khan' };
const withSubject = (members: JsonObject): JsonObject => ({
  ...good,
  credentialSubject: { ...part('credentialSubject'), ...members },
});
const withList = (address: string, index: JsonValue = '7'): JsonObject => ({
  ...good,
  credentialStatus: {
    ...part('credentialStatus'),
    id: `${address}#${String(index)}`,
    statusListCredential: address,
    statusListIndex: index,
  },
});

test('the claims of a credential are read', () => {
  assert.deepEqual(readClaims(withList('https://skills.example/status/3.json'), SITES), {
    id: good['id'],
    validFrom: good['validFrom'],
    validUntil: '2027-11-30T18:59:59Z',
    listAddress: 'https://skills.example/status/3.json',
    listIndex: '7',
  });
});

test('the learner is a plain name, and the subject says the same or nothing', () => {
  assert.notEqual(readClaims(withSubject({ name: 'Bilal Khan', identifier: [learner] }), SITES), null);
  const { name: _, ...unnamed } = part('credentialSubject');
  assert.notEqual(readClaims({ ...good, credentialSubject: { ...unnamed, identifier: [learner] } }, SITES), null);
  assert.equal(readClaims(withSubject({ name: 'Bilal Kahn', identifier: [learner] }), SITES), null);
  assert.equal(
    readClaims(withSubject({ name: 'Bilal Khan', identifier: [{ ...learner, hashed: true }] }), SITES),
    null,
  );
});

test('the status list lies on a site of the issuer', () => {
  assert.notEqual(readClaims(withList('https://skills.example/second/status/1.json'), SITES), null);
  for (const address of [
    'https://skills.example/third/status/1.json',
    'https://skills.example.org/status/1.json',
    'https://skills.example/status/0.json',
    'https://skills.example/status/01.json',
    'https://skills.example/status/1.json?v=2',
    'https://skills.example/status/1.JSON',
  ]) {
    assert.equal(readClaims(withList(address), SITES), null, address);
  }
});

test('the path of a list is relative to its site', () => {
  assert.equal(listPath('https://skills.example/second/status/12.json', SITES), 'status/12.json');
  assert.equal(listPath('https://skills.example/asnad/keys.json', SITES), null);
});

test('a credential on no site of the issuer has no claims', () => assert.equal(readClaims(good, []), null));
