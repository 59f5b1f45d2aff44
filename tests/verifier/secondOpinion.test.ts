import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, mock, test } from 'node:test';
import { isSignatureAccepted, latestAnswers } from '../../site_overrides/verifier/src/ed25519.ts';
import { confirmAnswers } from '../../site_overrides/verifier/src/secondOpinion.ts';

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const WYCHEPROOF = join(import.meta.dirname, '..', 'vectors', 'wycheproof-ed25519', 'ed25519_test.json');

interface Vector {
  readonly key: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

const { testGroups } = JSON.parse(readFileSync(WYCHEPROOF, 'utf-8')) as {
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk: string };
    readonly tests: readonly { readonly msg: string; readonly sig: string; readonly result: string }[];
  }[];
};
const vectors = (wanted: string): readonly Vector[] =>
  testGroups.flatMap(({ publicKey, tests }) =>
    tests
      .filter(({ result }) => result === wanted)
      .map(({ msg, sig }) => ({ key: bytes(publicKey.pk), message: bytes(msg), signature: bytes(sig) })),
  );
const GOOD = vectors('valid');
const BAD = vectors('invalid').filter(({ signature }) => signature.length === 64);
let next = 0;

/** Ask about a signature that no test has asked about yet. */
function askAnew(from: readonly Vector[]): boolean {
  const { key, message, signature } = from[next++ % from.length]!;
  return isSignatureAccepted(key, message, signature);
}

beforeEach(() => mock.restoreAll());

test('the browser gives the same answer about every Wycheproof vector that the library was asked', async () => {
  const asked = new Set<unknown>();
  for (const { key, message, signature } of [...GOOD.slice(0, 48), ...BAD]) {
    isSignatureAccepted(key, message, signature);
    await confirmAnswers();
    latestAnswers().forEach((answer) => asked.add(answer));
  }
  assert.ok(asked.size > 50, String(asked.size));
});

test('no browser is asked about an S that is not below the order of the group, on which they differ', async () => {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const { key, message, signature } = GOOD[49]!;
  assert.ok(isSignatureAccepted(key, message, signature));
  await confirmAnswers();
  const scalar = BigInt(`0x${Buffer.from(signature.slice(32).reverse()).toString('hex')}`) + order;
  const larger = Uint8Array.of(...signature.slice(0, 32), ...bytes(scalar.toString(16).padStart(64, '0')).reverse());
  mock.method(crypto.subtle, 'verify', async () => true);
  assert.ok(!isSignatureAccepted(key, message, larger));
  await confirmAnswers();
});

test('a browser that refuses what the library accepts is a fault', async () => {
  mock.method(crypto.subtle, 'verify', async () => false);
  next = 50;
  assert.ok(askAnew(GOOD));
  await assert.rejects(confirmAnswers(), /expected one answer/);
  mock.restoreAll();
  await confirmAnswers();
});

test('a browser that accepts what the library refuses is a fault', async () => {
  const { key, message, signature } = GOOD[60]!;
  assert.ok(!isSignatureAccepted(key, Uint8Array.of(...message, 1), signature));
  mock.method(crypto.subtle, 'verify', async () => true);
  await assert.rejects(confirmAnswers(), /expected one answer/);
});

test('a browser whose own cryptography fails is a fault', async () => {
  next = 70;
  assert.ok(askAnew(GOOD));
  mock.method(crypto.subtle, 'verify', async () => Promise.reject(new Error('broken')));
  await assert.rejects(confirmAnswers(), /broken/);
});

test('a browser without the algorithm leaves the library’s answer as it is', async () => {
  next = 75;
  assert.ok(askAnew(GOOD));
  mock.method(crypto.subtle, 'importKey', async () => Promise.reject(new DOMException('', 'NotSupportedError')));
  const asked = mock.method(crypto.subtle, 'verify', async () => false);
  await confirmAnswers();
  assert.equal(asked.mock.callCount(), 0);
});

test('what was confirmed is not asked again', async () => {
  next = 80;
  assert.ok(askAnew(GOOD));
  await confirmAnswers();
  const asked = mock.method(crypto.subtle, 'verify', async () => true);
  await confirmAnswers();
  assert.equal(asked.mock.callCount(), 0);
});

test('no question of the verification at work is forgotten, however many came before', async () => {
  GOOD.forEach(({ key, message, signature }) => isSignatureAccepted(key, message, signature));
  BAD.forEach(({ key, message, signature }) => isSignatureAccepted(key, message, signature));
  const { key, message, signature } = GOOD[0]!;
  isSignatureAccepted(key, Uint8Array.of(...message, 7), signature);
  isSignatureAccepted(key, Uint8Array.of(...message, 8), signature);
  const [before, latest] = latestAnswers().slice(-2);
  assert.deepEqual([before!.message.at(-1), latest!.message.at(-1)], [7, 8]);
  assert.ok(latestAnswers().length <= 100);
});
