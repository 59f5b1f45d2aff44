// Certificates that are in order, and the ways in which they may look different.
import {BREAD, FOOD, FORKLIFT} from './dictionaries.mjs';
import {breadCredential, foodCredential, forkliftCredential, weldingCredential} from './credentials.mjs';
import {code, file, issued, jcsSigned, trustIn, TRUST_OTHER} from './cases.mjs';
import {digitsOf, dictionaryName, payloadOf} from './payload.mjs';
import {DID, KEYS, SIGNER} from './keys.mjs';
import {FROZEN_CREDENTIAL} from './sites.mjs';

const grouped = digits => digits.replace(/(\d{17})(?=\d)/g, '$1-').replace(/(.{72})/g, '$1\n').replace('-', ' ');

export async function validCases() {
  const credential = breadCredential();
  const bread = await issued(credential);
  const food = await issued(foodCredential());
  const forklift = await issued(forkliftCredential());
  const lasting = await issued(forkliftCredential({validUntil: '2027-11-30T18:59:59Z'}));
  const retired = await issued(
    {...breadCredential({number: 20, index: 20}), validFrom: '2025-11-20T09:00:00Z'}, {signer: SIGNER.retired}
  );
  const twin = trustIn('skills');
  const broken = {...bread, proof: [{...bread.proof[0], proofValue: bread.proof[1].proofValue}, bread.proof[1]]};
  return [
    file(bread, 'completion', 'A certificate of completion with a name in Latin script.'),
    file(food, 'micro-credential', 'A micro-credential with results, EU elements and the name in Urdu script too.'),
    file(Buffer.from(`${JSON.stringify(food, null, 2)}\n`), 'indented',
      'The same file, indented by somebody: proofs do not care.'),
    file(lasting, 'with-an-end', 'A certificate that ends, before its end.'),
    file(forklift, 'last-second', 'The very second of validUntil is still inside.', {at: '2026-11-30T18:59:59Z'}),
    file(bread, 'list-signed-at-the-same-second', 'The list is as old as the certificate: it says something about it.',
      {site: 'list-at-signing'}),
    file(bread, 'clock-behind', 'The clock is ten minutes behind validFrom of certificate and list: tolerated.',
      {site: 'list-at-signing', at: '2026-11-20T08:50:00Z'}),
    file(bread, 'versions-remembered', 'The versions seen last are the ones held.',
      {seen: {[DID]: {keys: 5, manifest: 12}}}),
    file(bread, 'versions-a-million-on', 'keys.json is exactly a million versions above the one seen last.',
      {site: 'keys-leapt', seen: {[DID]: {keys: 6, manifest: 11}}}),
    file(retired, 'retired-key', 'Signed in its time by a key that was retired later.'),
    file(await issued(FROZEN_CREDENTIAL, {signer: SIGNER.compromised}), 'compromised-key-frozen',
      'The key was stolen later; the frozen list knows this certificate.'),
    file(bread, 'two-roots-old-pinned', 'keys.json is signed by the old root and the new one; the old one is pinned.',
      {site: 'keys-two-roots'}),
    file(bread, 'two-roots-new-pinned', 'The same keys.json before a verifier that pins the new root alone.',
      {trust: [trustIn('keys-two-roots', [KEYS.nextRoot.multibase])]}),
    file(broken, 'rdfc-proof-broken', 'The rdfc proof does not fit; it is not read.'),
    file(await jcsSigned(breadCredential()), 'jcs-proof-alone', 'One proof, eddsa-jcs-2022.'),
    file(await issued(weldingCredential(), {signer: SIGNER.foreignIssuing}), 'second-trusted-issuer',
      'Two issuers are trusted, and the second one issued it.', {trust: [trustIn('skills'), TRUST_OTHER]}),
    file(await issued({...credential, issuer: {...credential.issuer, name: 'Chenab Sewing and Baking School'}}),
      'issuer-name-of-another-time', 'The issuer\'s former name: pointed out to people, and no reason to fail.'),
    file(bread, 'demonstration', 'All is well, and the issuer is a demonstration.', {site: 'demonstration'}),
    code(payloadOf(bread, BREAD), 'code-completion', 'Format 1, as it stands in a printed code.'),
    code(payloadOf(food, FOOD), 'code-micro-credential', 'Format 1 with Urdu script and numbers.'),
    code(payloadOf(food, FOOD, {format: 2}), 'link', 'Format 2: both signatures, the issued file byte by byte.'),
    code(grouped(digitsOf(payloadOf(bread, BREAD))), 'code-typed',
      'Digits with spaces, line feeds and hyphens between them.'),
    code(payloadOf(lasting, FORKLIFT), 'two-dictionaries-of-one-name',
      'Another trusted centre has a dictionary of the same name, which gives another text: the signature decides.',
      {trust: [{...TRUST_OTHER, site: 'other-twin-dictionary'}, twin]}),
    code(payloadOf(bread, BREAD), 'named-dictionary', 'Of all dictionaries the verifier holds this one alone.',
      {dictionaries: [dictionaryName(BREAD)]})
  ];
}
