// What an issuer publishes, each file in one function: docs/format.md §5.
import {DID, FOREIGN_DID, FOREIGN_SITE, KEYS, SIGNER, SITE} from './keys.mjs';
import {issueWithBothProofs, jcsProof} from '../../foreign/issuing.mjs';
import {encodedListOf, statusList} from './lists.mjs';
import {jcs, sha256} from './payload.mjs';

const hex = bytes => bytes.toString('hex');
export const digestOf = ({proof, ...credential}) =>
  sha256(Buffer.concat([Buffer.from('asnad-credential-v1\0'), jcs(credential)]));
export const noticeDigest = id => hex(sha256(Buffer.from(`notice\0${id}`)));

function listedKey({key, method}, role, state, from, to) {
  return {id: method, publicKeyMultibase: key.multibase, role, state, from, to};
}

/** keys.json of the Chenab Skills Centre, before it is signed. */
export function keysDocument(frozenList) {
  return {
    type: 'AsnadKeys',
    format: 1,
    issuer: DID,
    version: 5,
    issued: '2026-11-15T06:00:00Z',
    validUntil: '2027-11-01T00:00:00Z',
    sites: [SITE],
    names: [
      {name: 'Chenab Sewing and Baking School', language: 'en', from: '2023-05-28', to: '2025-07-01'},
      {name: 'Chenab Skills Centre', language: 'en', from: '2025-07-01'},
      {name: 'چناب سکلز سینٹر', language: 'ur', from: '2025-07-01'}
    ],
    contact: {phone: '+92-41-5550100', email: 'check@skills.example'},
    keys: [
      listedKey(SIGNER.retired, 'issuing', 'retired', '2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
      listedKey(SIGNER.issuing, 'issuing', 'active', '2026-01-01T00:00:00Z', '2027-07-01T00:00:00Z'),
      listedKey(SIGNER.compromised, 'issuing', 'compromised', '2026-01-01T00:00:00Z', '2027-07-01T00:00:00Z'),
      listedKey(SIGNER.status, 'status', 'active', '2026-01-01T00:00:00Z', '2027-07-01T00:00:00Z'),
      listedKey(SIGNER.compromisedStatus, 'status', 'compromised', '2026-01-01T00:00:00Z', '2027-07-01T00:00:00Z')
    ],
    root: {id: SIGNER.root.method, publicKeyMultibase: KEYS.root.multibase},
    nextRootDigest: hex(sha256(KEYS.nextRoot.publicKey)),
    frozen: [{key: SIGNER.compromised.method, sha256: hex(sha256(frozenList)), length: frozenList.length}]
  };
}

/** keys.json of the other institute, before it is signed. */
export function foreignKeysDocument() {
  return {
    type: 'AsnadKeys',
    format: 1,
    issuer: FOREIGN_DID,
    version: 2,
    issued: '2026-11-15T06:00:00Z',
    validUntil: '2027-11-01T00:00:00Z',
    sites: [FOREIGN_SITE],
    names: [{name: 'Other Institute', language: 'en', from: '2019-01-01'}],
    contact: {phone: '+92-42-5550177'},
    keys: [
      listedKey(SIGNER.foreignIssuing, 'issuing', 'active', '2026-01-01T00:00:00Z', '2027-07-01T00:00:00Z'),
      listedKey(SIGNER.foreignStatus, 'status', 'active', '2026-01-01T00:00:00Z', '2027-07-01T00:00:00Z')
    ],
    root: {id: SIGNER.foreignRoot.method, publicKeyMultibase: KEYS.foreignRoot.multibase},
    nextRootDigest: hex(sha256(KEYS.another.publicKey)),
    frozen: []
  };
}

/** Signs keys.json, notices or a manifest: eddsa-jcs-2022 proofs without `@context`. */
export async function signedFile(document, signers) {
  const proof = [];
  for(const signer of signers) {
    proof.push(await jcsProof(document, {...signer, created: signer.created ?? document.issued}));
  }
  return jcs({...document, proof});
}

/** A did document with the keys that are not compromised. */
export function didDocument({issuer, keys}) {
  const listed = keys.filter(({state}) => state !== 'compromised');
  return jcs({
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: issuer,
    verificationMethod: listed.map(({id, publicKeyMultibase}) =>
      ({id, type: 'Multikey', controller: issuer, publicKeyMultibase})),
    assertionMethod: listed.map(({id}) => id)
  });
}

export function noticesDocument(issuer, notices) {
  const sorted = notices
    .map(({id, state, date}) => ({digest: noticeDigest(id), state, date}))
    .sort((one, other) => one.digest < other.digest ? -1 : 1);
  return jcs({type: 'AsnadNotices', format: 1, issuer, notices: sorted});
}

/** A status list with both proofs. */
export async function signedList({signer, created, ...list}) {
  const unsigned = statusList({...list, encodedList: list.encodedList ?? encodedListOf(list.revoked)});
  return jcs(await issueWithBothProofs(unsigned, {...signer, created: created ?? list.validFrom}));
}

/** The manifest over the files of a site, before it is signed. */
export function manifestDocument(files, {issuer, version, issued, expires}) {
  const named = Object.keys(files).filter(path => !path.startsWith('d/')).sort();
  return {
    type: 'AsnadManifest',
    format: 1,
    issuer,
    version,
    issued,
    expires,
    files: named.map(path => ({path, sha256: hex(sha256(files[path])), length: files[path].length}))
  };
}
