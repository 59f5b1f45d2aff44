import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CheckedFile, checkedFile, filesCsv, type FileWords, unreportedFile, withTwins } from '../../site_overrides/verifier/src/checkedFile.ts';
import { digitsInText } from '../../site_overrides/verifier/src/folderFile.ts';
import type { Check, Outcome, Report } from '../../site_overrides/verifier/src/report.ts';

const WORDS = {
  outcome: { valid: { word: 'Valid' }, revoked: { word: 'Withdrawn' }, 'cannot-check': { word: 'Unknown' } },
  reason: { withdrawn: 'It was withdrawn.' },
  notCertificate: 'Another file',
  unreadable: 'Damaged',
} as unknown as FileWords;

function report(outcome: Outcome, ...checks: readonly Check[]): Report {
  return {
    outcome,
    checks,
    asOf: null,
    demonstration: false,
    credential: null,
    bytes: null,
    issuer: null,
    noticeDate: null,
    listValidUntil: null,
    claimedSerial: null,
  };
}

function file(path: string, id: string, serial = 'S/1', issuerId = 'a'): CheckedFile {
  const certificate = { id, name: '=Name', course: '', serial, issuer: '', issuerId, awarded: '', expires: '' };
  return { path, code: 'valid', reason: null, certificate, twin: null };
}

test('a withdrawn certificate whose time is over is called withdrawn', () => {
  const over: Check = { check: 'period', result: 'failed', reason: 'over' };
  const withdrawn: Check = { check: 'status', result: 'failed', reason: 'withdrawn' };
  assert.equal(checkedFile('a', report('revoked', over, withdrawn)).reason, 'withdrawn');
  assert.equal(checkedFile('a', report('expired', over, withdrawn)).reason, 'over');
  assert.equal(checkedFile('a', report('valid', { check: 'versions', result: 'unchecked', reason: 'first-seen' })).reason, null);
});

test('copies and shared serial numbers are pointed out, and those of different issuers are not', () => {
  const twins = withTwins([file('a', '1'), file('b', '1'), file('c', '2'), file('d', '3', 'S/1', 'another')]);
  assert.deepEqual(
    twins.map(({ twin }) => twin),
    [{ kind: 'same-certificate', path: 'b' }, { kind: 'same-certificate', path: 'a' }, { kind: 'same-serial', path: 'a' }, null],
  );
});

test('a thousand copies of one certificate are found in no time', () => {
  const copies = withTwins(Array.from({ length: 5000 }, (_, at) => file(`${at}`, '1')));
  assert.ok(copies.every(({ twin }) => twin !== null));
});

test('no cell of the table is computed, and none breaks out of its place', () => {
  const table = filesCsv([file('a,"b".json', '1', ' +1;=2'), { ...file('-c', '2'), code: 'no-certificate', certificate: null }], WORDS);
  const [heading, first, second, end] = table.split('\r\n');
  assert.ok(heading!.startsWith('\uFEFFfile,outcome,result,'));
  assert.ok(first!.startsWith(`"a,""b"".json",valid,Valid,,,'=Name,,' +1;'=2,`));
  assert.ok(second!.startsWith(`'-c,no-certificate,Another file,,,,`));
  assert.equal(end, '');
});

test('a file without a report says why, and is never good', () => {
  assert.deepEqual(unreportedFile('a', 'no-certificate').code, 'no-certificate');
  assert.deepEqual([unreportedFile('a', 'file-unreadable').code, unreportedFile('a', 'file-unreadable').reason], ['cannot-check', 'file-unreadable']);
});

test('digits are taken from a text that ends with a link or is nothing but digits', () => {
  const held = (text: string): ReturnType<typeof digitsInText> => digitsInText(new TextEncoder().encode(text));
  const digits = '1'.repeat(200);
  assert.deepEqual(held(`\uFEFFسند: https://a.example/v/#${digits}\r\n`), { digits });
  assert.deepEqual(held(`https://a.example/v/%23${digits}`), { digits });
  assert.deepEqual(held('  12345 678-9\n'), { digits: '12345 678-9' });
  assert.equal(held(`https://a.example/#${digits} https://a.example/#${digits}`), 'several');
  for (const text of ['', 'a note', 'https://a.example/', '# 1 heading', 'page 12']) assert.equal(held(text), 'nothing', text);
  // A damaged certificate is one that cannot be checked, and not some other file.
  assert.notEqual(held(`https://a.example/v/#${digits}x`), 'nothing');
  assert.equal(digitsInText(Uint8Array.of(0xff, 0xfe, 0x31)), 'nothing');
});

test('no text keeps the reader of digits busy', () => {
  const started = performance.now();
  for (const text of [`#1${' '.repeat(65_000)}x`, '#1'.repeat(32_000), '1 '.repeat(32_000) + 'x']) digitsInText(new TextEncoder().encode(text));
  assert.ok(performance.now() - started < 2000);
});
