/** Days and instants in the words of each language, whatever languages the browser knows. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { type DateWords, writtenDay, writtenDayIn, writtenInstant } from '../../site_overrides/verifier/src/dates.ts';

const MESSAGES = new URL('../../site_overrides/messages/', import.meta.url);

function words(language: string): DateWords {
  return (JSON.parse(readFileSync(new URL(`${language}.json`, MESSAGES), 'utf8')) as { formats: DateWords }).formats;
}

test('every month of every language has its word, and a day below ten has no nought', () => {
  for (const file of readdirSync(MESSAGES)) {
    const spoken = words(file.replace('.json', ''));
    for (let month = 1; month <= 12; month += 1) {
      const written = writtenDay(`2026-${String(month).padStart(2, '0')}-07`, spoken);
      assert.match(written, new RegExp(spoken[`month.${month as 1}`]));
      assert.match(written, /(^|[^0-9])7([^0-9]|$)/);
    }
  }
});

test('a day is written as the language writes it', () => {
  assert.equal(writtenDay('2026-09-07', words('en')), '7 September 2026');
  assert.equal(writtenDay('2026-09-07', words('ur')), '7 ستمبر 2026');
  assert.equal(writtenDay('2026-09-07', words('nl')), '7 september 2026');
  assert.equal(writtenDay('2026-09-07', words('kk')), '2026\u00a0ж. 7 қыркүйек');
});

test('of an instant the day in UTC is meant, unless a zone is given', () => {
  assert.equal(writtenDay('2026-11-30T18:59:59Z', words('en')), '30 November 2026');
  assert.equal(writtenDayIn('2026-11-30T18:59:59Z', words('en'), 'Asia/Karachi'), '30 November 2026');
  assert.equal(writtenDayIn('2026-11-30T19:00:00Z', words('en'), 'Asia/Karachi'), '1 December 2026');
});

test('an instant names the hour and the zone of the device', () => {
  assert.match(writtenInstant('2026-11-20T09:00:00Z', words('kk')), /^2026\u00a0ж\. \d+ қараша, \d\d:\d\d \S+$/);
  assert.match(writtenInstant('2026-11-20T09:00:00Z', words('en')), /^\d+ November 2026 at \d\d:\d\d \S+$/);
});

test('the zone of the device is named by its hours from Greenwich', () => {
  const { TZ } = process.env;
  const zones = { UTC: 'at 09:00 GMT', 'Asia/Karachi': 'at 14:00 GMT+5', 'Asia/Kolkata': 'at 14:30 GMT+5:30', 'America/St_Johns': 'at 05:30 GMT-3:30' };
  for (const [zone, time] of Object.entries(zones)) {
    process.env.TZ = zone;
    assert.equal(writtenInstant('2026-11-20T09:00:00Z', words('en')), `20 November 2026 ${time}`);
  }
  process.env.TZ = 'Asia/Karachi';
  assert.equal(writtenDayIn('2026-11-20T19:30:00Z', words('en')), '21 November 2026');
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
});

test('what is no date is shown as it stands', () => {
  assert.equal(writtenDay('soon', words('en')), 'soon');
  assert.equal(writtenInstant('soon', words('en')), 'soon');
});
