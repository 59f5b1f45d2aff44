import { fileNameOf, saveFile } from './download.ts';
import { button, element, filledText } from './elements.ts';
import { deviceStorage, isKept, keep, MOST_KEPT } from './keptStore.ts';
import { profileEntry } from './profileEntry.ts';
import type { Outcome } from './report.ts';
import { isShared, linkView, profileView, sharedLink } from './sharing.ts';
import { objectIn, objectsIn, textIn } from './signedFields.ts';
import type { ShownResult } from './toolbox.ts';
import { toolWordsOf } from './toolWords.ts';

/** Red: nobody is helped to carry on what is withdrawn. A printout says what the page says. */
const ONLY_PRINTED: readonly Outcome[] = ['revoked', 'replaced'];

/** Draw what else can be done with a result; nothing where there is no genuine certificate. */
export function resultActions({ judgement, given, reader, timeZone, open }: ShownResult): readonly HTMLElement[] {
  const { credential, issuer, outcome, bytes, demonstration } = judgement.report;
  if (credential === null || issuer === null) return [];
  const words = toolWordsOf(reader.language).result;
  const parts: HTMLElement[] = [element('p', {}, button(words.print, () => print(), { class: 'button' }))];
  const subject = objectIn(credential, 'credentialSubject');
  const serial = textIn(subject, 'licenseNumber') ?? '';
  if (bytes !== null && !ONLY_PRINTED.includes(outcome)) {
    // A code leaves out the proof that wallets read; a link and a file have both.
    const note = objectsIn(credential, 'proof').length === 2 ? words.saveWhole : words.saveCode;
    parts.push(element('p', {}, button(words.save, () => saveFile(bytes, fileNameOf(serial)), { class: 'button' }), element('small', {}, note)));
    const input = 'digits' in given.input ? given.input : { document: bytes };
    const id = textIn(credential, 'id') ?? '';
    const name = textIn(subject, 'name') ?? textIn(objectsIn(subject, 'identifier')[0] ?? {}, 'identityHash') ?? '';
    const at = new Date(judgement.madeAt).toISOString();
    parts.push(keeping({ id, at, name, course: textIn(credential, 'name') ?? '', serial, input }, words, open));
  }
  if (isShared(outcome)) {
    const link = 'digits' in given.input ? sharedLink('v/', given.input.digits, issuer.sites, location.href) : null;
    const entry = profileEntry(credential, issuer, link, timeZone);
    parts.push(linkView(link, words), profileView(entry, demonstration, words, reader));
  }
  return [element('section', { class: 'actions', 'aria-labelledby': 'actions' }, element('h2', { id: 'actions' }, words.title), ...parts)];
}

/** Offer to keep a certificate, with what to think of before. */
function keeping(certificate: Parameters<typeof keep>[1], words: ReturnType<typeof toolWordsOf>['result'], open: ShownResult['open']): HTMLElement {
  const storage = deviceStorage();
  const view = element('div', { class: 'keeping' });
  const said = element('p', { role: 'status' });
  const list = button(words.openKept, () => open('kept'), { class: 'link' });
  const act = (): void => {
    const answer = storage === null ? 'refused' : keep(storage, certificate);
    said.textContent = { kept: words.kept, full: filledText(words.keepFull, { number: String(MOST_KEPT) }), refused: words.keepRefused }[answer];
    if (answer === 'kept') offer.replaceWith(list);
  };
  const offer = button(words.keep, act, { class: 'button' });
  const has = storage !== null && isKept(storage, certificate.id);
  if (has) said.textContent = words.kept;
  view.append(has ? list : offer, said, element('small', {}, words.keepNote));
  return view;
}
