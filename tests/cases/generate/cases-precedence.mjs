// Two things at once are wrong: which of them is told.
import {breadCredential, forkliftCredential, weldingCredential} from './credentials.mjs';
import {file, issued, jcsSigned, withSubject} from './cases.mjs';
import {CONTEXT} from './credentials.mjs';
import {DID, SIGNER} from './keys.mjs';

const SEEN = {[DID]: {keys: 5, manifest: 13}};
const LATER = '2027-01-15T12:00:00Z';
const TOMORROW = '2026-12-02T09:00:00Z';
const altered = document => withSubject(document, {licenseNumber: 'CSC-BR/03/099'});
const unnumbered = withSubject(breadCredential(), {licenseNumber: undefined});

async function readBeforeAll() {
  const credential = breadCredential();
  const signed = (change, options) => jcsSigned({...credential, ...change}, options);
  const spoilt = Buffer.concat([Buffer.alloc(65_536, ' '), Buffer.from('ff', 'hex')]);
  return [
    file(spoilt, 'file-too-large-not-utf-8', 'One byte too many, and that is not UTF-8: size is judged first.'),
    file(Buffer.from('7bff', 'hex'), 'not-utf-8-not-json', 'Neither UTF-8 nor JSON: UTF-8 is judged first.'),
    file(await signed({'@context': [CONTEXT[0]], type: ['VerifiableCredential']}), 'context-and-type-unsupported',
      'Another context and another type: the context is judged first.'),
    file(await signed({type: ['VerifiableCredential'], issuer: 7}), 'type-and-issuer-unreadable',
      'Another type, and an issuer that is a number: the type is judged first.'),
    file({...credential, issuer: 7}, 'issuer-unreadable-no-proof',
      'An issuer that is a number, and no proof: the issuer is judged first.'),
    file(weldingCredential(), 'issuer-not-trusted-no-proof',
      'An issuer on no list, and no proof: what cannot be read is told before whom it names.')
  ];
}

async function issuerBeforeSignature(bread) {
  const welding = await issued(weldingCredential(), {signer: SIGNER.foreignIssuing});
  return [
    file(altered(welding), 'issuer-not-trusted-altered', 'An issuer on no list, and altered: nothing is known of either.'),
    file(altered(bread), 'altered-keys-missing', 'Altered, and keys.json is not held: nobody can say so.',
      {site: 'keys-missing'}),
    file(bread, 'keys-altered-rolled-back', 'keys.json does not verify, and a newer one was seen before.',
      {site: 'keys-altered', seen: {[DID]: {keys: 9, manifest: 12}}})
  ];
}

async function keyBeforeSignature(bread) {
  const credential = breadCredential();
  const stolen = {...SIGNER.compromised};
  return [
    file(await jcsSigned(credential, {signer: SIGNER.status, purpose: 'authentication'}), 'status-key-to-log-in',
      'A key of the wrong role, and the wrong purpose: the role is judged first.'),
    file(altered(await issued(credential, {created: '2025-12-31T23:59:59Z'})), 'created-before-key-altered',
      'Created before the key\'s time, and altered: the time is judged first.'),
    file({...bread, description: 'Nobody signed this.'}, 'member-added',
      'A member that the profile does not know was added after signing: the signature is judged first.'),
    file(await jcsSigned(JSON.parse(JSON.stringify(unnumbered)), {signer: stolen}), 'compromised-key-serial-missing',
      'Signed by a stolen key, and without a serial: the content is judged first.')
  ];
}

async function redBeforeAmber(bread) {
  const revoked = await issued(breadCredential({number: 11, index: 94570}));
  const stolen = {signer: SIGNER.compromised};
  const replacedExpired = await issued(forkliftCredential({number: 12, index: 60123}));
  const replacedTomorrow = await issued({...breadCredential({number: 12, index: 60123}), validFrom: TOMORROW});
  return [
    file(altered(revoked), 'revoked-altered', 'Its bit is set, and it was altered: the place in the list is not believed.'),
    file(altered(await issued(forkliftCredential())), 'expired-altered', 'After its end, and altered.'),
    file(await issued(breadCredential({number: 11, index: 94570}), stolen), 'compromised-key-revoked',
      'Signed by a stolen key, and its bit is set.'),
    file(await issued(forkliftCredential({number: 23}), stolen), 'compromised-key-expired',
      'Signed by a stolen key, and after its end.'),
    file(await issued({...breadCredential({number: 11, index: 94570}), validFrom: TOMORROW}), 'revoked-not-yet-valid',
      'Its bit is set, and it is dated tomorrow.'),
    file(replacedExpired, 'replaced-and-expired', 'A corrected one was issued, and it has ended.'),
    file(replacedTomorrow, 'replaced-not-yet-valid', 'A corrected one was issued, and it is dated tomorrow.'),
    file(await issued({...forkliftCredential(), validFrom: TOMORROW}), 'ends-before-it-begins',
      'Dated tomorrow, and it ended yesterday.'),
    file(await issued({...breadCredential(), validFrom: TOMORROW}), 'not-yet-valid-demonstration',
      'Dated tomorrow, of a demonstration.', {site: 'demonstration'})
  ];
}

function unknownBeforeStale(bread) {
  const held = (name, comment, more) => file(bread, name, comment, more);
  return [
    held('list-and-manifest-missing', 'Neither list nor manifest is held.', {site: 'list-and-manifest-missing'}),
    held('list-altered-manifest-rolled-back', 'The list does not verify, and a newer manifest was seen before.',
      {site: 'list-altered', seen: SEEN}),
    held('manifest-rolled-back-list-older', 'A newer manifest was seen before, and the list is older than the certificate.',
      {site: 'list-older', seen: SEEN}),
    held('manifest-rolled-back-list-ran-out', 'A newer manifest was seen before, and the list has run out.',
      {seen: SEEN, at: LATER}),
    held('list-ran-out-notices-missing', 'The list has run out, and the notices are not held.',
      {site: 'notices-missing', at: LATER}),
    held('list-ran-out-keys-ran-out', 'The list has run out, and keys.json too.', {site: 'keys-ran-out', at: LATER}),
    held('demonstration-list-ran-out', 'A demonstration, and the list has run out.',
      {site: 'demonstration', at: LATER})
  ];
}

export async function precedenceCases() {
  const bread = await issued(breadCredential());
  return [
    ...await readBeforeAll(), ...await issuerBeforeSignature(bread), ...await keyBeforeSignature(bread),
    ...await redBeforeAmber(bread), ...unknownBeforeStale(bread)
  ];
}
