import { codeFact, type Fact, instantFact, numberFact } from './fact.ts';
import type { Judgement } from './judgement.ts';
import type { Reader } from './messages.ts';
import { objectsIn, textIn } from './signedFields.ts';

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
