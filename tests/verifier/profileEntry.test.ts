import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profileAddress, profileEntry } from '../../site_overrides/verifier/src/profileEntry.ts';
import type { ReportedIssuer } from '../../site_overrides/verifier/src/report.ts';
import type { JsonObject } from '../../site_overrides/verifier/src/strictJson.ts';

const NAME = { name: 'Chenab Skills Centre', language: 'en', from: '2026-01-01', to: null };
const ISSUER: ReportedIssuer = {
  did: 'did:web:skills.example',
  namesOfTheDay: [NAME, { ...NAME, name: 'چناب سکلز سینٹر', language: 'ur' }],
  names: [NAME],
  contact: { phone: null, email: null },
  sites: ['https://skills.example/'],
  keysVersion: 1,
  keysIssued: '2026-01-01T00:00:00Z',
};
const CREDENTIAL: JsonObject = {
  name: 'Food & Safety = 1',
  issuer: { name: 'چناب سکلز سینٹر' },
  awardedDate: '2026-12-01T00:00:00Z',
  validUntil: '2027-12-31T18:59:59Z',
  credentialSubject: { licenseNumber: 'CSC-FS/12/017' },
};
const entry = (credential: JsonObject = CREDENTIAL, link: string | null = 'https://skills.example/v/#0041', zone = 'Asia/Karachi') =>
  profileEntry(credential, ISSUER, link, zone);
const asked = (address: string): Record<string, string> => Object.fromEntries(new URL(address).searchParams);

test('months count from one, and the last day is the centre’s', () => {
  assert.deepEqual(entry().issued, { year: 2026, month: 12 });
  assert.deepEqual(entry().expires, { year: 2027, month: 12 });
  assert.deepEqual(entry(CREDENTIAL, null, 'Asia/Tokyo').expires, { year: 2028, month: 1 });
  assert.deepEqual(entry({ ...CREDENTIAL, awardedDate: '2026-01-31T00:00:00Z' }).issued, { year: 2026, month: 1 });
});

test('what the credential lacks is left out of the form', () => {
  const { validUntil: _, awardedDate: __, ...bare } = CREDENTIAL;
  assert.deepEqual(asked(profileAddress(entry(bare, null))), {
    startTask: 'CERTIFICATION_NAME',
    name: 'Food & Safety = 1',
    organizationName: 'چناب سکلز سینٹر',
    certId: 'CSC-FS/12/017',
  });
});

test('no text leads out of its field, and the fragment of the link stays in it', () => {
  const fields = asked(profileAddress(entry({ ...CREDENTIAL, name: 'A&certUrl=https://evil.example/#x' })));
  assert.equal(fields['name'], 'A&certUrl=https://evil.example/#x');
  assert.equal(fields['certUrl'], 'https://skills.example/v/#0041');
  assert.deepEqual([fields['expirationYear'], fields['expirationMonth']], ['2027', '12']);
});

test('a name that the issuer did not bear goes into nobody’s profile', () => {
  assert.equal(entry({ ...CREDENTIAL, issuer: { name: 'University of Everything' } }).organization, 'Chenab Skills Centre');
});
