import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from '../../site_overrides/verifier/node_modules/fast-check/lib/fast-check.js';
import { kindOfText, sightingOf } from '../../site_overrides/verifier/src/codeText.ts';

const DIGITS = '12345678901234567'.repeat(12);
const LINK = `https://skills.example/v/#${DIGITS}`;

test('a link with enough digits is a certificate, however it was written', () => {
  for (const text of [LINK, LINK.replace('#', '%23'), DIGITS, `  ${DIGITS.match(/.{17}/g)!.join(' ')}\n`, DIGITS.match(/.{17}/g)!.join('-')]) {
    assert.equal(kindOfText(text), 'certificate', text);
  }
});

test('a serial or fewer digits than a code has are only a number', () => {
  for (const text of ['GSC-FS/03/001', 'CSC-FT-FS-MC/3/001', '7265', '72 65', '۷۲۶۵', DIGITS.slice(0, 169)]) {
    assert.equal(kindOfText(text), 'number', text);
  }
});

test('other links and texts are named as what they are', () => {
  assert.equal(kindOfText('https://skills.example/v/'), 'link');
  assert.equal(kindOfText('https://skills.example/#123'), 'link');
  assert.equal(kindOfText('javascript:alert(1)'), 'link');
  assert.equal(kindOfText('WIFI:S:centre;P:secret;;'), 'link');
  assert.equal(kindOfText('I have a certificate'), 'text');
  assert.equal(kindOfText('{"id": 1}'), 'text');
});

test('two certificates are not chosen between, and one written twice is one', () => {
  const other = LINK.replace('1', '2');
  assert.equal(sightingOf([LINK, other]).kind, 'several');
  assert.equal(sightingOf([LINK, DIGITS]).kind, 'certificate');
  assert.equal(sightingOf([LINK, LINK]).kind, 'certificate');
  assert.equal(sightingOf(['https://elsewhere.example/', LINK]).kind, 'certificate');
});

test('the host of a certificate and of another link is told', () => {
  const seen = sightingOf([LINK]);
  assert.equal(seen.kind === 'certificate' && seen.given.host, 'skills.example');
  assert.deepEqual(sightingOf(['https://elsewhere.example/win']), { kind: 'link', host: 'elsewhere.example' });
  assert.deepEqual(sightingOf([]), { kind: 'nothing' });
});

test('no text makes the reading of codes throw', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.webUrl({ withFragments: true })), { maxLength: 3 }), (texts) => void sightingOf(texts)));
});
