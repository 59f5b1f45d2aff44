// What a case is made of.
import {DID, FOREIGN_DID, KEYS, SIGNER} from './keys.mjs';
import {issueWithBothProofs, jcsProof} from '../../foreign/issuing.mjs';
import {digitsOf, jcs} from './payload.mjs';

/** Noon of the day on which, where nothing else is said, all certificates are checked. */
export const AT = '2026-12-01T12:00:00Z';

export const trustIn = (site, rootKeys = [KEYS.root.multibase]) => ({did: DID, rootKeys, site});
export const TRUST_OTHER = {did: FOREIGN_DID, rootKeys: [KEYS.foreignRoot.multibase], site: 'other'};

function caseOf(input, bytes, name, comment,
  {at = AT, site = 'skills', trust = [trustIn(site)], seen, dictionaries} = {}) {
  const described = {comment, input, at, trust, ...(seen && {seen}), ...(dictionaries && {dictionaries})};
  return {name, described, bytes};
}

/** A case whose input is a credential file. */
export const file = (bytes, ...rest) => caseOf('credential.json', Buffer.isBuffer(bytes) ? bytes : jcs(bytes), ...rest);

/** A case whose input is the digits of a code. */
export const code = (payload, ...rest) =>
  caseOf('digits.txt', Buffer.from(typeof payload === 'string' ? payload : digitsOf(payload)), ...rest);

const signing = (credential, signer, created) => ({...signer, created: created ?? credential.validFrom});

/** Issues as a centre does: both proofs, `created` the moment of `validFrom`. */
export const issued = (credential, {signer = SIGNER.issuing, created} = {}) =>
  issueWithBothProofs(credential, signing(credential, signer, created));

/** Signs what no JSON-LD library would take: a jcs proof alone. */
export async function jcsSigned(credential, {signer = SIGNER.issuing, created, ...more} = {}) {
  return {...credential, proof: [await jcsProof(credential, {...signing(credential, signer, created), ...more})]};
}

/** The credential with other members in its subject. */
export const withSubject = (credential, members) =>
  ({...credential, credentialSubject: {...credential.credentialSubject, ...members}});

/** The credential with other members in its achievement. */
export const withAchievement = (credential, members) =>
  withSubject(credential, {achievement: {...credential.credentialSubject.achievement, ...members}});

/** Replaces one text in the written form; it must stand there exactly once. */
export function rewritten(document, find, put) {
  const text = Buffer.isBuffer(document) ? document.toString() : jcs(document).toString();
  if(text.split(find).length !== 2) {
    throw new Error(`stands there ${text.split(find).length - 1} times: ${find}`);
  }
  return Buffer.from(text.replace(find, () => put));
}
