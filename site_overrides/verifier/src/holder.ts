import { writtenDay } from './dates.ts';
import { element, foreign } from './elements.ts';
import { namesInRow } from './issuerFacts.ts';
import { type Reader, wordFor } from './messages.ts';
import type { ReportedIssuer } from './report.ts';
import { objectIn, objectsIn, textIn } from './signedFields.ts';
import type { JsonObject } from './strictJson.ts';

/** Say in a few lines whose certificate it is: on a phone they stand beside what to do. */
export function holderView(credential: JsonObject, issuer: ReportedIssuer, reader: Reader): HTMLElement {
  const subject = objectIn(credential, 'credentialSubject');
  const { kind, facts, formats } = reader.messages;
  const names = objectsIn(subject, 'identifier')
    .filter((identity) => /^(name|ext:NativeName)$/.test(textIn(identity, 'identityType') ?? ''))
    .map((identity) => element('p', { class: 'name' }, foreign(textIn(identity, 'identityHash') ?? '')));
  const word = wordFor(textIn(objectIn(subject, 'achievement'), 'achievementType'), kind)?.name;
  const awarded = textIn(credential, 'awardedDate');
  const day = awarded === null ? [] : [`${facts.awarded}: ${writtenDay(awarded, formats)}`];
  return element(
    'div',
    { class: 'holder' },
    ...names,
    element('p', {}, element('b', {}, foreign(textIn(credential, 'name') ?? ''))),
    element('p', {}, ...namesInRow(issuer.namesOfTheDay, reader).slice(0, 1)),
    ...[...(word === undefined ? [] : [word]), ...day].map((line) => element('p', {}, line)),
  );
}
