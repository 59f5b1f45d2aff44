import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOneFile } from '../../site_overrides/verifier/src/oneFile.ts';

function page(files: Readonly<Record<string, string>>): string {
  const held = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, btoa(text)]));
  return `<script type="application/json" id="asnad-held" data-as-of="2026-11-25">${JSON.stringify(held)}</script>`;
}

test('a copy tells its day, and when the first of its lists runs out', () => {
  const files = {
    '../asnad/keys.json': '{"validUntil":"2027-11-01T00:00:00Z"}',
    '../asnad/manifest.json': '{"expires":"2027-01-02T06:00:00Z"}',
    '../asnad/notices.json': '{"notices":[]}',
    '../status/1.json': '{"validUntil":"2026-12-30T06:00:00Z"}',
    '../d/e3b0c442.bin': 'no JSON',
  };
  assert.deepEqual(readOneFile(page(files)), { asOf: '2026-11-25', until: Date.parse('2026-12-30T06:00:00Z') / 1000 });
});

test('what is no copy is known for it', () => {
  for (const text of ['', '<!doctype html><title>Log in</title>', page({}), page({ '../asnad/keys.json': 'cut o' })]) {
    assert.equal(readOneFile(text), null);
  }
});
