import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportJson } from '../../site_overrides/verifier/src/report.ts';
import { verify } from '../../site_overrides/verifier/src/verify.ts';
import { caseNames, readCase, readExpected } from './caseFiles.ts';

test('there are cases', () => assert.ok(caseNames().length > 0));

for (const name of caseNames()) {
  test(`case ${name}`, () => {
    const { comment, input, trust, at } = readCase(name);
    const { outcome, failed, asOf } = readExpected(name);
    const report = JSON.parse(reportJson(verify(input, trust, at))) as {
      outcome: string;
      checks: { check: string; result: string; reason?: string }[];
      asOf: string | null;
    };
    const failures = report.checks.filter(({ result }) => result === 'failed');
    assert.deepEqual(
      { outcome: report.outcome, failed: Object.fromEntries(failures.map(({ check, reason }) => [check, reason])) },
      { outcome, failed },
      comment,
    );
    if (asOf !== undefined) assert.equal(report.asOf, asOf);
  });
}
