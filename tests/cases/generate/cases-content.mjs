// Signed by the right key, and still against the profile of §2.
import {BREAD} from './dictionaries.mjs';
import {breadCredential} from './credentials.mjs';
import {code, file, jcsSigned, withAchievement, withSubject} from './cases.mjs';
import {FOREIGN_SITE, SITE} from './keys.mjs';
import {payloadOf} from './payload.mjs';

function without(object, member) {
  const {[member]: dropped, ...rest} = object;
  return rest;
}

export async function contentCases() {
  const credential = breadCredential();
  const subject = credential.credentialSubject;
  const status = credential.credentialStatus;
  const one = async (name, comment, document) => file(await jcsSigned(document), name, comment);
  const other = (name, comment, members) => one(name, comment, {...credential, ...members});
  const inSubject = (name, comment, members) => one(name, comment, withSubject(credential, members));
  const inAchievement = (name, comment, members) => one(name, comment, withAchievement(credential, members));
  const inStatus = (name, comment, members) => other(name, comment, {credentialStatus: {...status, ...members}});
  const prototype = JSON.parse('{"__proto__":{"name":"Bushra Anwar"}}');
  const withPrototype = Object.defineProperty({...subject},
    '__proto__', {...Object.getOwnPropertyDescriptor(prototype, '__proto__')});
  return Promise.all([
    other('member-unknown', 'A member that the profile does not know.', {description: 'Signed too.'}),
    other('member-endorsement',
      'Another thing that Open Badges allows and the profile does not.', {endorsementJwt: ['e30.e30.e30']}),
    inAchievement('context-nested',
      'An `@context` inside the achievement.', {'@context': {name: 'https://schema.org/alternateName'}}),
    other('member-proto', 'A member `__proto__`, signed.', {credentialSubject: withPrototype}),
    one('serial-missing', 'No serial.', {...credential, credentialSubject: without(subject, 'licenseNumber')}),
    one('status-missing',
      'No place in a status list: it could never be withdrawn.', without(credential, 'credentialStatus')),
    one('evidence-empty', 'An empty array.', {...credential, evidence: []}),
    inSubject('name-with-bidi-control', 'U+202E in the name turns what stands behind it.',
      {name: 'Bushra \u202eAnwar', identifier: [{...subject.identifier[0], identityHash: 'Bushra \u202eAnwar'}]}),
    inSubject('name-with-delete', 'U+007F in the name.',
      {name: 'Bushra\u007f', identifier: [{...subject.identifier[0], identityHash: 'Bushra\u007f'}]}),
    inSubject('name-with-line-feed', 'A line feed in a line.',
      {name: 'Bushra\nAnwar', identifier: [{...subject.identifier[0], identityHash: 'Bushra\nAnwar'}]}),
    inSubject('name-mismatch', 'The subject bears one name, its identifier another.', {name: 'Bushra Akram'}),
    inSubject('name-not-first', 'The first identifier is the father\'s name.',
      {identifier: [{...subject.identifier[0], identityType: 'ext:FatherName'}, subject.identifier[0]]}),
    inSubject('name-too-long', '1,001 characters.',
      {name: 'B'.repeat(1001), identifier: [{...subject.identifier[0], identityHash: 'B'.repeat(1001)}]}),
    inSubject('name-empty', 'An empty name.', {name: '', identifier: [{...subject.identifier[0], identityHash: ''}]}),
    inSubject('name-hashed', 'A hashed name that calls itself one with a word.',
      {identifier: [{...subject.identifier[0], hashed: 'false'}]}),
    inSubject('type-with-more', 'The subject has a second type.', {type: ['AchievementSubject', 'Person']}),
    inSubject('credits-a-string', 'A number written as a string.', {creditsEarned: '2.5'}),
    inSubject('day-with-time', 'A day that is not at midnight.', {activityStartDate: '2026-10-05T09:00:00Z'}),
    other('day-that-does-not-exist', 'The 30th of February.', {awardedDate: '2026-02-30T00:00:00Z'}),
    other('instant-with-offset', 'An instant that is not in Z.', {validUntil: '2027-11-20T09:00:00+05:00'}),
    other('end-null', 'An end that is null.', {validUntil: null}),
    other('id-not-a-uuid', 'The id is an address.', {id: 'https://skills.example/c/1'}),
    other('id-of-another-version', 'A UUID of version 1.', {id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33'}),
    inAchievement('kind-unknown', 'A kind of achievement that the profile does not know.', {achievementType: 'Degree'}),
    inAchievement('address-of-a-script', 'An address with another scheme.', {id: 'javascript:alert(1)'}),
    inStatus('index-with-zero',
      'An index with a leading zero.', {id: `${SITE}status/1.json#05021`, statusListIndex: '05021'}),
    inStatus('index-negative', 'A negative index.', {id: `${SITE}status/1.json#-1`, statusListIndex: '-1'}),
    inStatus('index-a-number', 'The index is a number.', {statusListIndex: 5021}),
    inStatus('index-and-id-differ', 'The id names another index.', {id: `${SITE}status/1.json#5022`}),
    inStatus('list-on-foreign-site', 'The list is on another site.',
      {id: `${FOREIGN_SITE}status/1.json#5021`, statusListCredential: `${FOREIGN_SITE}status/1.json`}),
    inStatus('list-of-another-path', 'The list is not where lists are.',
      {id: `${SITE}lists/1.json#5021`, statusListCredential: `${SITE}lists/1.json`}),
    inStatus('list-through-dots', 'The list\'s address climbs out of its folder.',
      {id: `${SITE}status/../1.json#5021`, statusListCredential: `${SITE}status/../1.json`}),
    inStatus('purpose-suspension', 'The entry is for suspension.', {statusPurpose: 'suspension'}),
    (async () => code(payloadOf(await jcsSigned({...credential, description: 'x'}), BREAD), 'code-member-unknown',
      'A code with a member that the profile does not know.'))()
  ]);
}
