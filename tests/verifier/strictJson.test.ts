import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from '../../site_overrides/verifier/node_modules/fast-check/lib/fast-check.js';
import { canonicalJson } from '../../site_overrides/verifier/src/canonicalJson.ts';
import { type JsonResult, parseJson } from '../../site_overrides/verifier/src/strictJson.ts';

const parse = (text: string, limit = 10_000): JsonResult => parseJson(new TextEncoder().encode(text), limit);

function refusalOf(result: JsonResult): string | null {
  return result.ok ? null : result.reason;
}

const NOT_JSON = [
  '',
  ' ',
  '{',
  '[1,]',
  '[,1]',
  '{"a":1,}',
  "{'a':1}",
  '{a:1}',
  '{"a" 1}',
  '{"a":1 "b":2}',
  '1 2',
  '{}{}',
  '[1',
  'tru',
  'nul',
  'True',
  'undefined',
  'NaN',
  'Infinity',
  '-Infinity',
  '01',
  '-01',
  '+1',
  '.5',
  '1.',
  '1e',
  '1e+',
  '0x10',
  '1_000',
  '--1',
  '-',
  '"',
  '"a',
  '"\t"',
  '"\n"',
  '"\\x41"',
  '"\\u12"',
  '"\\u123g"',
  '"\\',
  '/**/1',
  '1//',
  '\u00a01',
  '\u20281',
  '[1]\u0000',
  '"\u0000"',
];

for (const text of NOT_JSON) {
  test(`${JSON.stringify(text)} is not JSON`, () => assert.equal(refusalOf(parse(text)), 'not-json'));
}

const DIFFERENTLY_READ = {
  'a member twice': '{"a":1,"a":1}',
  'a member twice, once with an escape': '{"a":1,"\\u0061":1}',
  'the member __proto__ twice': '{"__proto__":1,"__proto__":2}',
  'a lone surrogate': '"\\ud800"',
  'a lone low surrogate after a pair': '"\\ud83d\\ude00\\ude00"',
  'a lone surrogate as a name': '{"\\udc00":1}',
  'the number -0': '-0',
  'the number -0.0': '-0.0',
  'the number -0e5': '-0e5',
  'the number 2^53': '9007199254740992',
  'the number -2^53': '-9007199254740992',
  'a number that overflows': '1e400',
  'a number below 1e-6': '9.99e-7',
  'a number that underflows to zero': '1e-400',
  'a negative number that underflows': '-1e-400',
  '33 levels': '['.repeat(33) + ']'.repeat(33),
};

for (const [name, text] of Object.entries(DIFFERENTLY_READ)) {
  test(`${name} is refused`, () => assert.equal(refusalOf(parse(text)), 'not-json'));
}

test('the largest and smallest numbers, zeros and 32 levels are read', () => {
  for (const text of [
    '9007199254740991',
    '-9007199254740991',
    '0.000001',
    '0',
    '0.0',
    '0e9',
    '1E2',
    '['.repeat(32) + ']'.repeat(32),
  ]) {
    const result = parse(text);
    assert.deepEqual(result, { ok: true, value: JSON.parse(text) }, text);
  }
});

test('bytes beyond the limit are too large before anything else', () => {
  assert.equal(refusalOf(parseJson(new Uint8Array(11).fill(0xff), 10)), 'too-large');
  assert.equal(refusalOf(parse('[1,2,3,45]', 10)), null);
});

test('bytes that are not UTF-8, and a byte order mark, are not text', () => {
  for (const bytes of [
    [0x22, 0xff, 0x22],
    [0x22, 0xc0, 0xaf, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
    [0xef, 0xbb, 0xbf, 0x31],
  ]) {
    assert.equal(refusalOf(parseJson(Uint8Array.from(bytes), 10)), 'not-text', bytes.join());
  }
});

test('a member __proto__ is a member and no prototype', () => {
  const result = parse('{"__proto__":{"polluted":1},"constructor":2,"toString":3}');
  assert.ok(result.ok);
  assert.equal(canonicalJson(result.value), '{"__proto__":{"polluted":1},"constructor":2,"toString":3}');
  assert.equal(Object.getPrototypeOf(result.value), null);
});

const number = fc
  .oneof(fc.maxSafeInteger(), fc.double({ min: 1e-6, max: Number.MAX_SAFE_INTEGER, noNaN: true }))
  .map((value) => (Object.is(value, -0) ? 0 : value));
const text = fc.string({ unit: 'binary' });
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(text, tie('value')),
  ),
}));

test('whatever JSON.stringify writes of such values is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(anyValue, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const written = JSON.stringify(value, null, indent);
      const result = parse(written, 1_000_000);
      assert.ok(result.ok, written);
      assert.equal(JSON.stringify(result.value), JSON.stringify(JSON.parse(written)));
    }),
  );
});

test('what JSON.parse refuses is refused', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    '"a"',
    '"\\u0041"',
    '1',
    '-',
    '0',
    '.',
    'e',
    'true',
    'null',
    ' ',
    '\\',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const written = parts.join('');
      const result = parse(written);
      if (result.ok) assert.equal(JSON.stringify(result.value), JSON.stringify(JSON.parse(written)));
    }),
    { numRuns: 2_000 },
  );
});
