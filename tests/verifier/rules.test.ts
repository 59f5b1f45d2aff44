import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conforms } from '../../site_overrides/verifier/src/rules.ts';
import type { JsonValue } from '../../site_overrides/verifier/src/strictJson.ts';

const obeys = (rule: string, value: JsonValue): boolean =>
  conforms({ Only: { member: rule }, Inner: { a: 'line!' } }, 'Only', { member: value });

const RULES: readonly (readonly [string, readonly JsonValue[], readonly JsonValue[]])[] = [
  [
    'line',
    ['a', 'اردو', 'x'.repeat(1_000), '\u{1f600}'.repeat(1_000)],
    ['', 'a\nb', 'x'.repeat(1_001), '\u{1f600}'.repeat(1_001), 1, null, ['a']],
  ],
  [
    'line',
    ['a\u00a0b', 'a\u200cb', 'a\u200db'],
    [
      'a\u0000',
      'a\tb',
      'a\rb',
      'a\u007f',
      'a\u0085b',
      'a\u061c',
      'a\u200e',
      'a\u200f',
      'a\u202a',
      'a\u202e',
      'a\u2066',
      'a\u2069',
    ],
  ],
  ['text', ['a\nb', 'x'.repeat(20_000)], ['', 'a\r\nb', 'x'.repeat(20_001), 'a\u202e']],
  [
    'url',
    ['https://a/', 'http://a', 'did:web:a', 'urn:uuid:1', `urn:${'x'.repeat(1_996)}`],
    [
      'HTTPS://a',
      'https://',
      'ftp://a',
      'javascript:alert(1)',
      'a',
      'https://a b',
      'https://a\u00a0',
      ' https://a',
      `urn:${'x'.repeat(1_997)}`,
    ],
  ],
  ['day', ['2026-01-31T00:00:00Z'], ['2026-01-31T00:00:01Z', '2026-01-31', '2026-02-30T00:00:00Z']],
  ['instant', ['2026-01-31T00:00:01Z'], ['2026-01-31', '2026-02-30T00:00:00Z', 0]],
  [
    'uuid',
    ['urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90ae7'],
    [
      '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      'urn:uuid:7C9E6679-7425-40de-944b-e07fc1f90ae7',
      'urn:uuid:7c9e6679-7425-10de-944b-e07fc1f90ae7',
      'urn:uuid:7c9e6679-7425-40de-c44b-e07fc1f90ae7',
    ],
  ],
  ['index', ['0', '7', '131071'], ['', '00', '01', '-1', '1e3', ' 5', '5\n', '1.0', '٥', 5]],
  ['number', [0, 2.5], ['1', null, true]],
  ['boolean', [true, false], ['true', 0, null]],
  ['=word', ['word'], ['Word', 'word ', ['word'], '']],
  ['=a,b*', [['a', 'b']], [['b', 'a'], ['a'], ['a', 'b', 'c'], 'a', []]],
  ['a|b:c', ['a', 'b:c'], ['a|b:c', 'b', '', ['a']]],
  ['line*', [['a'], ['a', 'b']], [[], 'a', ['a', 1]]],
  ['line**', [[], ['a']], ['a', [1]]],
  ['Inner', [{ a: 'x' }], [{}, { a: 'x', b: 'y' }, { a: 1 }, [{ a: 'x' }], 'x', null]],
  ['Inner*', [[{ a: 'x' }]], [{ a: 'x' }, [{}]]],
  ['count', [0, 7, Number.MAX_SAFE_INTEGER], [-1, 1.5, '1', null]],
  ['version', [1, Number.MAX_SAFE_INTEGER], [0, 1.5, '1', null]],
  ['digest', ['0'.repeat(64)], ['0'.repeat(63), 'A'.repeat(64)]],
  ['date', ['2026-02-28'], ['2026-02-29', '2026-02-28T00:00:00Z']],
  ['string', ['', 'x'.repeat(100_000)], [1, null]],
];

for (const [rule, good, bad] of RULES) {
  test(`the rule ${rule} takes ${JSON.stringify(good).slice(0, 60)} and refuses ${JSON.stringify(bad).slice(0, 60)}`, () => {
    for (const value of good) assert.ok(obeys(rule, value), JSON.stringify(value));
    for (const value of bad) assert.ok(!obeys(rule, value), JSON.stringify(value));
  });
}

test('a member may be absent unless it is required', () => {
  const schema = { Only: { may: 'line', must: 'line!' } };
  assert.ok(conforms(schema, 'Only', { must: 'x' }));
  assert.ok(!conforms(schema, 'Only', { may: 'x' }));
});

test('names of the object prototype are no kinds and no members', () => {
  assert.ok(!conforms({ Only: {} }, 'Only', JSON.parse('{"__proto__":"x"}')));
  assert.ok(!conforms({ Only: {} }, 'Only', { toString: 'x' }));
  assert.ok(!conforms({ Only: {} }, 'toString', {}));
  assert.ok(!obeys('constructor', {}));
});
