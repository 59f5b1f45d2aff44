import { element, icon } from './elements.ts';
import { codeFact, type Fact, instantFact, numberFact } from './fact.ts';
import type { Judgement } from './judgement.ts';
import type { Reader } from './messages.ts';
import type { Check } from './report.ts';
import { objectsIn, textIn } from './signedFields.ts';

const RESULT_ICONS: Readonly<Record<Check['result'], string>> = {
  passed: 'M5 12.5l4.5 4.5L19 7.5',
  failed: 'M6 6l12 12M18 6L6 18',
  unchecked: 'M6 12h12',
};

/** Draw the eight checks, each with its own result and reason. */
export function checkList(checks: readonly Check[], { messages }: Reader): HTMLElement {
  const rows = checks.map((check) => {
    const words = messages.check[check.check];
    const sentence = check.reason === undefined ? words.passed : messages.reason[check.reason];
    const name = element('span', { class: 'check-name' }, words.name);
    const result = element('span', { class: 'check-result' }, messages.checks[check.result]);
    const row = { 'data-check': check.check, 'data-result': check.result };
    return element('li', row, icon(RESULT_ICONS[check.result]), name, result, element('p', {}, sentence));
  });
  return element('ol', { class: 'checks' }, ...rows);
}

/** What an engineer asks for: key, versions and dates of the lists. */
export function technicalFacts({ report, madeAt, manifestVersion }: Judgement, reader: Reader): readonly Fact[] {
  const words = reader.messages.checks;
  const proof = objectsIn(report.credential ?? {}, 'proof').find((found) => textIn(found, 'cryptosuite') === 'eddsa-jcs-2022') ?? {};
  const { issuer } = report;
  return [
    ...codeFact(words.did, issuer && issuer.did),
    ...codeFact(words.key, textIn(proof, 'verificationMethod')),
    ...instantFact(words.proofCreated, textIn(proof, 'created'), reader),
    ...numberFact(words.keysVersion, issuer && issuer.keysVersion),
    ...instantFact(words.keysIssued, issuer && issuer.keysIssued, reader),
    ...numberFact(words.manifestVersion, manifestVersion),
    ...instantFact(words.listSigned, report.asOf, reader),
    ...instantFact(words.listUntil, report.listValidUntil, reader),
    ...instantFact(words.checkedAt, new Date(madeAt).toISOString(), reader),
    ...codeFact(words.pageVersion, pageVersion()),
  ];
}

function pageVersion(): string {
  return document.querySelector<HTMLMetaElement>('meta[name=version]')?.content ?? '';
}
