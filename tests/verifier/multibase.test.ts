import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from '../../site_overrides/verifier/node_modules/fast-check/lib/fast-check.js';
import { decodeBase58, decodeBase64url, encodeBase58 } from '../../site_overrides/verifier/src/multibase.ts';
import { decodeMultikey } from '../../site_overrides/verifier/src/multikey.ts';

const array = (bytes: Uint8Array | null): number[] | null => bytes && [...bytes];

test('base58btc of known bytes is known', () => {
  assert.equal(encodeBase58(new TextEncoder().encode('Hello World!')), 'z2NEpo7TZRRrLZSi2U');
  assert.equal(encodeBase58(Uint8Array.of(0, 0, 0x28, 0x7f, 0xb4, 0xcd)), 'z11233QC4');
  assert.equal(encodeBase58(new Uint8Array()), 'z');
});

test('base58btc comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      assert.deepEqual(array(decodeBase58(encodeBase58(bytes))), [...bytes]);
    }),
  );
});

test('other letters, another prefix and a long text are not base58btc', () => {
  for (const text of ['', '2NEpo7', 'u2NEpo7', 'z0', 'zO', 'zI', 'zl', 'z2 ', 'zé', `z${'2'.repeat(128)}`]) {
    assert.equal(decodeBase58(text), null, text);
  }
  assert.notEqual(decodeBase58(`z${'2'.repeat(127)}`), null);
});

test('base64url is read as Node writes it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      assert.deepEqual(array(decodeBase64url(`u${Buffer.from(bytes).toString('base64url')}`)), [...bytes]);
    }),
  );
});

test('padding, left-over bits, other letters and another prefix are not base64url', () => {
  for (const text of ['', 'zAA', 'uAA==', 'uA', 'uAB', 'uAAB', 'uA+A', 'uA/A', 'uAA\n', 'uA A'])
    assert.equal(decodeBase64url(text), null, text);
});

test('a key with another code, or of another length, is no Multikey', () => {
  const key = new Uint8Array(32).fill(9);
  assert.deepEqual(array(decodeMultikey(encodeBase58(Uint8Array.of(0xed, 1, ...key)))), [...key]);
  for (const bytes of [[0xec, 1, ...key], [0xed, 2, ...key], [0xed, 1, ...key, 0], [0xed, 1, ...key.slice(1)], []]) {
    assert.equal(decodeMultikey(encodeBase58(Uint8Array.from(bytes))), null);
  }
});
