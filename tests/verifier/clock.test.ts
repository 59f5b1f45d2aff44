import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockFault, sentIn } from '../../site_overrides/verifier/src/clock.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const DAY = 86_400_000;

test('the date of an answer is read, and how long a cache may have held it', () => {
  assert.deepEqual(sentIn('Wed, 25 Nov 2026 12:00:00 GMT', null), { earliest: NOW, latest: NOW });
  assert.deepEqual(sentIn('Wed, 25 Nov 2026 12:00:00 GMT', '600'), { earliest: NOW, latest: NOW + 600_000 });
  assert.deepEqual(sentIn('Wed, 25 Nov 2026 12:00:00 GMT', 'long'), { earliest: NOW, latest: NOW });
  assert.equal(sentIn(null, '600'), null);
  assert.equal(sentIn('yesterday', null), null);
});

test('a clock may be off by a day either way', () => {
  const sent = { earliest: NOW, latest: NOW };
  for (const off of [-DAY, 0, DAY]) assert.equal(clockFault(NOW + off, sent, NOW - 9 * DAY), null);
  assert.deepEqual(clockFault(NOW + DAY + 1, sent, null), { kind: 'site', other: NOW });
  assert.deepEqual(clockFault(NOW - DAY - 1, sent, null), { kind: 'site', other: NOW });
});

test('what a cache may have held for days is no reason to doubt a clock', () => {
  const sent = { earliest: NOW, latest: NOW + 9 * DAY };
  for (const days of [0, 5, 9, 10]) assert.equal(clockFault(NOW + days * DAY, sent, null), null);
  assert.deepEqual(clockFault(NOW + 11 * DAY, sent, null), { kind: 'site', other: sent.latest });
});

test('a clock before the lists were signed cannot be right, whatever else is known', () => {
  assert.deepEqual(clockFault(NOW, null, NOW + 2 * DAY), { kind: 'signed', other: NOW + 2 * DAY });
  assert.equal(clockFault(NOW, null, NOW), null);
  assert.equal(clockFault(NOW, null, null), null);
});
