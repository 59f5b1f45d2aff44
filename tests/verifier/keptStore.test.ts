import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forget, forgetAll, isKept, keep, type KeptCertificate, keptIn, MOST_KEPT } from '../../site_overrides/verifier/src/keptStore.ts';

/** A browser's memory, as far as the store uses it. */
class Memory {
  readonly texts = new Map<string, string>();
  get length(): number {
    return this.texts.size;
  }
  key(at: number): string | null {
    return [...this.texts.keys()][at] ?? null;
  }
  getItem(name: string): string | null {
    return this.texts.get(name) ?? null;
  }
  setItem(name: string, text: string): void {
    this.texts.set(name, text);
  }
  removeItem(name: string): void {
    this.texts.delete(name);
  }
}

const memory = (): Memory & Storage => new Memory() as unknown as Memory & Storage;
const certificate = (id: string, more: Partial<KeptCertificate> = {}): KeptCertificate => ({
  id,
  at: '2026-12-01T12:00:00.000Z',
  name: 'Ayesha Khan',
  course: 'Food Safety',
  serial: 'CSC/1',
  input: { digits: '0041' },
  ...more,
});

test('what was kept comes back as it was given, the latest first', () => {
  const storage = memory();
  const document = new TextEncoder().encode('{"name":"عائشہ"}');
  const early = certificate('urn:uuid:1', { at: '2026-11-30T12:00:00.000Z', input: { document } });
  const late = certificate('urn:uuid:2');
  assert.deepEqual([keep(storage, early), keep(storage, late)], ['kept', 'kept']);
  assert.deepEqual(keptIn(storage), [late, early]);
});

test('no more than two hundred are kept, and one of them can still be kept anew', () => {
  const storage = memory();
  for (let at = 0; at < MOST_KEPT; at += 1) assert.equal(keep(storage, certificate(`urn:uuid:${at}`)), 'kept');
  assert.equal(keep(storage, certificate('urn:uuid:more')), 'full');
  assert.equal(keep(storage, certificate('urn:uuid:7', { serial: 'CSC/2' })), 'kept');
  assert.equal(keptIn(storage).length, MOST_KEPT);
});

test('a memory that is full refuses, and nothing is kept', () => {
  const storage = memory();
  storage.setItem = () => {
    throw new DOMException('', 'QuotaExceededError');
  };
  assert.equal(keep(storage, certificate('urn:uuid:1')), 'refused');
  assert.ok(!isKept(storage, 'urn:uuid:1'));
});

for (const text of ['', 'null', '[]', '{"at":1}', '{"at":"","name":"","course":"","serial":""}', '{"at":"","name":"","course":"","serial":"","digits":7}']) {
  test(`what cannot be read is left out: ${text}`, () => {
    const storage = memory();
    storage.setItem('asnad-kept urn:uuid:1', text);
    assert.deepEqual(keptIn(storage), []);
  });
}

test('deleting takes one or all, what cannot be read too, and nothing else that the page remembers', () => {
  const storage = memory();
  ['urn:uuid:1', 'urn:uuid:2'].forEach((id) => keep(storage, certificate(id)));
  storage.setItem('asnad-kept urn:uuid:3', 'no JSON');
  storage.setItem('asnad-language', 'ur');
  forget(storage, 'urn:uuid:1');
  assert.deepEqual(
    keptIn(storage).map(({ id }) => id),
    ['urn:uuid:2'],
  );
  forgetAll(storage);
  assert.deepEqual([...storage.texts], [['asnad-language', 'ur']]);
});
