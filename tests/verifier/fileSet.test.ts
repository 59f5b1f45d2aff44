import assert from 'node:assert/strict';
import { test } from 'node:test';
import { versionsOfSet } from '../../site_overrides/verifier/src/fileSet.ts';
import type { IssuerTrust, SeenVersions } from '../../site_overrides/verifier/src/trust.ts';
import { readCase } from './caseFiles.ts';

function setOf(name: string, seen: SeenVersions | null = null): IssuerTrust {
  const [issuer] = readCase(name).trust.issuers;
  return { ...issuer!, seen };
}

test('a whole set of an issuer is taken with its versions', () => {
  assert.deepEqual(versionsOfSet(setOf('code-micro-credential')), { keys: 5, manifest: 12 });
});

test('a set is taken again beside itself, and a newer one beside an older', () => {
  assert.deepEqual(versionsOfSet(setOf('code-micro-credential', { keys: 5, manifest: 12 })), { keys: 5, manifest: 12 });
  assert.deepEqual(versionsOfSet(setOf('code-micro-credential', { keys: 4, manifest: 11 })), { keys: 5, manifest: 12 });
});

test('a set is refused that is older than the one held, in its keys or its manifest', () => {
  assert.equal(versionsOfSet(setOf('code-micro-credential', { keys: 6, manifest: 12 })), null);
  assert.equal(versionsOfSet(setOf('code-micro-credential', { keys: 5, manifest: 13 })), null);
});

test('a set is refused whose version leaps beyond reason', () => {
  assert.equal(versionsOfSet(setOf('manifest-leapt', { keys: 5, manifest: 12 })), null);
  assert.equal(versionsOfSet(setOf('keys-leapt', { keys: 5, manifest: 12 })), null);
});

for (const name of [
  ...['keys-missing', 'keys-altered', 'keys-wrong-root', 'keys-by-issuing-key', 'keys-newer-than-manifest'],
  ...['manifest-missing', 'manifest-altered', 'manifest-by-issuing-key', 'manifest-other-issuer'],
  ...['list-newer-than-manifest', 'notices-forged', 'frozen-list-altered'],
]) {
  test(`a set is refused that does not belong together: ${name}`, () => {
    assert.equal(versionsOfSet(setOf(name)), null);
  });
}

test('a set is refused with any file in it that the manifest does not vouch for', () => {
  const whole = setOf('code-micro-credential');
  for (const path of [...whole.files.keys()].filter((path) => path !== 'asnad/manifest.json')) {
    const altered = new Map(whole.files).set(path, whole.files.get(path)!.slice(0, -1));
    assert.equal(versionsOfSet({ ...whole, files: altered }), null, path);
  }
  assert.equal(versionsOfSet({ ...whole, files: new Map(whole.files).set('status/9.json', new Uint8Array(1)) }), null);
});

test('a dictionary belongs to the set if it is the one that its name tells', () => {
  const whole = setOf('code-micro-credential');
  // SHA-256 of nothing begins with e3b0c442.
  const own = new Map(whole.files).set('d/e3b0c442.bin', new Uint8Array(0));
  assert.deepEqual(versionsOfSet({ ...whole, files: own }), { keys: 5, manifest: 12 });
  const other = new Map(whole.files).set('d/e3b0c442.bin', new Uint8Array(1));
  assert.equal(versionsOfSet({ ...whole, files: other }), null);
});
