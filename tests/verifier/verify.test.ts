import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from '../../site_overrides/verifier/node_modules/fast-check/lib/fast-check.js';
import { acceptedVersions } from '../../site_overrides/verifier/src/heldKeys.ts';
import { CHECK_NAMES, OUTCOMES, type Report, reportJson } from '../../site_overrides/verifier/src/report.ts';
import type { IssuerTrust, Trust } from '../../site_overrides/verifier/src/trust.ts';
import { verify } from '../../site_overrides/verifier/src/verify.ts';
import { type Case, readCase } from './caseFiles.ts';

const FILE = readCase('jcs-proof-alone');
const LINK = readCase('link');
const ISSUED = readCase('micro-credential');
const { input: fileInput } = FILE;
const { input: linkInput } = LINK;
const { input: issuedInput } = ISSUED;
assert.ok('document' in fileInput && 'digits' in linkInput && 'document' in issuedInput);
const document = fileInput.document;
const digits = linkInput.digits.trim();
const issued = issuedInput.document;

const decode = (bytes: Uint8Array | null): string => new TextDecoder().decode(bytes ?? undefined);
const judge = ({ input, trust, at }: Case): Report => verify(input, trust, at);

function issuerOf(trust: Trust): IssuerTrust {
  const [issuer] = trust.issuers;
  assert.ok(issuer !== undefined);
  return issuer;
}

function assertWellFormed(report: Report): void {
  assert.ok(OUTCOMES.includes(report.outcome));
  assert.deepEqual(
    report.checks.map(({ check }) => check),
    CHECK_NAMES,
  );
  assert.ok(report.checks.every(({ result, reason }) => (result === 'passed') === (reason === undefined)));
  const established = report.checks.slice(0, 5).every(({ result }) => result === 'passed');
  assert.equal(report.credential !== null, established);
}

test('a good file is valid, and the report says who, when and what', () => {
  const report = judge(FILE);
  assertWellFormed(report);
  assert.deepEqual(JSON.parse(reportJson(report)), {
    outcome: 'valid',
    checks: CHECK_NAMES.map((check) =>
      check === 'versions' ? { check, result: 'unchecked', reason: 'first-seen' } : { check, result: 'passed' },
    ),
    asOf: '2026-11-28T06:00:00Z',
    demonstration: false,
  });
  assert.equal(report.issuer?.did, 'did:web:skills.example');
  assert.deepEqual(
    report.issuer.namesOfTheDay.map(({ name }) => name),
    ['Chenab Skills Centre', 'چناب سکلز سینٹر'],
  );
  assert.equal(report.issuer.contact.phone, '+92-41-5550100');
  assert.equal(report.claimedSerial, 'CSC-BR/03/011');
  assert.equal(decode(report.bytes), decode(document));
});

test('a link gives the issued file back byte by byte', () => {
  assert.equal(decode(judge(LINK).bytes), decode(issued));
});

test('an indented file gives the issued bytes back', () => {
  assert.equal(decode(judge(readCase('indented')).bytes), decode(issued));
});

test('nothing of an altered file is given as fact, and its serial is still told', () => {
  const report = judge(readCase('name-altered'));
  assertWellFormed(report);
  assert.equal(report.credential, null);
  assert.equal(report.claimedSerial, 'CSC-BR/03/011');
  assert.equal(report.issuer?.contact.email, 'check@skills.example');
});

test('of an unknown issuer no keys, names or contacts are told', () => {
  const report = judge(readCase('issuer-not-trusted'));
  assertWellFormed(report);
  assert.equal(report.issuer, null);
});

test('a notice tells its day', () => {
  assert.equal(judge(readCase('revoked')).noticeDate, '2026-11-27');
  assert.equal(judge(readCase('revoked-manifest-missing')).noticeDate, null);
});

test('no bit of a signed file can be turned and leave it valid', () => {
  fc.assert(
    fc.property(fc.nat(document.length - 1), fc.nat(7), (at, bit) => {
      const turned = document.slice();
      turned[at] = (turned[at] ?? 0) ^ (1 << bit);
      const report = verify({ document: turned }, FILE.trust, FILE.at);
      assertWellFormed(report);
      assert.ok(['cannot-check', 'unknown-issuer', 'invalid'].includes(report.outcome), report.outcome);
    }),
    { numRuns: 150 },
  );
});

test('no digit of a link can be changed and leave another certificate valid', () => {
  fc.assert(
    fc.property(fc.nat(digits.length - 1), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const changed = digits.slice(0, at) + ((Number(digits[at]) + by) % 10) + digits.slice(at + 1);
      const report = verify({ digits: changed }, LINK.trust, LINK.at);
      assertWellFormed(report);
      // The rdfc signature is not read, and the last bits of DEFLATE are padding.
      if (report.credential !== null)
        assert.deepEqual(report.credential['credentialSubject'], judge(LINK).credential?.['credentialSubject']);
    }),
    { numRuns: 150 },
  );
});

test('no bit of what the issuer publishes can be turned and leave the certificate valid', () => {
  const issuer = issuerOf(FILE.trust);
  const paths = ['asnad/keys.json', 'asnad/manifest.json', 'asnad/notices.json', 'status/1.json'];
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.nat(), fc.nat(7), (path, position, bit) => {
      const turned = (issuer.files.get(path) ?? new Uint8Array()).slice();
      const at = position % turned.length;
      turned[at] = (turned[at] ?? 0) ^ (1 << bit);
      const trust = { issuers: [{ ...issuer, files: new Map(issuer.files).set(path, turned) }], dictionaries: [] };
      const report = verify({ document }, trust, FILE.at);
      assertWellFormed(report);
      assert.ok(['cannot-check', 'valid-status-unknown'].includes(report.outcome), report.outcome);
    }),
    { numRuns: 100 },
  );
});

test('whatever is handed in, there is a report, and it is not good', () => {
  const json = fc.json().map((text) => new TextEncoder().encode(text));
  const documents = fc.oneof(fc.uint8Array({ maxLength: 200 }), json).map((bytes) => ({ document: bytes }));
  const codes = fc
    .oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9]{0,400}$/))
    .map((text) => ({ digits: text }));
  fc.assert(
    fc.property(fc.oneof(documents, codes), fc.double(), (input, at) => {
      const report = verify(input, LINK.trust, at);
      assertWellFormed(report);
      assert.equal(report.outcome, 'cannot-check');
    }),
    { numRuns: 500 },
  );
});

test('whatever a member of a credential becomes, there is a report, and it is not good', () => {
  const parsed = JSON.parse(decode(document)) as Record<string, unknown>;
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(parsed)), fc.jsonValue(), (name, value) => {
      const bytes = new TextEncoder().encode(JSON.stringify({ ...parsed, [name]: value }));
      const report = verify({ document: bytes }, FILE.trust, FILE.at);
      assertWellFormed(report);
      assert.ok(['cannot-check', 'unknown-issuer', 'invalid'].includes(report.outcome), report.outcome);
    }),
    { numRuns: 200 },
  );
});

test('at a time that is no number nothing is valid', () => {
  for (const at of [Number.NaN, Infinity, -Infinity]) {
    const report = verify({ document }, FILE.trust, at);
    assertWellFormed(report);
    assert.notEqual(report.outcome, 'valid');
  }
});

test('nothing depends on crypto.subtle', () => {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true });
  try {
    assert.equal(judge(FILE).outcome, 'valid');
  } finally {
    Object.defineProperty(globalThis, 'crypto', descriptor as PropertyDescriptor);
  }
});

test('the versions to remember are the highest accepted', () => {
  const issuer = issuerOf(FILE.trust);
  assert.deepEqual(acceptedVersions(issuer), { keys: 5, manifest: 12 });
  assert.deepEqual(acceptedVersions({ ...issuer, seen: { keys: 4, manifest: 13 } }), { keys: 5, manifest: 13 });
  assert.deepEqual(acceptedVersions({ ...issuer, seen: { keys: 6, manifest: 12 } }), { keys: 6, manifest: 12 });
  assert.equal(acceptedVersions({ ...issuer, files: new Map() }), null);
  const leapt = issuerOf(readCase('manifest-leapt').trust);
  assert.deepEqual(acceptedVersions(leapt), { keys: 5, manifest: 12 });
});
