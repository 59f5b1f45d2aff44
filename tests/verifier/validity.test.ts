import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDay, parseInstant, periodReason } from '../../site_overrides/verifier/src/validity.ts';

test('instants that exist are read to the second', () => {
  assert.equal(parseInstant('1970-01-01T00:00:00Z'), 0);
  assert.equal(parseInstant('2026-11-20T09:00:00Z'), 1_795_165_200);
  assert.equal(parseInstant('2024-02-29T23:59:59Z'), 1_709_251_199);
  assert.equal(parseInstant('0001-01-01T00:00:00Z'), -62_135_596_800);
});

const NO_INSTANTS = [
  '2026-02-29T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-01-00T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T23:60:00Z',
  '2026-01-01T23:59:60Z',
  '0000-01-01T00:00:00Z',
  '2026-01-01T00:00:00',
  '2026-01-01T00:00:00z',
  '2026-01-01 00:00:00Z',
  '2026-01-01T00:00:00.0Z',
  '2026-01-01T00:00:00+00:00',
  '2026-1-1T00:00:00Z',
  '+002026-01-01T00:00:00Z',
  ' 2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00Z\n',
  '२०२६-01-01T00:00:00Z',
  '',
  0,
  null,
  undefined,
];

for (const value of NO_INSTANTS) {
  test(`${JSON.stringify(value)} is no instant`, () => assert.equal(parseInstant(value), null));
}

test('a day exists or is none', () => {
  assert.ok(isDay('2024-02-29'));
  for (const value of ['2023-02-29', '2023-02-28T00:00:00Z', '', null]) assert.ok(!isDay(value));
});

test('a period begins ten minutes early and ends with its last second', () => {
  assert.equal(periodReason(1_000, 2_000, 399), 'not-yet');
  assert.equal(periodReason(1_000, 2_000, 400), null);
  assert.equal(periodReason(1_000, 2_000, 2_000), null);
  assert.equal(periodReason(1_000, 2_000, 2_001), 'over');
  assert.equal(periodReason(1_000, null, Number.MAX_SAFE_INTEGER), null);
});

test('a time that is no number lies in no period', () =>
  assert.equal(periodReason(1_000, null, Number.NaN), 'not-yet'));
