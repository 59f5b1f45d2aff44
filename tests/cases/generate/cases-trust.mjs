// Whom and what the verifier trusts: checks 3, 4 and 5.
import {BREAD} from './dictionaries.mjs';
import {code, file, issued, jcsSigned, rewritten, trustIn, TRUST_OTHER, withSubject} from './cases.mjs';
import {DID, FOREIGN_DID, KEYS, SIGNER} from './keys.mjs';
import {
  IDENTITY, IDENTITY_PLUS_P, IDENTITY_SIGNED, signedBytes, signForMixedOrder, signForOrderTwo, signWithIdentity,
  withGroupOrderAdded, withSignature
} from './signatures.mjs';
import {breadCredential, weldingCredential} from './credentials.mjs';
import {payloadOf, signatureOf} from './payload.mjs';
import {FROZEN_CREDENTIAL} from './sites.mjs';

const didKey = `did:key:${KEYS.another.multibase}`;

async function issuerCases(bread) {
  const selfMade = {...breadCredential(), issuer: {...breadCredential().issuer, id: didKey}};
  return [
    file(await issued(weldingCredential(), {signer: SIGNER.foreignIssuing}), 'issuer-not-trusted',
      'A good certificate of a centre that is on no list.'),
    file(await issued(selfMade,
      {signer: {key: KEYS.another, method: `${didKey}#${KEYS.another.multibase}`}}), 'issuer-brings-its-key',
      'The issuer is a did:key: whoever made it brought the key along.'),
    file(bread, 'nobody-trusted', 'The list of trusted issuers is empty.', {trust: []}),
    file(bread, 'keys-missing', 'Trusted, and keys.json is not held.', {site: 'keys-missing'}),
    file(bread,
      'keys-wrong-root', 'keys.json is signed by a key that only bears the root\'s name.', {site: 'keys-wrong-root'}),
    file(bread, 'keys-by-issuing-key', 'keys.json is signed by the issuing key.', {site: 'keys-by-issuing-key'}),
    file(bread, 'keys-other-root-pinned', 'keys.json is in order, but another root is pinned.',
      {trust: [trustIn('skills', [KEYS.foreignRoot.multibase])]}),
    file(bread, 'keys-altered', 'A role was changed in keys.json after it was signed.', {site: 'keys-altered'}),
    file(bread, 'keys-of-another-issuer',
      'The root has signed a keys.json that names another issuer.', {site: 'keys-other-issuer'}),
    file(bread, 'keys-rolled-back',
      'An older keys.json than one seen before.', {seen: {[DID]: {keys: 6, manifest: 12}}}),
    file(bread, 'keys-leapt', 'keys.json is a million and one versions above the one seen last.',
      {site: 'keys-leapt', seen: {[DID]: {keys: 5, manifest: 12}}})
  ];
}

async function keyCases(bread) {
  const credential = breadCredential();
  const at = validFrom => ({...credential, validFrom});
  return [
    file(await issued(credential, {signer: SIGNER.foreignIssuing}), 'key-of-another-issuer',
      'Our issuer\'s name, the key of another trusted centre.', {trust: [trustIn('skills'), TRUST_OTHER]}),
    file(await issued(credential, {signer: {...SIGNER.issuing, key: KEYS.foreignIssuing}}), 'key-id-stolen',
      'Our issuer\'s name and our key\'s id, signed with another key.'),
    file(await issued({...credential, issuer: {...credential.issuer, id: FOREIGN_DID}}),
      'key-of-ours-for-another-issuer',
      'Another trusted centre\'s name, signed with our key.', {trust: [trustIn('skills'), TRUST_OTHER]}),
    file(await issued(credential, {signer: {key: KEYS.another, method: `${DID}#key-2026z`}}), 'key-unknown',
      'No key of this id is in keys.json.'),
    file(await issued(credential, {signer: {...SIGNER.issuing, method: `${DID}?v=1#key-2026a`}}), 'key-id-with-query',
      'The id of the key with a query in it: ids are compared as they stand.'),
    file(await issued(credential,
      {signer: {key: KEYS.another, method: `${DID}#key-2026z`}}), 'key-unknown-keys-ran-out',
      'No key of this id is in keys.json, which has run out: a newer one may know it.', {site: 'keys-ran-out'}),
    file(await issued(credential, {signer: SIGNER.status}), 'status-key', 'Signed by a key whose role is status.'),
    file(await issued(credential, {signer: SIGNER.root}), 'root-key',
      'Signed by the root, which signs keys.json alone.'),
    file(await jcsSigned(credential, {purpose: 'authentication'}), 'purpose-authentication',
      'The proof was made to log in.'),
    file(await issued(at('2026-11-20T09:00:00Z'), {signer: SIGNER.retired}), 'retired-key-after-its-time',
      'Signed by a key after it was retired.'),
    file(await issued(credential, {created: '2025-12-31T23:59:59Z'}), 'created-before-key',
      'Created a second before the key\'s time.'),
    file(await issued(credential, {created: '2027-07-01T00:00:00Z'}), 'created-at-end-of-key',
      'Created at `to`, which is no longer inside.',
      {at: '2026-12-01T12:00:00Z'}),
    file(await issued(breadCredential({number: 22, index: 2022}),
      {signer: SIGNER.compromised}), 'compromised-key-backdated',
      'Signed with a stolen key, dated before the theft, and not in the frozen list.'),
    file(await issued(FROZEN_CREDENTIAL, {signer: SIGNER.compromised}), 'frozen-list-missing',
      'The frozen list is not held.',
      {site: 'frozen-missing'}),
    file(await issued(breadCredential({number: 22, index: 2022}), {signer: SIGNER.compromised}), 'frozen-list-altered',
      'The frozen list was made longer by a digest: it does not fit its hash.', {site: 'frozen-altered'}),
    file({...await issued(FROZEN_CREDENTIAL,
      {signer: SIGNER.compromised}), name: 'Bakery, Diploma'}, 'compromised-key-tampered',
      'In the frozen list, and altered: the signature is judged first.'),
    file(bread, 'keys-of-another-site', 'The trust list has the files of another issuer under our did.',
      {trust: [{did: DID, rootKeys: [KEYS.root.multibase], site: 'other'}]})
  ];
}

async function signatureCases(bread) {
  const credential = breadCredential();
  const [rdfc, {proofValue, ...options}] = bread.proof;
  const deciding = bread.proof[1];
  const signedWith = (signature, change = {}) =>
    ({...credential, proof: [rdfc, withSignature({...options, ...change}, signature)]});
  const method = id => ({verificationMethod: `${DID}#${id}`});
  const data = signedBytes(credential, options);
  const dataOf = id => signedBytes(credential, {...options, ...method(id)});
  const flipped = signatureOf(deciding);
  flipped[40] ^= 1;
  return [
    file(rewritten(bread, '"identityHash":"Bushra Anwar"', '"identityHash":"Bushra Anwer"'), 'name-altered',
      'One letter of the name was changed.'),
    file({...bread, validUntil: '2027-12-31T18:59:59Z'}, 'end-added', 'An end was added after signing.'),
    file(withSubject(bread, {licenseNumber: 'CSC-BR/03/012'}), 'serial-altered', 'The serial was changed.'),
    file({...bread, proof: [rdfc,
      {...deciding, created: '2026-11-20T09:00:01Z'}]}, 'created-altered', '`created` was changed by a second.'),
    file(signedWith(flipped), 'signature-altered', 'One bit of S was changed.'),
    file(signedWith(signatureOf(deciding).subarray(0, 63)), 'signature-short', 'The signature has 63 bytes.'),
    file({...bread, proof: [rdfc, withGroupOrderAdded(deciding)]}, 'signature-s-plus-l',
      'The good signature with L added to S.'),
    file(signedWith(signWithIdentity(KEYS.issuing, IDENTITY, data)), 'signature-r-identity',
      'R is the neutral element: RFC 8032 alone would take it, R is of small order.'),
    file(signedWith(signWithIdentity(KEYS.issuing, IDENTITY_PLUS_P, data)), 'signature-r-not-canonical',
      'R is written as p + 1.'),
    file(signedWith(signWithIdentity(KEYS.issuing, IDENTITY_SIGNED, data)), 'signature-r-signed-zero',
      'R has x = 0 and the sign bit set.'),
    file(signedWith(signForOrderTwo(dataOf('key-2026s')), method('key-2026s')), 'key-of-small-order',
      'A listed key of order two, for which anybody can sign.', {site: 'keys-of-small-order'}),
    file(signedWith(signForMixedOrder(KEYS.issuing, dataOf('key-2026m')), method('key-2026m')), 'key-of-mixed-order',
      'A listed key outside the prime-order subgroup: RFC 8032 alone would take the signature.',
        {site: 'keys-of-small-order'}),
    file({...bread, proof: [rdfc, {...deciding, proofValue: `u${signatureOf(deciding).toString('base64url')}`}]},
      'signature-in-base64', 'The good signature in base64url.'),
    file({...bread, proof: [rdfc, {...deciding, proofValue: proofValue.replace('z', 'z1')}]},
      'signature-with-leading-one', 'The good signature with a zero byte before it.'),
    code(payloadOf(bread, BREAD, {signature: flipped}), 'code-signature-altered',
      'One bit of S was changed in a code.'),
    code(payloadOf(withSubject(bread, {licenseNumber: 'CSC-BR/03/012'}), BREAD), 'code-serial-altered',
      'A code with another serial.')
  ];
}

export async function trustCases() {
  const bread = await issued(breadCredential());
  return [...await issuerCases(bread), ...await keyCases(bread), ...await signatureCases(bread)];
}
