import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { decodeBits, isBitSet } from '../../site_overrides/verifier/src/bitstring.ts';

const encode = (gzip: Uint8Array): string => `u${Buffer.from(gzip).toString('base64url')}`;
const list = (bytes: number): Buffer => gzipSync(Buffer.alloc(bytes), { level: 9 });

test('bit 0 is the most significant of byte 0', () => {
  const bits = Uint8Array.of(0b1000_0001, 0b0100_0000);
  const set = Array.from({ length: 16 }, (_, index) => index).filter((index) => isBitSet(bits, index));
  assert.deepEqual(set, [0, 7, 9]);
});

test('lists of 131,072 to 8,388,608 bits are read', () => {
  assert.equal(decodeBits(encode(list(16_384)))?.length, 16_384);
  assert.equal(decodeBits(encode(list(1_048_576)))?.length, 1_048_576);
});

test('shorter and longer lists are refused', () => {
  for (const bytes of [0, 1, 16_383, 1_048_577, 4_000_000])
    assert.equal(decodeBits(encode(list(bytes))), null, String(bytes));
});

const good = list(16_384);
const changed = (at: number, value: number): Buffer => {
  const copy = Buffer.from(good);
  copy[at < 0 ? copy.length + at : at] = value;
  return copy;
};
const REFUSED = {
  'two gzip members': Buffer.concat([good, good]),
  'a byte after the member': Buffer.concat([good, Buffer.of(0)]),
  'a member cut off': good.subarray(0, -1),
  'another magic number': changed(0, 0x1e),
  'another method': changed(2, 7),
  'a flag in the header': changed(3, 8),
  'another length in the trailer': changed(-1, 1),
  'a header alone': good.subarray(0, 10),
};

for (const [name, gzip] of Object.entries(REFUSED)) {
  test(`${name} is refused`, () => assert.equal(decodeBits(encode(gzip)), null));
}

test('what is not multibase base64url is refused', () => {
  assert.equal(decodeBits(good.toString('base64url')), null);
  assert.equal(decodeBits(`u${good.toString('base64')}`), null);
});
