import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { canonicalBytes, canonicalJson } from '../../site_overrides/verifier/src/canonicalJson.ts';
import { parseJson } from '../../site_overrides/verifier/src/strictJson.ts';

const VECTORS = join(import.meta.dirname, '..', 'vectors', 'jcs');
/** Holds 1e30, which is above the numbers that a document of ours may hold. */
const BEYOND_OUR_NUMBERS = 'values.json';

for (const name of readdirSync(join(VECTORS, 'input'))) {
  test(`the RFC 8785 vector ${name} is written byte for byte`, () => {
    const input = readFileSync(join(VECTORS, 'input', name));
    const output = readFileSync(join(VECTORS, 'output', name));
    const parsed = parseJson(input, 10_000);
    assert.equal(parsed.ok, name !== BEYOND_OUR_NUMBERS);
    const written = canonicalBytes(parsed.ok ? parsed.value : JSON.parse(input.toString()));
    assert.equal(Buffer.from(written).toString('hex'), output.toString('hex'));
  });
}

test('names are sorted by UTF-16 code units', () => {
  // U+1F600 begins with the code unit D83D and stands before U+FB33, its code point behind it.
  assert.equal(
    canonicalJson({ '\ufb33': 1, '\u{1f600}': 2, '10': 3, '9': 4 }),
    '{"10":3,"9":4,"\u{1f600}":2,"\ufb33":1}',
  );
});
