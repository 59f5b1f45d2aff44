// Attacks of which the other files have no case: see attacks.md.
import {BREAD} from './dictionaries.mjs';
import {breadCredential, CONTEXT} from './credentials.mjs';
import {code, file, issued, jcsSigned, rewritten, withSubject} from './cases.mjs';
import {DID, SIGNER, SITE} from './keys.mjs';
import {jcs, payloadDocument, payloadOf} from './payload.mjs';
import {SITES} from './sites.mjs';

const named = name => {
  const {identifier: [first]} = breadCredential().credentialSubject;
  return withSubject(breadCredential(), {name, identifier: [{...first, identityHash: name}]});
};

async function textCases() {
  const decomposed = await issued(named('Rene\u0301e Anwar'));
  return [
    file(await issued(named('<img src=x onerror=alert(1)> Anwar')), 'name-with-markup',
      'Markup in the name is text like any other.'),
    file(decomposed, 'name-decomposed', 'A name that is not NFC: a verifier does not normalise.'),
    file(rewritten(decomposed, '"name":"Rene\u0301e Anwar"', '"name":"Ren\u00e9e Anwar"'), 'name-normalised',
      'The same name, normalised after signing in one of two places.'),
    file(await issued({...breadCredential(), issuer: {...breadCredential().issuer, name: 'Other Institute'}}),
      'issuer-names-another', 'Our did and key, and a name that we never bore: pointed out to people.')
  ];
}

async function idCases() {
  const method = (name, comment, id) => issued(breadCredential(), {signer: {...SIGNER.issuing, method: id}})
    .then(document => file(document, name, comment));
  return Promise.all([
    method('key-id-other-case', 'The id of the key with a capital letter.', `${DID}#Key-2026a`),
    method('key-id-percent-encoded', 'The id of the key with an encoded hyphen.', `${DID}#key%2D2026a`),
    jcsSigned(breadCredential(), {signer: {...SIGNER.issuing, method: '#key-2026a'}})
      .then(document => file(document, 'key-id-relative', 'The id of the key without the did.'))
  ]);
}

async function documentCases(bread) {
  const credential = breadCredential();
  const {'status/1.json': list, 'asnad/keys.json': keys} = await SITES.skills();
  const [, deciding] = bread.proof;
  const inline = [...CONTEXT, {name: 'https://schema.org/alternateName'}];
  const document = payloadDocument(bread).toString();
  const twoMembers = (one, other) => payloadOf(bread, BREAD,
    {document: Buffer.from(document.replace(/\}$/, `,"${one}":1,"${other}":2}`))});
  return [
    file(list, 'list-as-certificate', 'The status list, given as a certificate.'),
    file(keys, 'keys-as-certificate', 'keys.json, given as a certificate.'),
    file(await jcsSigned({...credential, '@context': inline}), 'context-inline', 'A third context, written out.'),
    file({...credential, proof: [{...deciding, cryptosuite: 'ecdsa-jcs-2019'}]}, 'unknown-suite-alone',
      'One proof, of another suite.'),
    code(twoMembers('\u{1f602}', '\ufb33'), 'code-members-by-utf-16',
      'Two more members in the order of UTF-16, as canonical JSON has them: the signature does not fit.'),
    code(twoMembers('\ufb33', '\u{1f602}'), 'code-members-by-code-point',
      'The same two in the order of code points, which canonical JSON does not write.')
  ];
}

async function statusCases() {
  const credential = breadCredential();
  const status = credential.credentialStatus;
  const inStatus = async (name, comment, index) => file(await jcsSigned({...credential,
    credentialStatus: {...status, id: `${SITE}status/1.json#${index}`, statusListIndex: index}}), name, comment);
  return [
    file(await jcsSigned({...credential, credentialStatus: [status, {...status, statusPurpose: 'suspension'}]}),
      'status-twice', 'Two places, one for revocation and one for suspension.'),
    await inStatus('index-with-space', 'A space before the index.', ' 5021'),
    await inStatus('index-with-exponent', 'An index with an exponent.', '5e3'),
    await inStatus('index-beyond-64-bits', 'The index 2^64: a list that long does not exist.', '18446744073709551616')
  ];
}

function siteCases(bread) {
  const held = (site, comment) => file(bread, site, comment, {site});
  return [
    held('keys-twice', 'keys.json lists one public key under two ids.'),
    held('keys-of-another-kind', 'keys.json holds a key that is no Ed25519 key.'),
    held('keys-too-large', 'keys.json has a byte more than its limit.'),
    held('manifest-beyond-numbers', 'The version of the manifest is 2^53.'),
    held('manifest-by-root-key', 'The manifest is signed by the root key.'),
    held('list-of-certificates', 'In place of the list lies a certificate.'),
    held('list-file-too-large', 'The file of the list has a byte more than its limit.'),
    held('list-cut-off', 'The last byte of the DEFLATE data is missing.'),
    held('list-bomb', 'Few bytes that inflate to eight times the longest list.'),
    held('list-trailing-bits', 'Base64url whose last bits are not zero.'),
    held('list-checksum', 'The CRC of the gzip member is wrong; nobody reads it, for the list is signed.')
  ];
}

export async function attackCases() {
  const bread = await issued(breadCredential());
  return [
    ...await textCases(), ...await idCases(), ...await documentCases(bread), ...await statusCases(), ...siteCases(bread)
  ];
}
