/** Ten thousand inputs that nobody would write: each gets a report, none throws, and none is good. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import fc from '../../site_overrides/verifier/node_modules/fast-check/lib/fast-check.js';
import { decodeDigits, encodeDigits } from '../../site_overrides/verifier/src/digits.ts';
import { CHECK_NAMES } from '../../site_overrides/verifier/src/report.ts';
import { type Input, verify } from '../../site_overrides/verifier/src/verify.ts';
import { readCase } from './caseFiles.ts';

const CODE = readCase('code-completion');
const FILE = readCase('jcs-proof-alone');
const { input: codeInput } = CODE;
const { input: fileInput } = FILE;
assert.ok('digits' in codeInput && 'document' in fileInput);
const decoded = decodeDigits(codeInput.digits);
assert.ok(decoded.ok);
const start = decoded.bytes.subarray(0, 69);
const { document } = fileInput;
const text = new TextDecoder().decode(document);
const { trust, at } = CODE;
const [dictionary] = trust.dictionaries;
const BAD = ['cannot-check', 'unknown-issuer', 'invalid'];

const encode = (words: string): Uint8Array => new TextEncoder().encode(words);
const oddTexts = fc.constantFrom('', '\n', '\0', '\u202e', '\ud800', '😂', '__proto__', '9'.repeat(5_000), 'a'.repeat(30_000));
const odd = fc.object({ values: [oddTexts, fc.double(), fc.bigInt().map(String)] }).map((value) => JSON.stringify(value));
const json = fc.oneof(fc.json({ maxDepth: 8 }), odd);
const PIECES = [
  ...['{', '}', '[', ']', ',', ':', '"', '\\u', '\\ud800', '-0', '1e999', 'null', '"proof"', '"__proto__"'],
  ...['9'.repeat(400), '['.repeat(40), '{"a":'.repeat(40)],
];
const pieces = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 30 })
  .map((parts) => parts.join(''));
const numbers = fc
  .tuple(fc.stringMatching(/^[0-9]{0,60}$/), fc.nat(80), fc.constantFrom('', ' ', '-', '\r\n', '\t', 'O', '٣', '#', '.'))
  .map(([unit, times, between]) => unit.repeat(times) + between + unit);
const streams = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 200 }),
  fc.tuple(json, fc.nat(9), fc.nat(), fc.nat(255)).map(([content, level, place, byte]) => {
    const options = dictionary === undefined ? { level } : { level, dictionary };
    const stream = new Uint8Array(deflateRawSync(content, options));
    if (byte % 2) stream[place % stream.length] = byte;
    return stream;
  }),
);
const codes = streams.map((stream): Input => ({ digits: encodeDigits(new Uint8Array([...start, ...stream])) }));
const broken = fc.tuple(fc.nat(text.length - 1), fc.nat(40), pieces).map(([from, length, put]) => {
  return text.slice(0, from) + put + text.slice(from + length);
});

const FAMILIES: readonly (readonly [name: string, count: number, inputs: fc.Arbitrary<Input>])[] = [
  ['bytes', 1_000, fc.uint8Array({ maxLength: 300 }).map((bytes) => ({ document: bytes }))],
  ['JSON', 2_000, json.map((words) => ({ document: encode(words) }))],
  ['pieces of JSON', 2_000, pieces.map((words) => ({ document: encode(words) }))],
  ['broken files', 1_500, broken.map((words) => ({ document: encode(words) }))],
  ['numbers', 1_500, numbers.map((digits) => ({ digits }))],
  ['codes with any stream', 2_000, codes],
];

test('there are ten thousand of them', () => {
  assert.equal(FAMILIES.reduce((sum, [, count]) => sum + count, 0), 10_000);
});

for (const [name, numRuns, inputs] of FAMILIES) {
  test(`whatever is given there is a report and no other certificate: ${name}`, () => {
    const original = verify(FILE.input, trust, at).credential;
    assert.ok(original !== null);
    fc.assert(
      fc.property(inputs, (input) => {
        const report = verify(input, trust, at);
        assert.deepEqual(report.checks.map(({ check }) => check), CHECK_NAMES);
        // A piece that is put where nothing is cut out may be no change at all.
        if (report.credential === null) assert.ok(BAD.includes(report.outcome), report.outcome);
        else assert.deepEqual(report.credential, original);
      }),
      { numRuns, seed: 5 },
    );
  });
}
