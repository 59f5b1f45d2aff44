import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from '../../site_overrides/verifier/node_modules/fast-check/lib/fast-check.js';
import { isPicture, pictureSize } from '../../site_overrides/verifier/src/pictureSize.ts';

const SIZE = { width: 0x1234, height: 0x0567 };
const zeros = (count: number): readonly number[] => new Array<number>(count).fill(0);
const text = (letters: string): readonly number[] => [...letters].map((letter) => letter.charCodeAt(0));
const PICTURES: Readonly<Record<string, readonly number[]>> = {
  png: [0x89, ...text('PNG\r\n\x1a\n'), 0, 0, 0, 13, ...text('IHDR'), 0, 0, 0x12, 0x34, 0, 0, 0x05, 0x67],
  gif: [...text('GIF89a'), 0x34, 0x12, 0x67, 0x05],
  bmp: [...text('BM'), ...zeros(16), 0x34, 0x12, 0, 0, 0x99, 0xfa, 0xff, 0xff],
  jpeg: [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc2, 0, 17, 8, 0x05, 0x67, 0x12, 0x34],
  'webp lossy': [...text('RIFF'), ...zeros(4), ...text('WEBPVP8 '), ...zeros(10), 0x34, 0x12, 0x67, 0x05],
  'webp lossless': [...text('RIFF'), ...zeros(4), ...text('WEBPVP8L'), ...zeros(4), 0x2f, 0x33, 0x92, 0x59, 0x01],
  'webp extended': [...text('RIFF'), ...zeros(4), ...text('WEBPVP8X'), ...zeros(8), 0x33, 0x12, 0, 0x66, 0x05, 0, 0],
};

for (const [kind, bytes] of Object.entries(PICTURES)) {
  test(`the size of a ${kind} is read before anything of it is decoded`, () => {
    assert.deepEqual(pictureSize(Uint8Array.from(bytes)), SIZE);
    assert.ok(isPicture(Uint8Array.from(bytes)));
  });

  test(`a ${kind} that ends before its size has none`, () => {
    for (let end = 0; end < Math.min(bytes.length, 12); end += 1) {
      assert.doesNotThrow(() => pictureSize(Uint8Array.from(bytes.slice(0, end))));
    }
  });
}

test('any bytes have a size or none, and none of them hang', () => {
  const begun = fc.constantFrom(...Object.values(PICTURES).map((bytes) => bytes.slice(0, 4)));
  fc.assert(fc.property(begun, fc.uint8Array({ maxLength: 300 }), (head, rest) => void pictureSize(Uint8Array.from([...head, ...rest]))));
});

test('a text and a page are no pictures', () => {
  assert.ok(!isPicture(Uint8Array.from(text('{"type": "png"}'))));
  assert.ok(!isPicture(Uint8Array.from(text('BMW is a car and no picture'))));
});
