import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from '../../site_overrides/verifier/node_modules/fast-check/lib/fast-check.js';
import { unbake } from '../../site_overrides/verifier/src/bakedImage.ts';

interface Case {
  readonly name: string;
  readonly text?: string;
  readonly spaces?: string;
  readonly base64?: string;
  readonly finds?: string;
  readonly credential?: string;
}

const TABLE = new URL('../credentials/baked-pictures.json', import.meta.url);
const CASES = JSON.parse(readFileSync(TABLE, 'utf-8')) as readonly Case[];

function pictureOf({ text = '', spaces = '0', base64 }: Case): Uint8Array {
  return base64 === undefined
    ? new TextEncoder().encode(text + ' '.repeat(Number(spaces)))
    : Buffer.from(base64, 'base64');
}

function found(bytes: Uint8Array): string {
  const result = unbake(bytes);
  return typeof result === 'string' ? result : `credential ${Buffer.from(result.credential).toString('utf-8')}`;
}

test('the table has many cases', () => {
  assert.ok(CASES.length > 100);
});

for (const entry of CASES) {
  test(`${entry.name} gives what is written in the table`, () => {
    assert.equal(found(pictureOf(entry)), entry.finds ?? `credential ${entry.credential}`);
  });
}

test('the position of the bytes in their buffer does not matter', () => {
  const entry = CASES.find(({ name }) => name === 'png')!;
  const bytes = pictureOf(entry);
  const moved = new Uint8Array(bytes.length + 13);
  moved.set(bytes, 13);
  assert.equal(found(moved.subarray(13)), found(bytes));
});

test('no change of a bit gives another credential', () => {
  const bytes = pictureOf(CASES.find(({ name }) => name === 'png')!);
  const whole = found(bytes);
  for (let at = 0; at < bytes.length * 8; at += 1) {
    const changed = Uint8Array.from(bytes);
    changed[at >> 3]! ^= 1 << (at & 7);
    assert.ok(['none', 'damaged', whole].includes(found(changed)), `bit ${at}`);
  }
});

const svgParts = fc.array(
  fc.constantFrom('<svg>', '</svg>', '<a', '>', '/>', '<![CDATA[', ']]>', '<!--', '-->', ' b="', "'", '&', '<', '</', '=', '<?'),
);

test('any file is answered', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const head = pictureOf(CASES.find(({ name }) => name === 'png-without')!).subarray(0, 33);
      assert.ok(['none', 'damaged'].includes(found(bytes)));
      assert.ok(['none', 'damaged'].includes(found(Buffer.concat([head, bytes]))));
    }),
  );
  fc.assert(
    fc.property(svgParts, (parts) => {
      assert.ok(['none', 'damaged'].includes(found(new TextEncoder().encode(parts.join('')))));
    }),
  );
});

for (const part of ['<a>', "<a xmlns:b='c'>", '<credential/>', '<!-- ', '&amp;', " a='b'", '<']) {
  test(`four megabytes of ${part} are answered within two seconds`, () => {
    const start = part.startsWith(' ') ? '<svg><a' : '<svg>';
    const bytes = new TextEncoder().encode(start + part.repeat((4_000_000 - start.length) / part.length));
    const before = process.cpuUsage();
    assert.equal(found(bytes), 'damaged');
    assert.ok(process.cpuUsage(before).user < 2_000_000, 'more than two seconds of computing');
  });
}

test('a picture beyond the limit is not read', () => {
  const bytes = pictureOf(CASES.find(({ name }) => name === 'png')!);
  assert.match(found(bytes), /^credential/);
  const filler = new Uint8Array(30_000_000 - bytes.length);
  new DataView(filler.buffer).setUint32(0, filler.length - 12);
  filler.set(Buffer.from('noTe'), 4);
  const largest = Buffer.concat([bytes.subarray(0, 33), filler, bytes.subarray(33)]);
  assert.equal(found(largest), found(bytes));
  assert.equal(found(Buffer.concat([largest, Buffer.of(0)])), 'damaged');
});
