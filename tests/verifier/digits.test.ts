import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from '../../site_overrides/verifier/node_modules/fast-check/lib/fast-check.js';
import { decodeDigits, encodeDigits } from '../../site_overrides/verifier/src/digits.ts';

test('bytes of known value take the digits of the specification', () => {
  const full = new Uint8Array(8).fill(0xff);
  const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((length) => encodeDigits(full.subarray(0, length)));
  assert.deepEqual(digits, [
    '',
    '255',
    '65535',
    '16777215',
    '4294967295',
    '1099511627775',
    '281474976710655',
    '72057594037927935',
    '72057594037927935255',
  ]);
  assert.equal(encodeDigits(Uint8Array.of(0, 1)), '00001');
});

test('bytes come back, with spaces, line ends and hyphens between the digits too', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      fc.constantFrom('', ' ', '-', '\n', '\r\n'),
      (bytes, between) => {
        const result = decodeDigits(encodeDigits(bytes).split('').join(between));
        assert.deepEqual(result.ok && [...result.bytes], [...bytes]);
      },
    ),
  );
});

test('every text of digits gives one text of bytes or none', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{1,60}$/), (digits) => {
      const result = decodeDigits(digits);
      if (result.ok) assert.equal(encodeDigits(result.bytes), digits);
    }),
  );
});

const REFUSED = {
  '': 'not-digits',
  '- -': 'not-digits',
  '12x': 'not-digits',
  '١٢٣': 'not-digits',
  '+12': 'not-digits',
  '256': 'digits-damaged',
  '65536': 'digits-damaged',
  '72057594037927936': 'digits-damaged',
  '1': 'digits-damaged',
  '1234': 'digits-damaged',
  '00000000000000000999': 'digits-damaged',
  ['1'.repeat(4001)]: 'too-large',
};

for (const [digits, reason] of Object.entries(REFUSED)) {
  test(`'${digits.slice(0, 30)}' is refused as ${reason}`, () =>
    assert.deepEqual(decodeDigits(digits), { ok: false, reason }));
}
