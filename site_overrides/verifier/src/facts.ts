import { writtenDay } from './dates.ts';
import { filled, foreign, leftToRight } from './elements.ts';
import { achievementGroup, alignmentGroup, resultFacts } from './achievementFacts.ts';
import { codeFact, dayFact, type Fact, type FactGroup, instantFact, lastDayFact, numberFact, textFact } from './fact.ts';
import { issuerGroup } from './issuerFacts.ts';
import { type Reader, wordFor } from './messages.ts';
import type { ReportedIssuer } from './report.ts';
import { numberIn, objectIn, objectsIn, textIn } from './signedFields.ts';
import type { JsonObject } from './strictJson.ts';

/**
 * Everything a credential says, in the order in which an employer asks for it.
 *
 * @param timeZone IANA name of the centre's zone.
 */
export function factGroups(
  credential: JsonObject,
  issuer: ReportedIssuer,
  today: string,
  timeZone: string,
  reader: Reader,
): readonly FactGroup[] {
  const subject = objectIn(credential, 'credentialSubject');
  const achievement = objectIn(subject, 'achievement');
  const groups = [
    learnerGroup(subject, reader),
    awardGroup(credential, subject, achievement, timeZone, reader),
    signatoryGroup(credential, reader),
    issuerGroup(credential, issuer, today, reader),
    achievementGroup(achievement, reader),
    alignmentGroup(achievement, reader),
    numbersGroup(credential, achievement, reader),
  ];
  return groups.filter(({ facts }) => facts.length > 0);
}

function learnerGroup(subject: JsonObject, { messages }: Reader): FactGroup {
  const words = messages.facts;
  const identifiers = objectsIn(subject, 'identifier');
  const facts = identifiers.map((identity, position): Fact => {
    const type = textIn(identity, 'identityType') ?? '';
    const fact = {
      label: wordFor(type, words.identity) ?? foreign(type),
      content: [foreign(textIn(identity, 'identityHash') ?? '')],
      notes: identity['hashed'] === true ? [[words.hashed]] : [],
    };
    return position === 0 ? { ...fact, weight: 'main' } : fact;
  });
  // The subject's name should repeat an identifier; where it does not, hiding it would hide a signed name.
  const name = textIn(subject, 'name');
  const repeated = identifiers.some((identity) => textIn(identity, 'identityHash') === name);
  const other = textFact(words.subjectName, repeated ? null : name);
  const serial = { label: words.serial, content: [leftToRight(textIn(subject, 'licenseNumber') ?? '')], weight: 'main' as const };
  return { title: words.learner, facts: [...facts, ...other, serial] };
}

function awardGroup(
  credential: JsonObject,
  subject: JsonObject,
  achievement: JsonObject,
  timeZone: string,
  reader: Reader,
): FactGroup {
  const words = reader.messages.facts;
  const type = textIn(achievement, 'achievementType') ?? '';
  const kind = wordFor(type, reader.messages.kind);
  const kindFact: Fact =
    kind === undefined
      ? { label: words.kind, content: [foreign(type)] }
      : { label: words.kind, content: [kind.name], notes: [[kind.limit]] };
  return {
    title: words.award,
    facts: [
      { label: words.credentialName, content: [foreign(textIn(credential, 'name') ?? '')], weight: 'main' },
      kindFact,
      ...resultFacts(subject, achievement, reader),
      ...numberFact(words.creditsEarned, numberIn(subject, 'creditsEarned')),
      ...dayFact(words.awarded, textIn(credential, 'awardedDate'), reader),
      ...textFact(words.batch, textIn(subject, 'term')),
      ...courseDates(subject, reader),
      ...textFact(words.place, textIn(subject, 'narrative')),
      ...instantFact(words.validFrom, textIn(credential, 'validFrom'), reader),
      ...lastDayFact(words.validUntil, textIn(credential, 'validUntil'), timeZone, reader),
    ],
  };
}

function courseDates(subject: JsonObject, reader: Reader): readonly Fact[] {
  const words = reader.messages.facts;
  const start = textIn(subject, 'activityStartDate');
  const end = textIn(subject, 'activityEndDate');
  if (start === null) return dayFact(words.end, end, reader);
  if (end === null) return dayFact(words.start, start, reader);
  const { formats } = reader.messages;
  const range = { start: writtenDay(start, formats), end: writtenDay(end, formats) };
  return [{ label: words.dates, content: filled(words.dateRange, range) }];
}

function signatoryGroup(credential: JsonObject, { messages }: Reader): FactGroup {
  const facts = objectsIn(credential, 'evidence').map((signatory): Fact => {
    const office = textIn(signatory, 'description');
    return {
      label: office === null ? messages.facts.signatory : foreign(office),
      content: [foreign(textIn(signatory, 'name') ?? '')],
    };
  });
  return { title: messages.facts.signatories, facts };
}

function numbersGroup(credential: JsonObject, achievement: JsonObject, { messages }: Reader): FactGroup {
  const words = messages.facts;
  const results = objectsIn(achievement, 'resultDescription').map(
    (described) => `${textIn(described, 'id')} (${textIn(described, 'resultType')})`,
  );
  return {
    title: words.numbers,
    facts: [
      ...codeFact(words.id, textIn(credential, 'id')),
      ...codeFact(words.achievementId, textIn(achievement, 'id')),
      ...codeFact(words.criteriaId, textIn(objectIn(achievement, 'criteria'), 'id')),
      ...results.flatMap((result) => codeFact(words.resultId, result)),
      ...codeFact(words.statusEntry, textIn(objectIn(credential, 'credentialStatus'), 'id')),
    ],
  };
}
