import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
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

/** What zlib makes of bytes that must end with the stream; null where it refuses them. */
function zlibInflated(bytes: Uint8Array): number[] | null {
  try {
    const { buffer, engine } = inflateRawSync(bytes, { info: true }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return engine.bytesWritten === bytes.length ? [...buffer] : null;
  } catch {
    return null;
  }
}

function inflated(bytes: Uint8Array): number[] | null {
  const result = inflate(bytes, 200_000);
  return result.ok ? [...result.bytes] : null;
}

test('of any bytes, those are inflated that zlib inflates, to the same', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => assert.deepEqual(inflated(bytes), zlibInflated(bytes))),
    { numRuns: 2_000 },
  );
});

test('of damaged streams, those are inflated that zlib inflates, to the same', () => {
  // Several kinds of text, so that blocks have codes of their own and references of all distances.
  const noise = fc.uint8Array({ minLength: 200, maxLength: 400 }).map((bytes) => Buffer.from(bytes.map((byte) => byte % 23)));
  const text = fc.oneof(compressible, noise);
  const { Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED } = constants;
  const strategy = fc.constantFrom(Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED);
  fc.assert(
    fc.property(text, strategy, fc.array(fc.tuple(fc.nat(), fc.nat(7)), { maxLength: 2 }), (bytes, kind, damages) => {
      const stream = deflateRawSync(bytes, { strategy: kind });
      for (const [at, bit] of damages) stream[at % Math.min(stream.length, 90)]! ^= 1 << bit;
      assert.deepEqual(inflated(stream), zlibInflated(stream));
    }),
    { numRuns: 2_000 },
  );
});

test('blocks written by hand are read or refused as RFC 1951 has it', () => {
  const stream = (bits: string): Uint8Array =>
    Uint8Array.from(bits.replaceAll(' ', '').match(/.{1,8}/g) ?? [], (byte) =>
      Number.parseInt([...byte].reverse().join(''), 2),
    );
  assert.deepEqual(inflated(stream('1 11')), null, 'reserved kind of block');
  const disagreeing = '1 00 00000 1000000000000000 0111111111111110 10000000';
  assert.deepEqual(inflated(stream(disagreeing)), null, 'lengths that disagree');
  assert.deepEqual(inflated(stream('1 00 00000 1000000000000000 0111111111111111 10000000')), [1]);
  assert.deepEqual(inflated(stream('1 10 0000000')), [], 'an empty block of the fixed code');
  assert.deepEqual(inflated(stream('1 10 11000110 0000000')), null, 'length 286');
});
