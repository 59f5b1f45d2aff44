/** Whatever bit is turned, no verdict is good for anything but the certificate that was signed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeDigits, encodeDigits } from '../../site_overrides/verifier/src/digits.ts';
import type { Report } from '../../site_overrides/verifier/src/report.ts';
import { without } from '../../site_overrides/verifier/src/strictJson.ts';
import { verify } from '../../site_overrides/verifier/src/verify.ts';
import { readCase } from './caseFiles.ts';

const GOOD = ['valid', 'demonstration'];
/** Positions of each published file; of payloads every bit is turned. */
const POSITIONS = 300;
/** A prime, so that the positions meet every bit of a byte. */
const STRIDE = 7_919;

function turned(bytes: Uint8Array, position: number): Uint8Array {
  const copy = bytes.slice();
  copy[position >> 3]! ^= 1 << (position & 7);
  return copy;
}

/** Count the verdicts that stayed good, after holding that each is about the same certificate. */
function unharmed(reports: readonly Report[], original: Report): number {
  const good = reports.filter(({ outcome }) => GOOD.includes(outcome));
  assert.ok(original.credential !== null);
  const meant = without(original.credential, 'proof');
  for (const { credential } of good) assert.deepEqual(credential && without(credential, 'proof'), meant);
  return good.length;
}

for (const [name, rdfcBits] of [
  ['code-completion', 0],
  ['link', 512],
] as const) {
  test(`no turned bit at all of ${name} makes another certificate valid`, () => {
    const { input, trust, at } = readCase(name);
    assert.ok('digits' in input);
    const original = verify(input, trust, at);
    assert.equal(original.outcome, 'valid');
    const payload = decodeDigits(input.digits);
    assert.ok(payload.ok);
    const positions = [...Array(payload.bytes.length * 8).keys()];
    const digits = positions.map((position) => encodeDigits(turned(payload.bytes, position)));
    const reports = digits.map((changed) => verify({ digits: changed }, trust, at));
    // The rdfc signature is not read, and DEFLATE fills its last byte with up to seven bits that nobody reads.
    const good = unharmed(reports, original);
    assert.ok(rdfcBits <= good && good <= rdfcBits + 7, String(good));
  });
}

for (const path of ['asnad/keys.json', 'asnad/manifest.json', 'asnad/notices.json', 'status/1.json']) {
  test(`none of ${POSITIONS} turned bits of ${path} makes any certificate valid`, () => {
    const { input, trust, at } = readCase('completion');
    const others = ['revoked', 'name-altered', 'compromised-key-backdated'].map((name) => readCase(name).input);
    const [issuer] = trust.issuers;
    const bytes = issuer?.files.get(path);
    assert.ok(issuer !== undefined && bytes !== undefined);
    assert.equal(verify(input, trust, at).outcome, 'valid');
    for (let number = 0; number < POSITIONS; number += 1) {
      const files = new Map(issuer.files).set(path, turned(bytes, (number * STRIDE) % (bytes.length * 8)));
      const held = { ...trust, issuers: [{ ...issuer, files }] };
      for (const given of [input, others[number % others.length]!]) {
        const { outcome } = verify(given, held, at);
        assert.ok(!GOOD.includes(outcome), `${number}: ${outcome}`);
      }
    }
  });
}
