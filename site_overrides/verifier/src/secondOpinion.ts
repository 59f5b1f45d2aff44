import { type Answer, latestAnswers } from './ed25519.ts';

const confirmed = new WeakSet<Answer>();

/**
 * Put to the browser's own cryptography every question about a signature that the library has just answered.
 *
 * Over plain http, and in older browsers, there is none to ask: then the library's answer stands alone, as it does
 * everywhere in deciding what is accepted.
 *
 * @throws Error where the two disagree: one of them is broken, and nothing may be said about any certificate.
 */
export async function confirmAnswers(): Promise<void> {
  const { subtle } = globalThis.crypto ?? {};
  if (subtle === undefined) return;
  await Promise.all(latestAnswers().map((answer) => confirm(answer, subtle)));
}

async function confirm(answer: Answer, subtle: SubtleCrypto): Promise<void> {
  if (confirmed.has(answer)) return;
  // Fresh copies, for that is what the browser's types ask for.
  const [publicKey, signature, message] = [answer.publicKey, answer.signature, answer.message].map((bytes) => new Uint8Array(bytes));
  const key = await subtle.importKey('raw', publicKey!, 'Ed25519', false, ['verify']).catch(() => null);
  // A browser that does not know the algorithm knows none of its keys.
  if (key === null) return;
  if ((await subtle.verify('Ed25519', key, signature!, message!)) !== answer.accepted) {
    throw new Error('expected one answer about a signature, got two');
  }
  confirmed.add(answer);
}
