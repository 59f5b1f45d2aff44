import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isSignatureAccepted } from '../../site_overrides/verifier/src/ed25519.ts';

interface Vectors {
  readonly numberOfTests: number;
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk: string };
    readonly tests: readonly {
      readonly tcId: number;
      readonly msg: string;
      readonly sig: string;
      readonly result: string;
    }[];
  }[];
}

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const WYCHEPROOF = join(import.meta.dirname, '..', 'vectors', 'wycheproof-ed25519', 'ed25519_test.json');

test('every Wycheproof vector is judged as it says', () => {
  const vectors = JSON.parse(readFileSync(WYCHEPROOF, 'utf-8')) as Vectors;
  const wrong: number[] = [];
  let valid = 0;
  for (const { publicKey, tests } of vectors.testGroups) {
    for (const { tcId, msg, sig, result } of tests) {
      const accepted = isSignatureAccepted(bytes(publicKey.pk), bytes(msg), bytes(sig));
      if (accepted !== (result === 'valid')) wrong.push(tcId);
      if (accepted) valid += 1;
    }
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual([vectors.numberOfTests, valid], [151, 88]);
});

/** Of the seed of 32 bytes 07, with a signature of `message`. */
const PUBLIC = bytes('ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c');
const GOOD = bytes(
  '9e46ad095242486ab68b0b6664ade0909c98e02de019d98810c448d7e58d4319' +
    'c8ae941a474f6ef64ea9dd22106c5c52196e4728f9a3464737bbac84df2fab0a',
);
/** PUBLIC with the point of order two added, and a signature of `message` for it, which RFC 8032 §5.1.7 takes. */
const MIXED = bytes('03b5939c1d63adf5410aaf84ecd13a066ab889514141846dbde11596ebb92dd3');
const MIXED_SIGNATURE = bytes(
  '2f2c9693dc7c3784d49b1af094db6f7ddec08936d8df6d0d74bf872170401796' +
    'abf584f30dff908a6fa9e59577c91b620917b15242e3587a10b6273ce21d260d',
);
const MESSAGE = new TextEncoder().encode('message');
const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

const concat = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const readLittle = (little: Uint8Array): bigint => BigInt(`0x${Buffer.from(little).reverse().toString('hex')}`);
const writeLittle = (number: bigint): Uint8Array =>
  new Uint8Array(Buffer.from(number.toString(16).padStart(64, '0'), 'hex').reverse());
const sha512 = (...parts: Uint8Array[]): Uint8Array =>
  new Uint8Array(
    createHash('sha512')
      .update(concat(...parts))
      .digest(),
  );

test('a good signature is accepted, and not for another message', () => {
  assert.ok(isSignatureAccepted(PUBLIC, MESSAGE, GOOD));
  assert.ok(!isSignatureAccepted(PUBLIC, new TextEncoder().encode('Message'), GOOD));
});

test('S plus the order of the group is refused', () => {
  const malleated = concat(GOOD.subarray(0, 32), writeLittle(readLittle(GOOD.subarray(32)) + L));
  assert.ok(!isSignatureAccepted(PUBLIC, MESSAGE, malleated));
});

test('keys and signatures of another length are refused', () => {
  assert.ok(!isSignatureAccepted(PUBLIC.subarray(1), MESSAGE, GOOD));
  assert.ok(!isSignatureAccepted(PUBLIC, MESSAGE, GOOD.subarray(1)));
  assert.ok(!isSignatureAccepted(PUBLIC, MESSAGE, concat(GOOD, Uint8Array.of(0))));
});

test('a key outside the subgroup of prime order is refused, though RFC 8032 alone takes its signature', () => {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), MIXED]);
  assert.ok(verify(null, MESSAGE, createPublicKey({ key: spki, format: 'der', type: 'spki' }), MIXED_SIGNATURE));
  assert.ok(!isSignatureAccepted(MIXED, MESSAGE, MIXED_SIGNATURE));
});

const IDENTITY = writeLittle(1n);
const SMALL_OR_NOT_CANONICAL = {
  'the neutral element': IDENTITY,
  'the neutral element with the sign bit': writeLittle(1n + 2n ** 255n),
  'the neutral element as p + 1': writeLittle(P + 1n),
  'the point of order two': writeLittle(P - 1n),
  'a point of order four': writeLittle(0n),
  'a point of order four as p': writeLittle(P),
  'a point of order eight': bytes('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'),
};

/** The secret scalar of the seed of 32 bytes 07 (RFC 8032 §5.1.5). */
function secretScalar(): bigint {
  const half = sha512(new Uint8Array(32).fill(7)).slice(0, 32);
  half[0] = (half[0] ?? 0) & 248;
  half[31] = ((half[31] ?? 0) & 127) | 64;
  return readLittle(half);
}

for (const [name, point] of Object.entries(SMALL_OR_NOT_CANONICAL)) {
  test(`${name} is refused as a key, for which anybody could sign`, () => {
    assert.ok(!isSignatureAccepted(point, MESSAGE, concat(IDENTITY, writeLittle(0n))));
    assert.ok(!isSignatureAccepted(point, MESSAGE, concat(PUBLIC, GOOD.subarray(32))));
  });

  test(`${name} is refused as R`, () => {
    const k = readLittle(sha512(point, PUBLIC, MESSAGE)) % L;
    assert.ok(!isSignatureAccepted(PUBLIC, MESSAGE, concat(point, writeLittle((k * secretScalar()) % L))));
  });
}
